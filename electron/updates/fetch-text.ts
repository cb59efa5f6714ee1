import type { Session } from 'electron';

/** More than any manifest; bytes. */
const mostBytes = 500_000;

/**
 * The text at an address over Chromium's network, which knows the system's proxy; `null` if the server has none.
 * Rejects if it cannot be asked, answers with something else, or with too much.
 */
export async function fetchText(
  session: Pick<Session, 'fetch'>,
  address: string,
  signal: AbortSignal,
): Promise<string | null> {
  const response = await session.fetch(address, { signal, cache: 'no-store', credentials: 'omit' });
  if (response.status === 404 || response.status === 410) return null;
  if (!response.ok || !response.body) throw new Error(`The server answered with ${response.status}.`);
  const parts: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const part of response.body) {
    sizeBytes += part.byteLength;
    if (sizeBytes > mostBytes) throw new Error('The server sent more than a manifest.');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
