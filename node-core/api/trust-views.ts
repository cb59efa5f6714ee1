import { z } from 'zod';
import { certificateSchema, certificateTiers, memberTiers } from '../protocol/trust/certificate.ts';
import { pinSchema, publicKeySchema } from '../protocol/trust/key-text.ts';
import { obstacleSchema } from './health-views.ts';

/** ms since the epoch */
const at = z.number();
/** Four words of BIP-39, by which people compare keys. */
const words = z.array(z.string().max(20)).length(4);

/** The same with its sentence in English (trust-sentences.ts). */
const obstacleViewSchema = obstacleSchema.extend({ sentence: z.string().max(500) });

const applicationViewSchema = z.lazy(() =>
  z.object({
    at: z.string().max(500),
    anchor: publicKeySchema.nullable(),
    /** Of the pinned anchor; `null` while nothing is pinned. */
    anchorWords: words.nullable(),
    /** What the issuer states, for `join --confirm`. */
    statedWords: words.nullable(),
    hiveName: z.string().max(60).nullable(),
    tier: z.enum(memberTiers),
    phase: z.enum(['unconfirmed', 'applying', 'pending', 'failed']),
    /** Of this phase. */
    since: at,
    nextTryAt: at.nullable(),
    obstacle: obstacleViewSchema.nullable(),
  }),
);

const membershipViewSchema = z.lazy(() =>
  z.object({
    anchor: publicKeySchema,
    anchorWords: words,
    hiveName: z.string().max(60).nullable(),
    tier: z.enum(certificateTiers),
    certificate: certificateSchema,
    issuers: z.array(certificateSchema),
    /** Four words of each of `issuers`, in the same order. */
    issuerWords: z.array(words),
    /** When this hive was joined. */
    joinedAt: at,
    issuedAt: at,
    expiresAt: at,
    /** `null`: ended, or nothing renews it. */
    renewsAt: at.nullable(),
    renewalObstacle: obstacleViewSchema.nullable(),
    mayIssue: z.boolean(),
    /** `null` at central. */
    parent: z.object({ url: z.string().max(500), publicKey: publicKeySchema, verifiedAt: at.nullable() }).nullable(),
    ended: z.object({ kind: z.enum(['revoked', 'lapsed']), reason: z.string().max(200), at }).nullable(),
    /** How far this computer's clock is behind the hive's, ms. */
    clockOffsetMs: z.number(),
  }),
);

/** What joining goes through, in this order (interface.md, Join wizard). */
export const joinStepNames = [
  'keys-ready',
  'issuer-reached',
  'issuer-proved',
  'challenge-answered',
  'certificate-received',
  'federation-key-set',
  'signed-requests',
] as const;
export type JoinStepName = (typeof joinStepNames)[number];

/** The last join of this run, step by step; it stays after it is done until another begins or the hive is left. */
const joinProgressSchema = z.lazy(() =>
  z.object({
    at: z.string().max(500),
    hiveName: z.string().max(60).nullable(),
    startedAt: at,
    /** All of `joinStepNames`, in their order. */
    steps: z
      .array(
        z.object({
          name: z.enum(joinStepNames),
          state: z.enum(['waiting', 'running', 'done', 'failed']),
          /** How long it took, ms; `null`: not done. */
          tookMs: z.number().nullable(),
        }),
      )
      .length(joinStepNames.length),
  }),
);

/** What happened to this node's membership, as it keeps it; the newest first. */
const historyEntrySchema = z.lazy(() =>
  z.object({
    at,
    kind: z.enum(['joined', 'renewed', 'renewal-failed', 'join-failed', 'moved', 'left', 'ended']),
    /** How the hive calls itself. */
    hiveName: z.string().max(60).nullable(),
    /** Host of the issuer. */
    issuer: z.string().max(500).nullable(),
    /** How long it took, ms. */
    tookMs: z.number().nullable(),
    /** Of the certificate that came of it. */
    certificateEndsAt: at.nullable(),
    obstacle: obstacleSchema.nullable(),
    /** The same in a row count as one: how often. */
    times: z.number().int().min(1),
  }),
);
export type HistoryEntry = z.infer<typeof historyEntrySchema>;
/** Most entries that are kept. */
export const mostHistory = 100;

/** Everything about trust that a person can see of this node. */
export const trustSchema = z.lazy(() =>
  z.object({
    publicKey: publicKeySchema,
    nodeId: z.string().length(16),
    ownWords: words,
    nodeName: z.string().max(60),
    /** Address of the hive listener, or `null` when it does not listen. */
    hiveAddress: z.string().nullable(),
    /** Plain http on loopback, for tests; shown everywhere. */
    isInsecureLab: z.boolean(),
    /** Central alone: this process's user can read the master key. */
    isMasterKeyHere: z.boolean(),
    membership: membershipViewSchema.nullable(),
    application: applicationViewSchema.nullable(),
    /** `null`: nothing was joined in this run. */
    join: joinProgressSchema.nullable(),
    history: z.array(historyEntrySchema).max(mostHistory),
  }),
);
export type TrustView = z.infer<typeof trustSchema>;

export const joinLinkSchema = z.string().max(2_048);

/** What a link says, before anything is sent. */
export const joinReviewSchema = z.lazy(() =>
  z.object({
    at: z.string().max(500),
    anchor: publicKeySchema,
    anchorWords: words,
    tier: z.enum(memberTiers),
    hiveName: z.string().max(60).nullable(),
    hasInvite: z.boolean(),
    tls: pinSchema.nullable(),
  }),
);
export type JoinReview = z.infer<typeof joinReviewSchema>;

export const inviteOrderSchema = z.lazy(() =>
  z.object({
    /** `null`: what this issuer issues. */
    tier: z.enum(memberTiers).nullable(),
    uses: z.number().int().min(1).max(1_000),
    expiresInSeconds: z
      .number()
      .int()
      .min(60)
      .max(30 * 86_400),
    mayIssue: z.boolean(),
  }),
);

const inviteSchema = z.lazy(() =>
  z.object({
    id: z.string().max(32),
    tier: z.enum(memberTiers),
    state: z.enum(['open', 'used', 'expired', 'revoked']),
    uses: z.number().int(),
    usedBy: z.array(publicKeySchema),
    mayIssue: z.boolean(),
    createdAt: at,
    expiresAt: at,
  }),
);
export type InviteView = z.infer<typeof inviteSchema>;

/** Shown once, when it is made: the secret is in the link. */
export const createdInviteSchema = z.lazy(() =>
  z.object({
    invite: inviteSchema,
    /** `nunba://join?...` */
    link: z.string().max(2_048),
    /** `https://.../join#...` */
    page: z.string().max(2_048),
  }),
);
export type CreatedInvite = z.infer<typeof createdInviteSchema>;
export const inviteListSchema = z.lazy(() => z.object({ invites: z.array(inviteSchema) }));

const requestSchema = z.lazy(() =>
  z.object({
    id: z.string().length(32),
    publicKey: publicKeySchema,
    /** Both sides see them. `null`: fifty others wait longer; it has them once some of those are decided. */
    words: words.nullable(),
    nodeName: z.string().max(60),
    tier: z.enum(memberTiers),
    fqdn: z.string().max(253).nullable(),
    address: z.string().max(100),
    askedAt: at,
    expiresAt: at,
  }),
);
export type RequestView = z.infer<typeof requestSchema>;
export const requestListSchema = z.lazy(() => z.object({ requests: z.array(requestSchema) }));

const memberSchema = z.lazy(() =>
  z.object({
    publicKey: publicKeySchema,
    nodeName: z.string().max(60),
    tier: z.enum(memberTiers),
    state: z.enum(['active', 'ended', 'revoked', 'left']),
    mayIssue: z.boolean(),
    fqdn: z.string().max(253).nullable(),
    joinedAt: at,
    /** Of the newest certificate. */
    certificateEndsAt: at,
    renewedAt: at.nullable(),
    revokedReason: z.string().max(200).nullable(),
  }),
);
export type MemberView = z.infer<typeof memberSchema>;
export const memberListSchema = z.lazy(() => z.object({ members: z.array(memberSchema) }));

export const federationKeySchema = z.lazy(() =>
  z.object({
    id: z.string().length(16),
    /** 64 hex; shown only when asked for. */
    key: z.string().length(64),
    source: z.enum(['environment', 'hive', 'own']),
    since: at.nullable(),
  }),
);

/** The stewards' desk of an issuing node, as one value; lists are the newest first. */
export const deskSchema = z.lazy(() =>
  z.object({
    invites: z.array(inviteSchema),
    requests: z.array(requestSchema),
    members: z.array(memberSchema),
  }),
);
export type DeskView = z.infer<typeof deskSchema>;
