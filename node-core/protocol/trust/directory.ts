import { z } from 'zod';
import { chainSchema } from './certificate.ts';
import { pinSchema, publicKeySchema, signatureSchema } from './key-text.ts';

/** Where a member can apply (protocol.md, section 3, Directory). Unknown fields stay: the signature covers them. */
export const parentSchema = z.looseObject({
  /** Base of its hive listener. */
  url: z.url({ protocol: /^https?$/ }).max(500),
  public_key: publicKeySchema,
  /** Of its self-made certificate; absent where the system's roots vouch for it. */
  tls: pinSchema.optional(),
  /** What it issues. */
  tier: z.enum(['regional', 'local']),
});
export type Parent = z.infer<typeof parentSchema>;

export const directorySchema = z.looseObject({
  hive: publicKeySchema,
  /** Only grows. */
  sequence: z.number().int().positive(),
  parents: z.array(parentSchema).max(200),
  /** Base addresses that can be asked for orders. */
  order_sources: z.array(z.url({ protocol: /^https?$/ }).max(500)).max(50),
});
export type Directory = z.infer<typeof directorySchema>;

/** Signed by a central process (kind `directory`), whose chain comes with it; passed down unchanged. */
export const signedDirectorySchema = z.looseObject({
  directory: directorySchema,
  signature: signatureSchema,
  signer: chainSchema,
});
export type SignedDirectory = z.infer<typeof signedDirectorySchema>;
