import { z } from 'zod';
import { certificateBodySchema } from '../../protocol/trust/certificate.ts';
import { publicKeySchema, signatureSchema } from '../../protocol/trust/key-text.ts';
import { revocationListSchema } from '../../protocol/trust/revocation-list.ts';

/**
 * Between a central node and its signer: JSON lines, both ways. The signer speaks first (`hello` or `unusable`); then
 * each request has one reply of the same `id`, in the order of asking. What does not fit ends the connection.
 */

/** Longest line, bytes: a whole revocation list with room. */
export const lineLimitBytes = 4 * 1024 * 1024;

const id = z.number().int().nonnegative();

/** What the node asks. */
export const signerRequestSchema = z.discriminatedUnion('kind', [
  z.strictObject({ id, kind: z.literal('certificate'), body: certificateBodySchema }),
  z.strictObject({ id, kind: z.literal('revocations'), list: revocationListSchema }),
]);
export type SignerRequest = z.infer<typeof signerRequestSchema>;

/** Why the signer does not sign, with the end of a sentence that says so. */
export const signerRefusals = {
  'not-for-tier': 'it signs certificates of regionals and of listed central processes alone',
  'other-parent': 'the certificate names another parent than its anchor',
  'other-hive': 'it names another hive',
  'too-large': 'the certificate is larger than 4 KiB',
  'lifetime-too-long': 'the certificate would count for more than 7 days',
  'ends-before-it-begins': 'the certificate would end before it begins',
  'wrong-time': 'the certificate’s beginning is more than 10 minutes away from the signer’s clock',
  'repeated-capability': 'the certificate names a capability twice',
  'capability-not-allowed': 'a central process has no capabilities',
  'not-listed': 'no steward has listed the key of this central process: nunba-steward signer --central-key',
  'own-key': 'the certificate names the master key itself',
  'too-many': 'it has signed as many certificates this hour as its stewards allow (--per-hour)',
  'older-list': 'it has signed a newer revocation list',
  'changed-list': 'it has signed another revocation list of the same sequence',
} as const;
export type SignerRefusal = keyof typeof signerRefusals;

const refusals = Object.keys(signerRefusals) as [SignerRefusal];

/** What the signer says. */
export const signerReplySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('hello'), version: z.literal(1), anchor: publicKeySchema }),
  /** It has no key; the connection ends. */
  z.object({ kind: z.literal('unusable'), path: z.string().max(2000), reason: z.string().max(300) }),
  z.object({ id, kind: z.literal('signed'), signature: signatureSchema }),
  z.object({ id, kind: z.literal('refused'), reason: z.enum(refusals) }),
  /** The signer itself failed; its log says how. */
  z.object({ id, kind: z.literal('failed') }),
]);
export type SignerReply = z.infer<typeof signerReplySchema>;
