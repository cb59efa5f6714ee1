import { FailureError } from '../../api/failures.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { Endpoint } from './endpoint.ts';
import { LineLimit } from './line-limit.ts';
import { networkFailure } from './network-failure.ts';
import { isSuccess, readRefusal } from './read-refusal.ts';
import { type IncomingAnswer, sendRequest } from './send-request.ts';

/** What a guarded fetch may do, and for whom. */
export interface FetchGuard {
  readonly endpoint: Endpoint;
  readonly clock: Clock;
  /** For messages without it, and for sentences that tell a wrong key from a missing one. */
  readonly key: string | null;
  /** The model that is asked. */
  readonly model: string;
  /** Asked before each request; throws a FailureError to refuse it. */
  readonly permit: () => void;
}

type FetchInput = Parameters<typeof globalThis.fetch>[0];
type FetchInit = Parameters<typeof globalThis.fetch>[1];

/**
 * The one way in which prompts leave this node: a `fetch` for the AI SDK that reaches one origin, answers whatever goes
 * wrong with a FailureError (also from within the body) and lets only event streams through, held to the limits of lines
 * and silence.
 */
export function createGuardedFetch(guard: FetchGuard): typeof globalThis.fetch {
  const host = guard.endpoint.url.host;
  const context = { host, model: guard.model, key: guard.key };
  return async (input, init) => {
    const { url, path } = target(guard.endpoint.url, input);
    const signal = init?.signal ?? new AbortController().signal;
    try {
      guard.permit();
      const request = { method: 'POST' as const, path, headers: headersOf(init), body: bodyOf(init) };
      const answer = await sendRequest({ ...guard.endpoint, url }, request, guard.clock, signal);
      if (!isSuccess(answer)) throw new FailureError(await readRefusal(answer, { ...context, now: guard.clock.now() }));
      if (!mayBeStream(answer.header('content-type'))) throw wrongBody(answer, host);
      return new Response(streamOf(answer, host, signal), { headers: { 'content-type': 'text/event-stream' } });
    } catch (error) {
      signal.throwIfAborted();
      throw networkFailure(error, host);
    }
  };
}

/** @throws a plain Error if the SDK asks for another origin: that would be a bug, not a refusal */
const target = (base: URL, input: FetchInput): { url: URL; path: string } => {
  const url = new URL(input instanceof Request ? input.url : input);
  if (url.origin !== base.origin) throw new Error('a provider’s call left its own address');
  return { url, path: `${url.pathname}${url.search}` };
};

const headersOf = (init: FetchInit): Record<string, string> =>
  Object.fromEntries([...new Headers(init?.headers)].filter(([name]) => name !== 'connection' && name !== 'host'));

const bodyOf = (init: FetchInit): string | null => (typeof init?.body === 'string' ? init.body : null);

/** Programs forget the type now and then; what says plainly that it is something else is not read. */
const mayBeStream = (contentType: string | null): boolean =>
  contentType === null || !/text\/html|application\/(?:json|xml)|image\//i.test(contentType);

const wrongBody = (answer: IncomingAnswer, host: string): FailureError => {
  answer.close();
  return new FailureError({ kind: 'model-bad-answer', host, cause: 'not-a-stream' });
};

function streamOf(answer: IncomingAnswer, host: string, signal: AbortSignal): ReadableStream<Uint8Array> {
  const lines = new LineLimit();
  const next = async (): Promise<Uint8Array | null> => {
    const chunk = await answer.read();
    if (chunk === null || lines.accepts(chunk)) return chunk;
    answer.close();
    throw new FailureError({ kind: 'model-bad-answer', host, cause: 'line-too-long' });
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const chunk = await next();
          if (chunk === null) controller.close();
          else controller.enqueue(chunk);
        } catch (error) {
          controller.error(signal.aborted ? signal.reason : brokenOff(error, host));
        }
      },
      cancel: () => answer.close(),
    },
    { highWaterMark: 0 },
  );
}

/** A connection that breaks within a body has cut the answer, whatever the system calls it. */
const brokenOff = (error: unknown, host: string): FailureError =>
  error instanceof FailureError
    ? error
    : new FailureError({ kind: 'model-bad-answer', host, cause: 'cut' }, { cause: error });
