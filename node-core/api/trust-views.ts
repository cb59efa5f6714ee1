import { z } from 'zod';
import { certificateSchema, certificateTiers, memberTiers } from '../protocol/trust/certificate.ts';
import { pinSchema, publicKeySchema } from '../protocol/trust/key-text.ts';

/** ms since the epoch */
const at = z.number();
/** Four words of BIP-39, by which people compare keys. */
const words = z.array(z.string().max(20)).length(4);

/** Why a join or a renewal stands still; one sentence per value in trust-sentences.ts. */
const obstacleSchema = z.object({
  kind: z.enum(['unreachable', 'refused', 'defect']),
  /** Cause, reason or defect. */
  code: z.string().max(60),
  sentence: z.string().max(500),
});

const applicationViewSchema = z.object({
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
  obstacle: obstacleSchema.nullable(),
});

const membershipViewSchema = z.object({
  anchor: publicKeySchema,
  anchorWords: words,
  hiveName: z.string().max(60).nullable(),
  tier: z.enum(certificateTiers),
  certificate: certificateSchema,
  issuers: z.array(certificateSchema),
  issuedAt: at,
  expiresAt: at,
  /** `null`: ended, or nothing renews it. */
  renewsAt: at.nullable(),
  renewalObstacle: obstacleSchema.nullable(),
  mayIssue: z.boolean(),
  /** `null` at central. */
  parent: z.object({ url: z.string().max(500), publicKey: publicKeySchema, verifiedAt: at.nullable() }).nullable(),
  ended: z.object({ kind: z.enum(['revoked', 'lapsed']), reason: z.string().max(200), at }).nullable(),
  /** How far this computer's clock is behind the hive's, ms. */
  clockOffsetMs: z.number(),
});

/** Everything about trust that a person can see of this node. */
export const trustSchema = z.object({
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
});
export type TrustView = z.infer<typeof trustSchema>;

export const joinLinkSchema = z.string().max(2_048);

/** What a link says, before anything is sent. */
export const joinReviewSchema = z.object({
  at: z.string().max(500),
  anchor: publicKeySchema,
  anchorWords: words,
  tier: z.enum(memberTiers),
  hiveName: z.string().max(60).nullable(),
  hasInvite: z.boolean(),
  tls: pinSchema.nullable(),
});
export type JoinReview = z.infer<typeof joinReviewSchema>;

export const inviteOrderSchema = z.object({
  /** `null`: what this issuer issues. */
  tier: z.enum(memberTiers).nullable(),
  uses: z.number().int().min(1).max(1_000),
  expiresInSeconds: z
    .number()
    .int()
    .min(60)
    .max(30 * 86_400),
  mayIssue: z.boolean(),
});

const inviteSchema = z.object({
  id: z.string().max(32),
  tier: z.enum(memberTiers),
  state: z.enum(['open', 'used', 'expired', 'revoked']),
  uses: z.number().int(),
  usedBy: z.array(publicKeySchema),
  mayIssue: z.boolean(),
  createdAt: at,
  expiresAt: at,
});
export type InviteView = z.infer<typeof inviteSchema>;

/** Shown once, when it is made: the secret is in the link. */
export const createdInviteSchema = z.object({
  invite: inviteSchema,
  /** `nunba://join?...` */
  link: z.string().max(2_048),
  /** `https://.../join#...` */
  page: z.string().max(2_048),
});
export type CreatedInvite = z.infer<typeof createdInviteSchema>;
export const inviteListSchema = z.object({ invites: z.array(inviteSchema) });

const requestSchema = z.object({
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
});
export type RequestView = z.infer<typeof requestSchema>;
export const requestListSchema = z.object({ requests: z.array(requestSchema) });

const memberSchema = z.object({
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
});
export type MemberView = z.infer<typeof memberSchema>;
export const memberListSchema = z.object({ members: z.array(memberSchema) });

export const federationKeySchema = z.object({
  id: z.string().length(16),
  /** 64 hex; shown only when asked for. */
  key: z.string().length(64),
  source: z.enum(['environment', 'hive', 'own']),
  since: at.nullable(),
});
