import type { Readable, Writable } from 'node:stream';
import { lineLimitBytes } from './signer-messages.ts';

/** Both directions of a connection; of a socket, the same object twice. */
export interface SignerLink {
  readonly readable: Readable;
  readonly writable: Writable;
}

/** What reads a connection. */
export interface LineReader {
  /** A value that a line held; throwing ends the connection. */
  take(value: unknown): void;
  /** Called once, when no more comes. */
  ended(): void;
}

/** Sends values as lines and hands over those that come. A line that is too long or no JSON ends the connection. */
export function speakLines(
  { readable, writable }: SignerLink,
  reader: LineReader,
): { send(value: unknown): void; close(): void } {
  let pieces: Buffer[] = [];
  let sizeBytes = 0;
  let isOver = false;
  const close = (): void => {
    if (isOver) return;
    isOver = true;
    readable.destroy();
    writable.destroy();
    reader.ended();
  };
  const takeLine = (last: Buffer): void => {
    const line = Buffer.concat([...pieces, last]).toString('utf8');
    pieces = [];
    sizeBytes = 0;
    reader.take(JSON.parse(line));
  };
  const takeChunk = (chunk: Buffer): void => {
    let rest = chunk;
    for (let end = rest.indexOf(0x0a); end >= 0 && !isOver; end = rest.indexOf(0x0a)) {
      if (sizeBytes + end > lineLimitBytes) throw new RangeError('The line is too long.');
      takeLine(rest.subarray(0, end));
      rest = rest.subarray(end + 1);
    }
    pieces.push(rest);
    sizeBytes += rest.length;
    if (sizeBytes > lineLimitBytes) throw new RangeError('The line is too long.');
  };
  readable.on('data', (chunk: Buffer) => {
    try {
      if (!isOver) takeChunk(chunk);
    } catch {
      close();
    }
  });
  for (const stream of new Set([readable, writable])) {
    stream.on('error', close);
    stream.on('close', close);
  }
  readable.on('end', close);
  return { send: (value) => void (isOver || writable.write(`${JSON.stringify(value)}\n`)), close };
}
