import fs from 'node:fs/promises';
import path from 'node:path';
import { FailureError } from '../../api/failures.ts';
import { syncFolder } from '../../platform/atomic-file.ts';
import { masterKeyOf } from '../../trust/signer/master-key.ts';
import { masterKeyName, readMasterKeyFile } from '../../trust/signer/master-key-file.ts';

/** Writes a file that must not be there yet, durably. Throws `master-key-unusable` if it is, or cannot be written. */
export async function writeNewFile(file: string, text: string, mode: number): Promise<void> {
  try {
    await fs.mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    const handle = await fs.open(file, 'wx', mode);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await syncFolder(path.dirname(file));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown cause';
    const reason =
      code === 'EEXIST' ? 'there is a file already, and it is never replaced' : `it cannot be written (${code})`;
    throw new FailureError({ kind: 'master-key-unusable', path: file, reason }, { cause: error });
  }
}

/** Reads a copy from the disk and derives its anchor. Throws `master-key-unusable` if it is not that one. */
export async function proveReadBack(file: string, anchor: string, passphrase: string | null): Promise<void> {
  const seed = await readMasterKeyFile({ file, passphrase: async () => passphrase });
  const isSame = masterKeyOf(seed).anchor === anchor;
  seed.fill(0);
  if (isSame) return;
  throw new FailureError({
    kind: 'master-key-unusable',
    path: file,
    reason: 'it does not read back as it was written',
  });
}

/** The file that a person means who names a file, or a folder for it. */
export async function keyFileAt(place: string): Promise<string> {
  const found = await fs.stat(place).catch(() => null);
  return path.resolve(found?.isDirectory() ? path.join(place, masterKeyName) : place);
}

/** Whether both stand on the same disk, as far as the system tells. */
export async function areOnOneDisk(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([fs.stat(one), fs.stat(other)]);
  return first.dev === second.dev;
}
