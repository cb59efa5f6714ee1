import fs from 'node:fs/promises';
import path from 'node:path';
import { FailureError } from '../api/failures.ts';
import type { Secrets } from '../protocol/ports/host.ts';
import { syncFolder, writeFileAtomically } from './atomic-file.ts';

const namePattern = /^[a-z0-9.-]{1,80}$/;
/** No key or token is longer; a larger file is not one of ours. */
const maxSecretBytes = 64 * 1024;

/**
 * Secrets as 0600 files in a 0700 folder, for shells without a keyring. Nothing is read or made before the first use.
 * @param folder absolute; made when the first secret is written
 */
export function createFileSecrets(folder: string): Secrets {
  const fileOf = (name: string): string => {
    if (!namePattern.test(name) || name.startsWith('.')) throw new Error(`Not a name of a secret: ${name}`);
    return path.join(folder, name);
  };
  return {
    async read(name) {
      const file = fileOf(name);
      try {
        const { size } = await fs.stat(file);
        if (size > maxSecretBytes) throw unreadable(name, 'the file is far too large');
        return await fs.readFile(file, 'utf8');
      } catch (error) {
        if (error instanceof FailureError) throw error;
        if (codeOf(error) === 'ENOENT') return null;
        throw unreadable(name, codeOf(error) ?? 'unknown cause', error);
      }
    },
    async write(name, value) {
      await writeFileAtomically(fileOf(name), value);
      await fs.chmod(folder, 0o700);
    },
    async remove(name) {
      try {
        await fs.unlink(fileOf(name));
        await syncFolder(folder);
      } catch (error) {
        if (codeOf(error) !== 'ENOENT') throw error;
      }
    },
  };
}

const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;

const unreadable = (name: string, reason: string, cause?: unknown): FailureError =>
  new FailureError({ kind: 'secret-unreadable', name, reason }, { cause });
