import { z } from 'zod';
import { canonicalBytes } from './canonical.ts';
import { certificateLimitBytes, certificateTiers } from './certificate.ts';
import { type ChainLink, lastingRefusal, presentRefusal } from './chain-rules.ts';
import type { ChainRefusal, ChainTerms } from './chain-terms.ts';
import { isLargerThan } from './json-size.ts';
import { publicKeySchema, signatureSchema } from './key-text.ts';
import { readWireTime, wireTimeSchema } from './wire-time.ts';

const ascii = z.string().regex(/^[\x20-\x7e]*$/);

/**
 * A certificate as HART OS issues it: no `hive`, no `serial` of ours, capabilities of its own. Fields that we do not know
 * are signed as well; they may hold only what Python and RFC 8785 write alike.
 */
const hartCertificateSchema = z
  .object({
    node_id: ascii,
    public_key: publicKeySchema,
    tier: z.enum(certificateTiers),
    region_name: ascii,
    issued_at: wireTimeSchema,
    expires_at: wireTimeSchema,
    capabilities: z.array(ascii),
    parent_public_key: publicKeySchema,
    parent_signature: signatureSchema,
  })
  .catchall(z.union([ascii, z.int(), z.boolean(), z.null()]));

export type HartVerdict = { readonly kind: 'valid'; readonly endsAtMs: number } | ChainRefusal;

/**
 * Judges one certificate of HART OS that stands right under the anchor, by the rules for ours as far as it has their
 * fields (protocol.md, section 2). Takes any value that JSON can carry; never throws.
 */
export function judgeHartCertificate(presented: unknown, terms: ChainTerms): HartVerdict {
  if (isLargerThan(presented, certificateLimitBytes)) return { kind: 'refused', defect: 'too-large', position: 0 };
  const parsed = hartCertificateSchema.safeParse(presented);
  if (!parsed.success) return { kind: 'refused', defect: 'malformed', position: 0 };
  const { parent_signature: signature, ...body } = parsed.data;
  const link: ChainLink = {
    publicKey: body.public_key,
    tier: body.tier,
    mayIssue: false,
    parentKey: body.parent_public_key,
    issuedAt: readWireTime(body.issued_at) ?? Number.NaN,
    expiresAt: readWireTime(body.expires_at) ?? Number.NaN,
    serial: '',
    hive: null,
    bytes: canonicalBytes(body),
    signature,
  };
  const refusal = lastingRefusal([link], terms) ?? presentRefusal([link], terms);
  return refusal ?? { kind: 'valid', endsAtMs: Math.floor(link.expiresAt / 1000) };
}
