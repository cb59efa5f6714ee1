import fs from 'node:fs/promises';
import { z } from 'zod';
import { FailureError } from '../../api/failures.ts';
import { writeFileAtomically } from '../../platform/atomic-file.ts';
import type { SignerRecord } from './signer-policy.ts';

type SignedSequence = SignerRecord['revocations'];

const sequenceSchema = z.object({
  version: z.literal(1),
  sequence: z.number().int().nonnegative(),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
});

/** Keeps which revocation list was signed last, so that its sequence does not fall when the signer starts again. */
export interface SequenceStore {
  /** `null`: none was signed. */
  read(): Promise<SignedSequence>;
  /** Durable when it resolves. */
  write(signed: NonNullable<SignedSequence>): Promise<void>;
}

/** In a file of its own. One that cannot be read is refused (`master-key-unusable`), never begun anew. */
export function sequenceFile(file: string): SequenceStore {
  const damaged = (cause?: unknown): FailureError =>
    new FailureError(
      { kind: 'master-key-unusable', path: file, reason: 'this record of what the signer signed is damaged' },
      { cause },
    );
  return {
    async read() {
      try {
        const { sequence, digest } = sequenceSchema.parse(JSON.parse(await fs.readFile(file, 'utf8')));
        return { sequence, digest };
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
        throw damaged(error);
      }
    },
    write: (signed) => writeFileAtomically(file, `${JSON.stringify({ version: 1, ...signed })}\n`),
  };
}
