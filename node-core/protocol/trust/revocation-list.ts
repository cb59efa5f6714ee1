import { z } from 'zod';
import { certificateSchema } from './certificate.ts';
import { publicKeySchema, signatureSchema, token16Schema } from './key-text.ts';
import { wireTimeSchema } from './wire-time.ts';

/** Most entries of one list: a list stays below 1 MiB. */
export const revocationListLimit = 4_000;

export const revocationSchema = z.object({
  public_key: publicKeySchema,
  /** Absent: every certificate of the key. */
  serial: token16Schema.optional(),
  /** End of its last certificate + 24 h; the entry drops after it. */
  until: wireTimeSchema,
  reason: z.string().max(200),
});
export type Revocation = z.infer<typeof revocationSchema>;

/** What an issuer has revoked (protocol.md, section 3, Revocation). */
export const revocationListSchema = z.object({
  hive: publicKeySchema,
  /** The anchor, or the regional that issued. */
  issuer: publicKeySchema,
  /** Only grows. */
  sequence: z.number().int().nonnegative(),
  revoked: z.array(revocationSchema).max(revocationListLimit),
});
export type RevocationList = z.infer<typeof revocationListSchema>;

/** Signed (kind `revocation`) by its issuer. `issuers`: a regional's own certificate; empty for the anchor's list. */
export const signedRevocationListSchema = z.object({
  list: revocationListSchema,
  signature: signatureSchema,
  issuers: z.array(certificateSchema).max(3),
});
export type SignedRevocationList = z.infer<typeof signedRevocationListSchema>;

/** The answer to `GET /revocations?after=<issuer>`: the lists that the asked node knows, ordered by issuer. */
export const revocationPageSchema = z.object({
  lists: z.array(signedRevocationListSchema).max(20),
  /** Ask again with this; `null`: this was the last page. */
  next: publicKeySchema.nullable(),
});
export type RevocationPage = z.infer<typeof revocationPageSchema>;
