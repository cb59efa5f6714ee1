import { z } from 'zod';
import { certificateSchema, memberTiers } from './certificate.ts';
import { signedDirectorySchema } from './directory.ts';
import { pinSchema, publicKeySchema, signatureSchema, token16Schema } from './key-text.ts';
import { wireTimeSchema } from './wire-time.ts';

/** The messages of joining (protocol.md, section 3), as they travel. Unknown fields are left out, not refused; they stay where a signature covers them. */

const httpsUrl = z.url({ protocol: /^https?$/ }).max(500);
/** Public key of X25519, hex. */
export const sealingKeySchema = publicKeySchema;
export const inviteIdSchema = z.string().regex(/^[a-z0-9]{8,32}$/);

/** `POST /register` */
export const registerRequestSchema = z.object({
  public_key: publicKeySchema,
  sealing_key: sealingKeySchema,
  node_name: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .regex(/^[\x20-\x7e]+$/, 'it holds characters beyond ASCII'),
  tier: z.enum(memberTiers),
  fqdn: z.string().max(253).optional(),
  /** Where its own hive listener answers, and the pin of that one's self-made certificate. */
  advertised_url: httpsUrl.optional(),
  advertised_tls: pinSchema.optional(),
  invite_id: inviteIdSchema.optional(),
  client_nonce: token16Schema,
});
export type RegisterRequest = z.infer<typeof registerRequestSchema>;

/** Signed by the issuing process's node key, kind `challenge`; the applicant signs the same, kind `challenge-answer`. */
export const challengeSchema = z.looseObject({
  nonce: token16Schema,
  client_nonce: token16Schema,
  hive: publicKeySchema,
  issuer_public_key: publicKeySchema,
  subject_public_key: publicKeySchema,
  /** SHA-256 of the canonical request, hex. */
  request: z.string().regex(/^[0-9a-f]{64}$/),
  issued_at: wireTimeSchema,
  /** 60 s later. */
  expires_at: wireTimeSchema,
});
export type Challenge = z.infer<typeof challengeSchema>;

/** The answer to `POST /register`. */
export const registerReplySchema = z.object({
  enrolment_id: token16Schema,
  challenge: challengeSchema,
  challenge_signature: signatureSchema,
  /** Chain of the process that signed the challenge: its own certificate first. */
  issuers: z.array(certificateSchema).min(1).max(3),
});
export type RegisterReply = z.infer<typeof registerReplySchema>;

/** `POST /register/answer` */
export const answerRequestSchema = z.object({
  enrolment_id: token16Schema,
  signature: signatureSchema,
  /** HMAC-SHA256 of the canonical challenge with the invite's secret (its text as UTF-8), hex. */
  invite_proof: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});
export type AnswerRequest = z.infer<typeof answerRequestSchema>;

/** A secret for one reader: HPKE base mode (RFC 9180), base64url. */
export const sealedKeySchema = z.object({
  enc: z.string().regex(/^[A-Za-z0-9_-]{1,200}$/),
  ct: z.string().regex(/^[A-Za-z0-9_-]{1,400}$/),
  /** The serial that it was sealed to, as additional data. */
  serial: token16Schema,
});
export type SealedKey = z.infer<typeof sealedKeySchema>;

/** What comes with every certificate, and with each renewal. */
export const issuedSchema = z.object({
  status: z.literal('issued'),
  certificate: certificateSchema,
  issuers: z.array(certificateSchema).max(3),
  /** Where the caller's is not current. */
  federation_key: sealedKeySchema.optional(),
  /** The latest order; read by the kill switch. */
  order: z.unknown().optional(),
  directory: signedDirectorySchema.optional(),
  /** Addresses of the mesh. */
  bootstrap: z.array(z.string().max(500)).max(50).default([]),
  /** The pin that the issuer's listener has next, where it knows. */
  next_pin: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});
export type Issued = z.infer<typeof issuedSchema>;

/** The answer to `POST /register/answer` and `GET /register/<enrolment_id>`. */
export const enrolmentReplySchema = z.discriminatedUnion('status', [
  issuedSchema,
  /** A steward decides. `poll_after`: seconds. */
  z.object({ status: z.literal('pending'), poll_after: z.number().int().min(1).max(86_400) }),
]);
export type EnrolmentReply = z.infer<typeof enrolmentReplySchema>;

/** Why an issuer refuses; stands in `reason` of the answer's body. With each, its HTTP status. */
export const enrolmentRefusals = {
  malformed: 400,
  clock: 401,
  'bad-signature': 401,
  'not-signed': 401,
  'replayed-nonce': 401,
  'wrong-authority': 401,
  'other-hive': 403,
  'tier-not-offered': 403,
  'invite-not-for-tier': 403,
  'invite-bound': 403,
  'bad-proof': 403,
  rejected: 403,
  revoked: 403,
  'not-a-member': 403,
  'not-issuing': 403,
  'domain-not-proven': 403,
  'domain-not-allowed': 403,
  'lapsed-too-long': 403,
  'unknown-enrolment': 404,
  'domain-taken': 409,
  'key-changed': 409,
  'invite-used': 410,
  'invite-expired': 410,
  'invite-revoked': 410,
  'challenge-ended': 410,
  'too-large': 413,
  'too-many': 429,
  'hive-full': 503,
  halted: 503,
  'try-later': 503,
} as const;
export type EnrolmentRefusal = keyof typeof enrolmentRefusals;

/** The body of every refusal of the hive listener. */
export const refusalSchema = z.object({
  reason: z.string().max(60),
  /** For people and logs. */
  error: z.string().max(500),
  /** With reason `clock`: the issuer's hive time. */
  now: wireTimeSchema.optional(),
});

/** `POST /renew` */
export const renewalRequestSchema = z.object({
  node_name: registerRequestSchema.shape.node_name.optional(),
  sealing_key: sealingKeySchema,
  advertised_url: httpsUrl.optional(),
  advertised_tls: pinSchema.optional(),
  /** What the caller has: the first 16 hex of SHA-256 of its federation key, and the sequence of its directory. */
  federation_key_id: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .optional(),
  directory_sequence: z.number().int().nonnegative().optional(),
});
export type RenewalRequest = z.infer<typeof renewalRequestSchema>;
