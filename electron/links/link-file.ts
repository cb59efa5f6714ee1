import { constants } from 'node:fs';
import fs from 'node:fs/promises';
import { type DeepLink, mostLinkBytes, readDeepLink } from './deep-link.ts';

/** What a link file ends with. */
export const linkFileExtension = '.nunba';

/**
 * Reads a link file: a regular file of at most 2,048 bytes, UTF-8, whose one line is a `nunba://` address; a line
 * break may end it. Its size is looked at before it is read. A file that cannot be read is refused as no link.
 */
export async function readLinkFile(file: string): Promise<DeepLink> {
  try {
    const text = await readSmallFile(file);
    return text === null ? { kind: 'refused', reason: 'too-long' } : readDeepLink(text.replace(/\r?\n$/, ''));
  } catch {
    return { kind: 'refused', reason: 'not-a-link' };
  }
}

/** The file's text, or `null` if it is too long. Rejects where there is no regular file of text. */
async function readSmallFile(file: string): Promise<string | null> {
  // Looked at before it is opened: opening some devices does something.
  if (!(await fs.stat(file)).isFile()) throw new Error('not a regular file');
  const handle = await fs.open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw new Error('not a regular file');
    if (stat.size > mostLinkBytes) return null;
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(mostLinkBytes + 1), 0, mostLinkBytes + 1, 0);
    if (bytesRead > mostLinkBytes) return null;
    return new TextDecoder('utf-8', { fatal: true }).decode(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}
