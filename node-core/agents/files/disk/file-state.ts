import { createHash } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { FileMark } from '../../../protocol/hands/effect.ts';
import { codeOf, type Files, isMissing } from './files.ts';

/** What stands at a path, without following a link. */
export type FileState =
  | { readonly kind: 'missing' }
  /** `sha256` of its bytes, hex. */
  | { readonly kind: 'file'; readonly sha256: string; readonly facts: BigIntStats }
  /** A folder, a link, a device: anything that is no plain file. */
  | { readonly kind: 'other' };

/** What a link, a folder or a plain file is, or `null` where nothing is. Follows no link. */
export async function factsOf(files: Files, file: string): Promise<BigIntStats | null> {
  try {
    return await files.lstat(file, { bigint: true });
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Reads a file to tell its hash. */
export async function fileStateOf(files: Files, file: string): Promise<FileState> {
  const facts = await factsOf(files, file);
  if (!facts) return { kind: 'missing' };
  if (!facts.isFile()) return { kind: 'other' };
  const handle = await openPlain(files, file, facts);
  if (!handle) return { kind: 'other' };
  try {
    const hash = createHash('sha256');
    for await (const chunk of readingOf(handle)) hash.update(chunk);
    return { kind: 'file', sha256: hash.digest('hex'), facts };
  } finally {
    await handle.close();
  }
}

/** Opens for reading exactly the file that was looked at; `null` if another thing stands there by now. Waits for no pipe. */
export async function openPlain(files: Files, file: string, facts: BigIntStats): Promise<FileHandle | null> {
  // Windows knows neither flag.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  let handle: FileHandle;
  try {
    handle = await files.open(file, flags);
  } catch (error) {
    if (isMissing(error) || codeOf(error) === 'ELOOP') return null;
    throw error;
  }
  const opened = await handle.stat({ bigint: true });
  if (opened.isFile() && isSameFile(opened, facts)) return handle;
  await handle.close();
  return null;
}

/** Whether two looks were at the same file, whatever has become of its content. */
export const isSameFile = (one: BigIntStats, other: BigIntStats): boolean =>
  one.ino === other.ino && one.dev === other.dev;

/** Whether two looks were at the same file with the same content, as far as can be told without reading it. */
export const isUnchanged = (one: BigIntStats, other: BigIntStats): boolean =>
  isSameFile(one, other) && one.size === other.size && one.mtimeNs === other.mtimeNs;

/**
 * By what a file or folder is known again, wherever it is moved on its disk. A number of a file that is gone is soon given
 * to another, so its birth belongs to it; times in ms, because not everything that copies keeps more.
 */
export const markOf = (facts: BigIntStats): FileMark => ({
  id: `${facts.dev}:${facts.ino}:${facts.birthtimeNs / 1_000_000n}`,
  content: facts.isDirectory() ? null : `${facts.size}:${facts.mtimeNs / 1_000_000n}`,
});

/** A file's bytes from its beginning, a piece at a time. The handle stays open. */
export async function* readingOf(handle: FileHandle): AsyncGenerator<Uint8Array> {
  const piece = Buffer.allocUnsafe(256 * 1024);
  for (let at = 0; ; ) {
    const { bytesRead } = await handle.read(piece, 0, piece.length, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield Uint8Array.prototype.slice.call(piece, 0, bytesRead);
  }
}

/** Whether the folder of a file is where its path says, through no link. */
export async function isInRealFolder(files: Files, file: string): Promise<boolean> {
  const folder = path.dirname(file);
  try {
    return isSamePath(await files.realpath(folder), folder);
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** Whether two absolute paths name the same place; Windows does not tell cases apart. */
export const isSamePath = (one: string, other: string): boolean =>
  process.platform === 'win32' ? one.toLowerCase() === other.toLowerCase() : one === other;
