import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex, Readable } from 'node:stream';
import zlib from 'node:zlib';
import type { Clock } from '../../protocol/ports/clock.ts';
import { ToolRefusal } from '../tools/tool.ts';
import type { PageAddress } from './page-address.ts';

/** Longest time in which nothing arrives, ms. */
export const pageSilenceMs = 10_000;

/** Most bytes that are taken of one page, packed or unpacked, whichever is reached first. */
export const maxPageBytes = 2 * 1024 * 1024;

/** What a host answered to one request. */
export interface PageAnswer {
  readonly status: number;
  /** Of the header, `null` if there is none. */
  readonly contentType: string | null;
  readonly location: string | null;
  /** Unpacked. */
  readonly bytes: Uint8Array;
  /** There is more than was taken. */
  readonly isCut: boolean;
}

/**
 * Sends one GET over a socket that is connected to the page's host, and reads the answer. No cookie, no referrer, no
 * credential goes along. The socket is closed in the end, however it ends. Rejects with a ToolRefusal when nothing comes
 * for 10 s or the body is packed in an unknown way, and with a system error when the connection breaks.
 */
export async function getPage(socket: Socket, page: PageAddress, userAgent: string, clock: Clock): Promise<PageAnswer> {
  let isSilent = false;
  const watch = createSilenceWatch(clock, () => {
    isSilent = true;
    socket.destroy();
  });
  try {
    const response = await head(socket, page, userAgent);
    watch.heard();
    return await readAnswer(response, () => watch.heard());
  } catch (error) {
    if (isSilent) throw new ToolRefusal(`${page.host} sent nothing for ${pageSilenceMs / 1000} s.`);
    throw error;
  } finally {
    watch.end();
    socket.destroy();
  }
}

function createSilenceWatch(clock: Clock, onSilence: () => void) {
  let timer = clock.after(pageSilenceMs, onSilence);
  return {
    heard: (): void => {
      timer.cancel();
      timer = clock.after(pageSilenceMs, onSilence);
    },
    end: (): void => timer.cancel(),
  };
}

async function head(socket: Socket, page: PageAddress, userAgent: string): Promise<IncomingMessage> {
  // Imported as a module it would bring Node's whole fetch along, which costs a start 80 ms.
  const outgoing = process.getBuiltinModule('node:http').request({
    createConnection: () => socket,
    method: 'GET',
    path: `${page.url.pathname}${page.url.search}`,
    headers: {
      host: page.url.host,
      'user-agent': userAgent,
      accept: 'text/html, application/xhtml+xml, text/*;q=0.9, application/json;q=0.9, application/xml;q=0.8',
      'accept-encoding': 'gzip, br',
      connection: 'close',
    },
  });
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  outgoing.on('response', resolve);
  // Stays, so that an error after the head has no chance to end the process; the body's reader sees it too.
  outgoing.on('error', reject);
  socket.once('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
  outgoing.end();
  return promise;
}

async function readAnswer(response: IncomingMessage, onData: () => void): Promise<PageAnswer> {
  const { headers, statusCode } = response;
  const { bytes, isCut } = isRedirect(statusCode ?? 0) ? nothing : await readBody(response, onData);
  return {
    status: statusCode ?? 0,
    contentType: headers['content-type'] ?? null,
    location: headers.location ?? null,
    bytes,
    isCut,
  };
}

/** Whether a status tells to look elsewhere. */
export const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status);

const nothing = { bytes: new Uint8Array(), isCut: false };

async function readBody(response: IncomingMessage, onData: () => void): Promise<Pick<PageAnswer, 'bytes' | 'isCut'>> {
  const body = unpacked(response);
  const chunks: Buffer[] = [];
  let packedBytes = 0;
  let sizeBytes = 0;
  response.on('data', (chunk: Buffer) => {
    packedBytes += chunk.length;
    onData();
  });
  try {
    for await (const chunk of body) {
      const piece = Buffer.from(chunk);
      chunks.push(piece);
      sizeBytes += piece.length;
      if (sizeBytes > maxPageBytes || packedBytes > maxPageBytes) break;
    }
  } finally {
    response.destroy();
    body.destroy();
  }
  const isCut = sizeBytes > maxPageBytes || packedBytes > maxPageBytes;
  return { bytes: Buffer.concat(chunks).subarray(0, maxPageBytes), isCut };
}

function unpacked(response: IncomingMessage): Readable {
  response.on('error', () => undefined);
  const encoding = (response.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity' || encoding === '') return response;
  const unpack = unpackers[encoding]?.();
  if (!unpack) throw new ToolRefusal('The page is packed in a way that this tool cannot unpack.');
  response.on('error', (error) => unpack.destroy(error));
  response.on('close', () => {
    if (!response.complete) unpack.destroy(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
  });
  return response.pipe(unpack);
}

const unpackers: Readonly<Record<string, () => Duplex>> = {
  gzip: () => zlib.createGunzip(),
  'x-gzip': () => zlib.createGunzip(),
  br: () => zlib.createBrotliDecompress(),
};
