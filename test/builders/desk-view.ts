import type { DeskView, InviteView, MemberView, RequestView } from '../../node-core/api/trust-views.ts';

const hour = 60 * 60_000;
const day = 24 * hour;

/** A desk with nothing on it. */
export const deskView = (part: Partial<DeskView> = {}): DeskView => ({
  invites: [],
  requests: [],
  members: [],
  ...part,
});

/** A regional that asks without an invite. */
export const requestView = (part: Partial<RequestView> = {}): RequestView => ({
  id: '1'.repeat(32),
  publicKey: 'd'.repeat(64),
  words: ['velvet', 'ahead', 'narrow', 'fog'],
  nodeName: 'studio',
  tier: 'regional',
  fqdn: null,
  address: '192.0.2.7',
  askedAt: Date.now() - hour,
  expiresAt: Date.now() + 29 * day,
  ...part,
});

/** An invite that nobody has used. */
export const inviteView = (part: Partial<InviteView> = {}): InviteView => ({
  id: 'invite-one',
  tier: 'regional',
  state: 'open',
  uses: 1,
  usedBy: [],
  mayIssue: false,
  createdAt: Date.now() - hour,
  expiresAt: Date.now() + 23 * hour,
  ...part,
});

/** A member that is well. */
export const memberView = (part: Partial<MemberView> = {}): MemberView => ({
  publicKey: 'e'.repeat(64),
  nodeName: 'hub',
  tier: 'regional',
  state: 'active',
  mayIssue: false,
  fqdn: null,
  joinedAt: Date.now() - 3 * day,
  certificateEndsAt: Date.now() + 4 * day,
  renewedAt: null,
  revokedReason: null,
  ...part,
});
