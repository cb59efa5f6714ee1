import { z } from 'zod';
import { mostHistory } from '../../api/trust-views.ts';
import { chainSchema, memberTiers } from '../../protocol/trust/certificate.ts';
import { signedDirectorySchema } from '../../protocol/trust/directory.ts';
import { enrolmentRefusals, sealedKeySchema } from '../../protocol/trust/enrolment.ts';
import { pinSchema, publicKeySchema, token16Schema } from '../../protocol/trust/key-text.ts';

/** ms since the epoch */
const at = z.number();

const issuerAddressSchema = z.object({
  /** Base of the issuer's hive listener, as the link or the environment gave it. */
  url: z.string().max(500),
  pin: pinSchema.nullable(),
});
export type IssuerAddress = z.infer<typeof issuerAddressSchema>;

/** What the person or the environment asked for. */
export const joinOrderSchema = z.object({
  issuer: issuerAddressSchema,
  /** `null`: nobody has said whom to trust yet; nothing is pinned. */
  anchor: publicKeySchema.nullable(),
  tier: z.enum(memberTiers),
  /** The issuer calls itself so. */
  hiveName: z.string().max(60).nullable(),
  invite: z.object({ id: z.string().max(32), secret: z.string().max(200) }).nullable(),
  /** `link`: a person, by a link or by an address; `move`: this node itself, inside its hive. */
  from: z.enum(['link', 'environment', 'move']),
});
export type JoinOrder = z.infer<typeof joinOrderSchema>;

const refusalReasons = Object.keys(enrolmentRefusals) as [keyof typeof enrolmentRefusals];

/** Why a join stands still or has ended. `defect`: the issuer's chain or challenge was refused by this node. */
export const joinObstacleSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('unreachable'), cause: z.string().max(40) }),
  z.object({
    kind: z.literal('refused'),
    reason: z.enum(refusalReasons).or(z.string().max(60)),
    sentence: z.string().max(500),
  }),
  z.object({ kind: z.literal('defect'), defect: z.string().max(60) }),
]);
export type JoinObstacle = z.infer<typeof joinObstacleSchema>;

/** Where joining stands. Stored before each step that another must not see twice. */
export const applicationPhaseSchema = z.discriminatedUnion('kind', [
  /**
   * Waits for `join --confirm`; `statedAnchor` is what the issuer calls its anchor, pinned by nobody. `null`: it is still
   * to be asked, now or at `nextTryAt`.
   */
  z.object({
    kind: z.literal('unconfirmed'),
    statedAnchor: publicKeySchema.nullable(),
    nextTryAt: at.nullable(),
    tries: z.number().int(),
    obstacle: joinObstacleSchema.nullable(),
  }),
  /**
   * Works, or waits to try again. `nextTryAt` `null`: now. `clientNonce`: of a try that was begun and may have reached
   * the issuer; after a crash the same is asked again.
   */
  z.object({
    kind: z.literal('applying'),
    nextTryAt: at.nullable(),
    tries: z.number().int(),
    obstacle: joinObstacleSchema.nullable(),
    clientNonce: token16Schema.nullable(),
  }),
  /** A steward decides. `tries`: polls in a row that did not work. */
  z.object({
    kind: z.literal('pending'),
    enrolmentId: token16Schema,
    since: at,
    nextPollAt: at,
    tries: z.number().int(),
    obstacle: joinObstacleSchema.nullable(),
  }),
  /** Nothing more happens by itself. */
  z.object({ kind: z.literal('failed'), at, obstacle: joinObstacleSchema }),
]);
export type ApplicationPhase = z.infer<typeof applicationPhaseSchema>;

export const applicationSchema = z.object({
  order: joinOrderSchema,
  phase: applicationPhaseSchema,
  startedAt: at,
  /** The four words that a person was told, in place of an anchor: those of the anchor that is stated have to be these. */
  words: z.array(z.string().max(20)).length(4).nullable().default(null),
});
export type Application = z.infer<typeof applicationSchema>;

/** Why a membership counts no more. The certificate stays, so that the person sees what was. */
const endedSchema = z.discriminatedUnion('kind', [
  /** `isSigned`: a list says so; otherwise only an answer did, which may not have come from the parent. */
  z.object({ kind: z.literal('revoked'), reason: z.string().max(200), at, isSigned: z.boolean().default(true) }),
  /** Ended longer ago than the issuer renews. */
  z.object({ kind: z.literal('lapsed'), at }),
]);

/** A hive that this node is, or was, a member of. */
export const hiveRecordSchema = z.object({
  anchor: publicKeySchema,
  tier: z.enum(memberTiers),
  hiveName: z.string().max(60).nullable(),
  /** `nextPin`: what a renewal named as the pin that the parent's listener has next. */
  parent: issuerAddressSchema.extend({ publicKey: publicKeySchema, nextPin: pinSchema.nullable().default(null) }),
  chain: chainSchema,
  federationKey: sealedKeySchema.nullable(),
  /** The one before, which counts until then. */
  previousFederationKey: z.object({ sealed: sealedKeySchema, until: at }).nullable().default(null),
  directory: signedDirectorySchema.nullable(),
  /** The order that came last with a certificate, as JSON text of at most 8,000 characters; not judged here. */
  latestOrder: z.string().max(8_000).nullable().default(null),
  bootstrap: z.array(z.string().max(500)),
  joinedAt: at,
  /** When the parent last answered over verified TLS, hive time. */
  parentVerifiedAt: at.nullable(),
  /** Renewal that did not work: since when, how often, when the next try is due. */
  renewal: z.object({
    failingSince: at.nullable(),
    tries: z.number().int(),
    nextTryAt: at.nullable(),
    obstacle: joinObstacleSchema.nullable(),
  }),
  ended: endedSchema.nullable(),
});
export type HiveRecord = z.infer<typeof hiveRecordSchema>;

/** Whether an ending came without a signed entry, so that it may be taken back by a renewal. */
export const isUnproven = ({ ended }: Pick<HiveRecord, 'ended'>): boolean =>
  ended?.kind === 'revoked' && !ended.isSigned;

/** The order of the environment that was taken up last. */
const environmentOrderSchema = z.object({
  url: z.string().max(500),
  /** The anchor in hex, or the four words in its place, or `null`. */
  anchor: z.string().max(200).nullable(),
  inviteId: z.string().max(32).nullable(),
  /** A person has left or cancelled since: exactly this order counts no more. */
  isDeclined: z.boolean(),
});
export type TakenOrder = z.infer<typeof environmentOrderSchema>;

/** What happened to the membership (history.ts). */
const historyEntrySchema = z.object({
  at,
  kind: z.enum(['joined', 'renewed', 'renewal-failed', 'join-failed', 'moved', 'left', 'ended']),
  hiveName: z.string().max(60).nullable(),
  /** Host of the issuer. */
  issuer: z.string().max(500).nullable(),
  tookMs: z.number().nullable(),
  certificateEndsAt: at.nullable(),
  obstacle: z
    .object({
      kind: z.enum(['unreachable', 'refused', 'defect']),
      code: z.string().max(60),
      said: z.string().max(500).nullable(),
    })
    .nullable(),
  times: z.number().int().min(1),
});

/**
 * All that a node keeps of its place in a hive, in `<data>/identity/membership.json`: outside the database, so that a
 * restored backup brings no old membership back. A node that moves to another parent has both.
 */
export const membershipSchema = z.object({
  version: z.literal(1),
  hive: hiveRecordSchema.nullable(),
  application: applicationSchema.nullable(),
  hiveTime: z.object({
    offsetMs: z.number(),
    /** Newest `issued_at` verified, ms since the epoch. */
    floorMs: z.number(),
  }),
  environmentOrder: environmentOrderSchema.nullable().default(null),
  /** The newest first; it stays when a hive is left. */
  history: z.array(historyEntrySchema).max(mostHistory).default([]),
});
export type Membership = z.infer<typeof membershipSchema>;

/** What a node starts with. */
export const flatMembership: Membership = {
  version: 1,
  hive: null,
  application: null,
  hiveTime: { offsetMs: 0, floorMs: 0 },
  environmentOrder: null,
  history: [],
};

/** The order of the environment that was taken up, as one that a person has left or cancelled. */
export const declined = (taken: TakenOrder | null): TakenOrder | null => taken && { ...taken, isDeclined: true };
