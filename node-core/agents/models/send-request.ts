import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { FailureError } from '../../api/failures.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import { type Endpoint, openSocket } from './endpoint.ts';

/** Longest time in which nothing arrives from a provider. */
export const silenceMs = 60_000;

export interface OutgoingRequest {
  readonly method: 'GET' | 'POST';
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** The head of an answer, and its body to be read once, piece by piece. */
export interface IncomingAnswer {
  readonly status: number;
  header(name: string): string | null;
  /**
   * The next bytes, `null` at the end of a whole body. Rejects when the connection breaks, when nothing comes for 60 s
   * (a FailureError) or when it was aborted.
   */
  read(): Promise<Uint8Array | null>;
  /** Closes the connection. Idempotent. */
  close(): void;
}

/**
 * Sends one request over a connection of its own, to the host of `endpoint` and to no other: redirects are answers like
 * any other and no proxy is asked. Aborting `signal` destroys the socket at once.
 */
export async function sendRequest(
  endpoint: Endpoint,
  request: OutgoingRequest,
  clock: Clock,
  signal: AbortSignal,
): Promise<IncomingAnswer> {
  return sendOver(await openSocket(endpoint, clock, signal), endpoint, request, clock);
}

/** Sends one request over a connection that is open to `endpoint` and is closed with the answer. */
export async function sendOver(
  socket: Socket,
  endpoint: Endpoint,
  request: OutgoingRequest,
  clock: Clock,
): Promise<IncomingAnswer> {
  const watched = silenceWatch(clock, endpoint.url.host, () => socket.destroy());
  try {
    return readable(await watched(head(socket, endpoint, request)), watched);
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

type Watched = <T>(work: Promise<T>) => Promise<T>;

/** Ends what is waited for when nothing comes for too long; the failure says so, whatever the broken socket says. */
function silenceWatch(clock: Clock, host: string, end: () => void): Watched {
  return async (work) => {
    let failure: FailureError | null = null;
    const timer = clock.after(silenceMs, () => {
      failure = new FailureError({ kind: 'model-bad-answer', host, cause: 'silent' });
      end();
    });
    try {
      return await work;
    } catch (error) {
      throw failure ?? error;
    } finally {
      timer.cancel();
    }
  };
}

async function head(socket: Socket, endpoint: Endpoint, request: OutgoingRequest): Promise<IncomingMessage> {
  const body = request.body === null ? null : Buffer.from(request.body);
  // Imported as a module it would bring Node's whole fetch along, which costs a start 80 ms.
  const outgoing = process.getBuiltinModule('node:http').request({
    createConnection: () => socket,
    method: request.method,
    path: request.path,
    headers: {
      ...request.headers,
      host: endpoint.url.host,
      'accept-encoding': 'identity',
      connection: 'close',
      ...(body === null ? {} : { 'content-length': String(body.length) }),
    },
  });
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  outgoing.on('response', resolve);
  // Stays, so that an error after the head has no chance to end the process; the body's reader sees it too.
  outgoing.on('error', reject);
  outgoing.end(body ?? undefined);
  return promise;
}

function readable(response: IncomingMessage, watched: Watched): IncomingAnswer {
  const chunks = response[Symbol.asyncIterator]();
  response.on('error', () => undefined);
  return {
    status: response.statusCode ?? 0,
    header(name) {
      const value = response.headers[name];
      return typeof value === 'string' ? value : null;
    },
    async read() {
      const next: IteratorResult<unknown> = await watched(chunks.next());
      return next.done === true ? null : asBytes(next.value);
    },
    close: () => void response.destroy(),
  };
}

const asBytes = (chunk: unknown): Uint8Array =>
  chunk instanceof Uint8Array ? chunk : new TextEncoder().encode(String(chunk));

/** Reads at most `limitBytes` of a body as text; what is beyond is left and the connection closed. */
export async function readText(answer: IncomingAnswer, limitBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for (let chunk = await answer.read(); chunk !== null; chunk = await answer.read()) {
    chunks.push(chunk);
    sizeBytes += chunk.length;
    if (sizeBytes >= limitBytes) break;
  }
  answer.close();
  return new TextDecoder().decode(Buffer.concat(chunks).subarray(0, limitBytes));
}
