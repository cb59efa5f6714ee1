import { signedBytes } from './canonical.ts';
import type { ChainVerdict } from './chain.ts';
import { type Directory, type SignedDirectory, signedDirectorySchema } from './directory.ts';
import type { VerifySignature } from './key-text.ts';

/** What a directory is judged by. */
export interface DirectoryTerms {
  readonly anchor: string;
  /** What is known; only a higher one is taken. `null`: none. */
  readonly knownSequence: number | null;
  readonly judge: (presented: unknown) => ChainVerdict;
  readonly verify: VerifySignature;
}

/**
 * The directory if it is this hive's, newer than the known one, and signed by a central process whose chain is valid;
 * else `null`. What a later version adds to it is signed with it, and stays. Takes any value; never throws.
 */
export function newerDirectory(presented: unknown, terms: DirectoryTerms): SignedDirectory | null {
  const parsed = signedDirectorySchema.safeParse(presented);
  if (!parsed.success) return null;
  const { directory, signature, signer } = parsed.data;
  if (directory.hive !== terms.anchor || directory.sequence <= (terms.knownSequence ?? 0)) return null;
  const verdict = terms.judge(signer);
  if (verdict.kind !== 'valid' || verdict.chain.certificate.tier !== 'central') return null;
  const bytes = bytesOrNull(directory);
  return bytes && terms.verify(bytes, signature, signer.certificate.public_key) ? parsed.data : null;
}

/** `null`: an address in it has no form as UTF-8, or a field that we do not know has no canonical form. */
function bytesOrNull(directory: Directory): Uint8Array | null {
  try {
    return signedBytes('directory', directory);
  } catch {
    return null;
  }
}
