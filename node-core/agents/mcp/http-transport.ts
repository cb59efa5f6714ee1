import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { connectionCause } from '../../platform/socket-error.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import { LineLimit } from '../models/line-limit.ts';
import { ServerFault } from './server-fault.ts';
import type { ServerLimits } from './server-limits.ts';

/** What a transport over HTTP needs. */
export interface HttpMeans {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly clock: Pick<Clock, 'elapsed'>;
  readonly limits: ServerLimits;
  /** Told what breaks an answer off, which the SDK keeps to itself where it reads a stream. */
  readonly onFault: (fault: ServerFault) => void;
}

type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

const rateWindowMs = 10_000;
/** Requests within ten seconds: a server that ends its streams at once could keep the client asking. */
const maxRequestsPerWindow = 200;

/** The protocol over streamable HTTP: one origin, no redirect to another, answers held to the limit of messages. */
export function createHttpTransport(means: HttpMeans): StreamableHTTPClientTransport {
  return new StreamableHTTPClientTransport(new URL(means.url), {
    fetch: guardedFetch(means),
    requestInit: { headers: { ...means.headers } },
    reconnectionOptions: {
      initialReconnectionDelay: 1_000,
      maxReconnectionDelay: 30_000,
      reconnectionDelayGrowFactor: 2,
      maxRetries: 2,
    },
  });
}

function guardedFetch({ url, clock, limits, onFault }: HttpMeans): Fetch {
  const base = new URL(url);
  let windowFromMs = clock.elapsed();
  let count = 0;
  const admit = (target: URL): void => {
    // Only the client's own code chooses where it asks, so another origin is a bug of ours.
    if (target.origin !== base.origin) throw new ServerFault('redirected', base.host);
    if (clock.elapsed() - windowFromMs > rateWindowMs) {
      windowFromMs = clock.elapsed();
      count = 0;
    }
    count += 1;
    if (count > maxRequestsPerWindow) throw new ServerFault('flood');
  };
  return async (input, init) => {
    admit(new URL(input));
    const answer = await fetch(input, { ...init, redirect: 'manual' }).catch((error: unknown) => {
      init?.signal?.throwIfAborted();
      throw new ServerFault('unreachable', `${base.host} (${causeOf(error)})`, { cause: error });
    });
    await refuse(answer, base.host, init?.method ?? 'GET');
    return limited(answer, limits.messageBytes, onFault);
  };
}

/** Throws for answers that end the connection; 405 says only that there is no stream to listen to. */
async function refuse(answer: Response, host: string, method: string): Promise<void> {
  const { status } = answer;
  if (status < 300 || (status === 405 && method !== 'POST')) return;
  // A session that is gone (404) is for the protocol to see as any other status.
  await answer.body?.cancel();
  if (status === 401 || status === 403) throw new ServerFault('unauthorized', host);
  if (status < 400) throw new ServerFault('redirected', host);
  throw new ServerFault('http-status', `${host} answered ${status}`);
}

/** The same answer, whose body breaks off where a message grows too large. */
function limited(answer: Response, maxBytes: number, onFault: HttpMeans['onFault']): Response {
  if (answer.body === null) return answer;
  const isStream = /^text\/event-stream/i.test(answer.headers.get('content-type') ?? '');
  const lines = new LineLimit(maxBytes, maxBytes);
  let sizeBytes = 0;
  const accepts = (chunk: Uint8Array): boolean => {
    sizeBytes += chunk.length;
    return isStream ? lines.accepts(chunk) : sizeBytes <= maxBytes;
  };
  const guard = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      if (accepts(chunk)) return controller.enqueue(chunk);
      const fault = new ServerFault('too-large', String(Math.round(maxBytes / 1024 ** 2)));
      controller.error(fault);
      onFault(fault);
    },
  });
  const { status, statusText, headers } = answer;
  return new Response(answer.body.pipeThrough(guard), { status, statusText, headers });
}

/** What Node's fetch wraps. */
const causeOf = (error: unknown): string =>
  connectionCause(error instanceof Error && error.cause !== undefined ? error.cause : error);
