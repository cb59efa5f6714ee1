import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

/** The name that `sha256sum --check` users look for. */
export const checksumsFile = 'SHA256SUMS';

/** The lines that `sha256sum --check` reads, by name; each sum in hex. */
export function checksumLines(sums: ReadonlyMap<string, string>): string {
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, sum]) => `${sum}  ${name}\n`)
    .join('');
}

/** Writes the SHA-256 sums of `names`, which stand in `folder`, beside them. */
export async function writeChecksums(folder: string, names: readonly string[]): Promise<void> {
  const sums = new Map<string, string>();
  for (const name of names) {
    const hash = createHash('sha256');
    await pipeline(fs.createReadStream(path.join(folder, name)), hash);
    sums.set(name, hash.digest('hex'));
  }
  fs.writeFileSync(path.join(folder, checksumsFile), checksumLines(sums));
}
