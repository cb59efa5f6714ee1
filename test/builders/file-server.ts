import { createHash } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { type FileAnswer, type FileServer, startFileServer } from '../doubles/file-server.ts';

/** Serves `content` on 127.0.0.1 until the test ends. @param answer what the request with this number (from 0) gets */
export async function fileServer(content: Buffer, answer?: (request: number) => FileAnswer): Promise<FileServer> {
  const server = await startFileServer(content, answer);
  onTestFinished(() => server.close());
  return server;
}

/** Integrity of a content, as npm writes it. */
export const integrityOf = (content: Uint8Array, algorithm: 'sha256' | 'sha512' = 'sha256'): string =>
  `${algorithm}-${createHash(algorithm).update(content).digest('base64')}`;
