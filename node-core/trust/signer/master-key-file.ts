import fs from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { FailureError } from '../../api/failures.ts';
import { passphraseWrapSchema, unwrapWithPassphrase, wrapWithPassphrase } from '../../platform/vault/vault-crypto.ts';
import { publicKeySchema } from '../../protocol/trust/key-text.ts';
import { masterKeyOf, seedBytes } from './master-key.ts';

/** The names that `keygen` gives. The anchor is no secret. */
export const masterKeyName = 'master_private_key.hex';
export const anchorName = 'hive_anchor.hex';

const maxFileBytes = 4_096;

/** A master key under a passphrase, as JSON under the same name. */
const sealedSchema = z.strictObject({
  version: z.literal(1),
  anchor: publicKeySchema,
  ...passphraseWrapSchema.shape,
});
const sealedFor = (anchor: string): string => `master key of ${anchor}`;

export interface MasterKeyReading {
  readonly file: string;
  /** Asked only if the file needs one; `null`: nobody can be asked. */
  readonly passphrase: () => Promise<string | null>;
  /** Told what is wrong with the file's mode, instead of refusing; for `check` alone. */
  readonly onLooseMode?: (sentence: string) => void;
}

/**
 * The text of a master key file: 64 hex and a line feed, or with a passphrase JSON.
 * @param scryptCost power of two; absent: the vault's
 */
export async function masterKeyText(seed: Buffer, passphrase: string | null, scryptCost?: number): Promise<string> {
  if (passphrase === null) return `${seed.toString('hex')}\n`;
  const { anchor } = masterKeyOf(seed);
  const wrap = await wrapWithPassphrase(seed, sealedFor(anchor), passphrase, scryptCost);
  return `${JSON.stringify({ version: 1, anchor, ...wrap })}\n`;
}

/**
 * The seed that a file holds, 32 bytes. Throws `master-key-unusable`: not there, readable by group or others (POSIX), no
 * master key, another passphrase, or not the key of the `hive_anchor.hex` beside it.
 */
export async function readMasterKeyFile(reading: MasterKeyReading): Promise<Buffer> {
  const { file } = reading;
  const seed = await parse(await readText(file, reading.onLooseMode ?? null), reading);
  const beside = await fs.readFile(path.join(path.dirname(file), anchorName), 'utf8').catch(() => null);
  if (beside !== null && beside.trim() !== masterKeyOf(seed).anchor) {
    throw unusable(file, `it is not the key of ${anchorName} beside it`);
  }
  return seed;
}

async function readText(file: string, onLooseMode: ((sentence: string) => void) | null): Promise<string> {
  const handle = await fs.open(file, 'r').catch((error: unknown) => {
    throw unreadable(file, error);
  });
  try {
    const { size, mode } = await handle.stat();
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      const sentence = `its mode is ${(mode & 0o777).toString(8)}, so that others may read it; run chmod 600 on it`;
      if (onLooseMode === null) throw unusable(file, sentence);
      onLooseMode(sentence);
    }
    if (size > maxFileBytes) throw unusable(file, 'it is far too large');
    return await handle.readFile('utf8');
  } catch (error) {
    throw error instanceof FailureError ? error : unreadable(file, error);
  } finally {
    await handle.close();
  }
}

async function parse(text: string, { file, passphrase }: MasterKeyReading): Promise<Buffer> {
  if (/^[0-9a-fA-F]{64}\s*$/.test(text)) return Buffer.from(text.trim(), 'hex');
  const sealed = sealedSchema.safeParse(jsonOf(text)).data;
  if (!sealed) throw unusable(file, 'it holds no master key, or is damaged');
  const given = await passphrase();
  if (given === null) throw unusable(file, 'it needs its passphrase, and none was given');
  const seed = await unwrapWithPassphrase(sealed, sealedFor(sealed.anchor), given);
  if (seed === null) throw unusable(file, 'that is not its passphrase, or it is damaged');
  if (seed.length !== seedBytes || masterKeyOf(seed).anchor !== sealed.anchor) throw unusable(file, 'it is damaged');
  return seed;
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'this account may not read it',
  EISDIR: 'it is a folder',
};

function unreadable(file: string, cause: unknown): FailureError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown cause';
  return unusable(file, reasons[code] ?? `it cannot be read (${code})`, cause);
}

const unusable = (file: string, reason: string, cause?: unknown): FailureError =>
  new FailureError({ kind: 'master-key-unusable', path: file, reason }, { cause });
