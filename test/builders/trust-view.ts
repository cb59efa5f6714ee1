import type { TrustView } from '../../node-core/api/trust-views.ts';
import type { Certificate } from '../../node-core/protocol/trust/certificate.ts';
import { toWireTime } from '../../node-core/protocol/trust/wire-time.ts';

const hour = 60 * 60_000;
const day = 24 * hour;
/** 2026-06-01T12:00:00Z */
export const viewedAtMs = Date.UTC(2026, 5, 1, 12);
export const anchorKey = 'a'.repeat(64);
const ownKey = 'c'.repeat(64);
const parentKey = 'b'.repeat(64);

/** A node that is in no hive. */
export function trustView(part: Partial<TrustView> = {}): TrustView {
  return {
    publicKey: ownKey,
    nodeId: ownKey.slice(0, 16),
    ownWords: ['own', 'words', 'of', 'node'],
    nodeName: 'laptop',
    hiveAddress: null,
    isInsecureLab: false,
    isMasterKeyHere: false,
    membership: null,
    application: null,
    join: null,
    history: [],
    ...part,
  };
}

type Membership = NonNullable<TrustView['membership']>;
type Application = NonNullable<TrustView['application']>;

/** A local behind a regional; a third of its certificate's time is over. */
export function membershipView(part: Partial<Membership> = {}): Membership {
  return {
    anchor: anchorKey,
    anchorWords: ['ocean', 'tulip', 'radar', 'sugar'],
    hiveName: 'Test hive',
    tier: 'local',
    certificate: certificateView('local', ownKey, parentKey, { from: viewedAtMs - day, until: viewedAtMs + 2 * day }),
    issuers: [
      certificateView('regional', parentKey, anchorKey, { from: viewedAtMs - day, until: viewedAtMs + 6 * day }),
    ],
    issuerWords: [['maple', 'river', 'sudden', 'oak']],
    joinedAt: viewedAtMs - 3 * day,
    issuedAt: viewedAtMs - day,
    expiresAt: viewedAtMs + 2 * day,
    renewsAt: viewedAtMs + 12 * hour,
    renewalObstacle: null,
    mayIssue: false,
    parent: { url: 'https://regional.example:6776', publicKey: parentKey, verifiedAt: viewedAtMs - 10_000 },
    ended: null,
    clockOffsetMs: 0,
    ...part,
  };
}

/** A join that is under way. */
export function applicationView(part: Partial<Application> = {}): Application {
  return {
    at: 'https://central.example:6776',
    anchor: anchorKey,
    anchorWords: ['ocean', 'tulip', 'radar', 'sugar'],
    statedWords: null,
    hiveName: 'Test hive',
    tier: 'regional',
    phase: 'applying',
    since: viewedAtMs,
    nextTryAt: null,
    obstacle: null,
    ...part,
  };
}

function certificateView(
  tier: 'regional' | 'local',
  publicKey: string,
  parent: string,
  { from, until }: { readonly from: number; readonly until: number },
): Certificate {
  return {
    node_id: `the ${tier}`,
    public_key: publicKey,
    tier,
    region_name: 'Test hive',
    issued_at: toWireTime(from),
    expires_at: toWireTime(until),
    capabilities: tier === 'regional' ? ['mesh', 'work', 'issue'] : ['mesh', 'work'],
    parent_public_key: parent,
    hive: anchorKey,
    serial: publicKey.slice(0, 32),
    parent_signature: '0'.repeat(128),
  };
}
