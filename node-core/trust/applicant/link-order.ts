import type { JoinLink } from '../../protocol/trust/join-link.ts';
import type { JoinOrder } from '../membership/membership-record.ts';

/** What a link asks for. */
export const linkOrder = (link: JoinLink, from: 'link' | 'environment'): JoinOrder => ({
  issuer: { url: link.at, pin: link.tls },
  anchor: link.anchor,
  tier: link.tier,
  hiveName: link.name,
  invite: link.invite,
  from,
});
