import type { X509Certificate } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type net from 'node:net';
import type tls from 'node:tls';
import { openTcp, openTls } from '../../platform/open-socket.ts';
import { locateHost } from '../../protocol/location.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import { pinOf } from './pin.ts';

/** Largest answer that is read, bytes. */
export const answerLimitBytes = 1024 * 1024;

/** One request over a connection of its own. */
export interface Exchange {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** `null`: known authorities and the right name. */
  readonly pin: string | null;
}

/** What came back, whole. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
  readonly shownPin: string | null;
}

/** The far end may not be spoken to: plain http that would leave this computer. */
export class UnsafeAddress extends Error {}
/** The answer is larger than 1 MiB. */
export class TooLargeAnswer extends Error {}
/** The connection ended, and there was no answer to read. */
class AnswerlessClose extends Error {
  readonly code = 'ECONNRESET';
}

/**
 * Sends a request and reads the whole answer. No redirect is followed and no proxy is asked. With a pin the key alone
 * decides, whatever name and dates the certificate states, because a node whose clock is wrong has to reach its issuer;
 * without, a known authority, the name and the dates. Rejects with a system error, a CertificateRefusal, UnsafeAddress,
 * TooLargeAnswer, or the reason of `signal`.
 */
export async function exchange(
  order: Exchange,
  authorities: () => tls.SecureContext,
  clock: Clock,
  signal: AbortSignal,
): Promise<RawAnswer> {
  const { socket, shownPin } = await connect(order, authorities, clock, signal);
  try {
    const response = await send(order, socket);
    const body = await readWhole(response);
    return { status: response.statusCode ?? 0, headers: response.headers, body, shownPin };
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    socket.destroy();
  }
}

interface Connection {
  readonly socket: net.Socket;
  readonly shownPin: string | null;
}

async function connect(
  { url, pin }: Exchange,
  authorities: () => tls.SecureContext,
  clock: Clock,
  signal: AbortSignal,
): Promise<Connection> {
  const isSafe = url.protocol === 'https:';
  if (!isSafe && (url.protocol !== 'http:' || locateHost(url.hostname).kind !== 'this-computer')) {
    throw new UnsafeAddress(url.protocol);
  }
  const socket = await openTcp(url, clock, signal);
  if (!isSafe) {
    // `localhost` is a name, and a name can point anywhere.
    if (isLoopback(socket.remoteAddress)) return { socket, shownPin: null };
    socket.destroy();
    throw new UnsafeAddress(url.protocol);
  }
  let shownPin: string | null = null;
  const accepts = (shown: X509Certificate, isAuthorised: boolean): boolean => {
    shownPin = pinOf(shown);
    return pin === null ? isAuthorised : shownPin === pin;
  };
  const trust = pin === null ? { context: authorities(), accepts } : { accepts };
  return { socket: await openTls(socket, url, trust, clock), shownPin };
}

const isLoopback = (address: string | undefined): boolean =>
  address !== undefined && locateHost(address.replace(/^::ffff:/i, '')).kind === 'this-computer';

async function send({ method, url, headers, body }: Exchange, socket: net.Socket): Promise<IncomingMessage> {
  // Imported as a module it would bring Node's whole fetch along, which costs a start 80 ms.
  const outgoing = process.getBuiltinModule('node:http').request({
    createConnection: () => socket,
    method,
    path: `${url.pathname}${url.search}`,
    headers: {
      ...headers,
      host: url.host,
      'accept-encoding': 'identity',
      connection: 'close',
      ...(method === 'GET' ? {} : { 'content-length': String(body.length) }),
    },
  });
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  outgoing.on('response', resolve);
  // Stays, so that an error after the head has no chance to end the process; the body's reader sees it too.
  outgoing.on('error', reject);
  // An answer 101 (Switching Protocols) brings neither of the two, and Node ends the connection.
  outgoing.on('close', () => reject(new AnswerlessClose()));
  outgoing.end(body.length === 0 ? undefined : body);
  return promise;
}

/** Rejects with ECONNRESET when the connection ends before the body does. */
async function readWhole(response: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  if (Number(response.headers['content-length'] ?? 0) > answerLimitBytes) throw new TooLargeAnswer();
  for await (const chunk of response) {
    const bytes = Buffer.from(chunk);
    chunks.push(bytes);
    sizeBytes += bytes.length;
    if (sizeBytes > answerLimitBytes) throw new TooLargeAnswer();
  }
  return Buffer.concat(chunks);
}
