import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import path from 'node:path';
import { syncFolder } from '../../../platform/atomic-file.ts';
import { factsOf, isSameFile } from './file-state.ts';
import { codeOf, type Files } from './files.ts';

/** Something stands already where a file or folder was to go; nothing was changed. */
export class PlaceTaken extends Error {
  readonly place: string;
  constructor(place: string) {
    super(`${place} is taken`);
    this.name = 'PlaceTaken';
    this.place = place;
  }
}

/** What a file has besides its bytes. */
export interface FileTraits {
  /** Permission bits, without those that change who a program runs as. */
  readonly mode: number;
  /** ms since the epoch; `null`: now. */
  readonly modifiedAt: number | null;
  /** Whose it is to be, as far as this process may give it away; `null`: this process's own. */
  readonly owner: { readonly uid: number; readonly gid: number } | null;
}

/**
 * Where the new content of a file is written before it takes its place: beside it, so that taking it is one step of
 * the file system. The same for the same content, so that a leftover of a crash is found again.
 */
export function temporaryFor(file: string, sha256: string): string {
  const mark = createHash('sha256').update(`${file}\n${sha256}`).digest('hex').slice(0, 24);
  return path.join(path.dirname(file), `.nunba-${mark}`);
}

/** Writes content down to the disk, under a name that is free. A failure leaves nothing there. */
export async function writeTemporary(
  files: Files,
  temporary: string,
  content: Uint8Array | AsyncIterable<Uint8Array>,
  { mode, modifiedAt, owner }: FileTraits,
): Promise<void> {
  await files.rm(temporary, { force: true });
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);
  const handle = await files.open(temporary, flags, 0o600);
  try {
    await handle.writeFile(content);
    if (owner) await handle.chown(owner.uid, owner.gid).catch(() => undefined);
    await handle.chmod(mode & 0o777);
    if (modifiedAt !== null) await handle.utimes(modifiedAt / 1000, modifiedAt / 1000);
    await handle.sync();
  } catch (error) {
    await handle.close();
    await files.rm(temporary, { force: true });
    throw error;
  }
  await handle.close();
}

/** Puts a temporary file in the place of the one that is there. Durable when it resolves. */
export async function placeOver(files: Files, temporary: string, file: string): Promise<void> {
  try {
    await files.rename(temporary, file);
  } catch (error) {
    await files.rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(path.dirname(file), files);
}

/** Puts a temporary file where nothing is; a PlaceTaken leaves what is there. Durable when it resolves. */
export async function placeNew(files: Files, temporary: string, file: string): Promise<void> {
  try {
    await moveNew(files, temporary, file);
  } catch (error) {
    await files.rm(temporary, { force: true });
    throw error;
  }
}

/** File systems without a second name for a file, and files that may not get one. */
const withoutLinks = new Set(['EPERM', 'EMLINK', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EINVAL', 'EISDIR']);

/**
 * Gives a file or folder another name on the same disk and never overwrites: a PlaceTaken leaves both as they are. A
 * file has both names for a moment, which a crash can leave so; where the file system has no second names, whoever
 * takes the place within that moment loses. Durable when it resolves.
 */
export async function moveNew(files: Files, from: string, to: string): Promise<void> {
  const source = await files.lstat(from, { bigint: true });
  const taken = await factsOf(files, to);
  if (taken && !(isSameFile(source, taken) && isOtherCase(from, to))) throw new PlaceTaken(to);
  if (taken || source.isDirectory()) await files.rename(from, to);
  else await renameFile(files, from, to);
  await syncFolder(path.dirname(to), files);
  if (path.dirname(from) !== path.dirname(to)) await syncFolder(path.dirname(from), files);
}

async function renameFile(files: Files, from: string, to: string): Promise<void> {
  try {
    await files.link(from, to);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw new PlaceTaken(to);
    if (!withoutLinks.has(codeOf(error))) throw error;
    return files.rename(from, to);
  }
  try {
    await files.unlink(from);
  } catch (error) {
    await files.unlink(to);
    throw error;
  }
}

/** Whether two paths differ in the case of their last name alone. */
const isOtherCase = (one: string, other: string): boolean =>
  path.dirname(one) === path.dirname(other) && one !== other && one.toLowerCase() === other.toLowerCase();
