import { z } from 'zod';
import { canonicalBytes } from './canonical.ts';
import { publicKeySchema, signatureSchema, token16Schema } from './key-text.ts';
import { wireTimeSchema } from './wire-time.ts';

/** Who may hold a certificate (protocol.md, section 2). A flat node has none. */
export const certificateTiers = ['central', 'regional', 'local'] as const;
export type CertificateTier = (typeof certificateTiers)[number];
/** What a node may ask to become. */
export const memberTiers = ['regional', 'local'] as const;
export type MemberTier = (typeof memberTiers)[number];

/** What a certificate can allow: speak in the mesh, take and give work, issue certificates to locals. */
export const capabilities = ['mesh', 'work', 'issue'] as const;
export type Capability = (typeof capabilities)[number];

/** The largest certificate, bytes of its canonical form. */
export const certificateLimitBytes = 4 * 1024;

const day = 24 * 60 * 60_000;
/** How long a new certificate counts, ms. */
export const lifetimeMs: Readonly<Record<CertificateTier, number>> = {
  central: 7 * day,
  regional: 7 * day,
  local: 3 * day,
};
/** Shorter ones are not issued, ms. */
export const shortestLifetimeMs = 60 * 60_000;

/** Printable ASCII: then the canonical bytes equal those of Python's `json.dumps`. */
const ascii = (most: number): z.ZodString =>
  z
    .string()
    .regex(/^[\x20-\x7e]*$/)
    .max(most);

/** What a certificate says and its parent signs. */
export const certificateBodySchema = z.strictObject({
  /** Name for people; a node is its key. */
  node_id: ascii(200),
  public_key: publicKeySchema,
  tier: z.enum(certificateTiers),
  region_name: ascii(200),
  issued_at: wireTimeSchema,
  expires_at: wireTimeSchema,
  capabilities: z.array(z.enum(capabilities)).max(capabilities.length).readonly(),
  parent_public_key: publicKeySchema,
  /** Trust anchor of the hive. */
  hive: publicKeySchema,
  serial: token16Schema,
});
export type CertificateBody = z.infer<typeof certificateBodySchema>;

/** As it travels. */
export const certificateSchema = certificateBodySchema.extend({ parent_signature: signatureSchema });
export type Certificate = z.infer<typeof certificateSchema>;

/** How a certificate is presented: its issuers beside it, the leaf's parent first, the anchor left out. */
export const chainSchema = z.strictObject({
  certificate: certificateSchema,
  issuers: z.array(certificateSchema).max(3).readonly(),
});
export type CertificateChain = z.infer<typeof chainSchema>;

/** The bytes that the parent signs: the canonical form of everything but `parent_signature`. */
export function certificateBytes(certificate: CertificateBody | Certificate): Uint8Array {
  const { parent_signature: _, ...body }: Partial<Certificate> = certificate;
  return canonicalBytes(body);
}
