import type { BigIntStats } from 'node:fs';
import type { FileTraits } from '../disk/place-file.ts';

/** A copy in the undo folder, with what the file had besides its bytes. */
export interface KeptFile {
  /** SHA-256 of the bytes, hex; the copy's name in the folder. */
  readonly sha256: string;
  readonly traits: FileTraits;
}

/** The name under which an effect knows a copy: the hash, the permissions, the time of the last change. */
export function keptName(sha256: string, facts: BigIntStats): string {
  const mode = (Number(facts.mode) & 0o777).toString(8).padStart(3, '0');
  return `${sha256}.${mode}.${facts.mtimeMs}.${facts.uid}.${facts.gid}`;
}

/** The reverse; `null` for a name that is none. */
export function parseKeptName(name: string): KeptFile | null {
  const [, sha256, mode, modifiedAt, uid, gid] =
    /^([0-9a-f]{64})\.([0-7]{3})\.(-?\d{1,16})\.(\d{1,10})\.(\d{1,10})$/.exec(name) ?? [];
  if (!sha256 || !mode || !modifiedAt) return null;
  const owner = { uid: Number(uid), gid: Number(gid) };
  return { sha256, traits: { mode: Number.parseInt(mode, 8), modifiedAt: Number(modifiedAt), owner } };
}
