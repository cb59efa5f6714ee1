import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { z } from 'zod';
import type { Certificate } from '../../node-core/protocol/trust/certificate.ts';

const script = path.resolve(import.meta.dirname, '../protocol/trust/verify_certificate.py');
const verdictsSchema = z.array(z.object({ sha256: z.string(), valid: z.boolean() }));

/**
 * What Python's `json.dumps` and an Ed25519 written in it say of certificates: the SHA-256 of the signed bytes and
 * whether the signature holds. Throws, with a sentence, where there is no `python3`.
 */
export function pythonVerdicts(certificates: readonly Certificate[]): z.infer<typeof verdictsSchema> {
  const run = spawnSync('python3', [script], {
    input: JSON.stringify(certificates),
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (run.error) {
    throw new Error('This test needs python3 in the PATH: it proves that Python verifies our certificates.', {
      cause: run.error,
    });
  }
  if (run.status !== 0) throw new Error(`python3 failed: ${run.stderr}`);
  const verdicts = verdictsSchema.parse(JSON.parse(run.stdout));
  if (verdicts.length !== certificates.length) throw new Error('python3 judged another number of certificates.');
  return verdicts;
}
