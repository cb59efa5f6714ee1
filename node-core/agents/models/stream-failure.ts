import { FailureError } from '../../api/failures.ts';
import { failureInside } from './network-failure.ts';
import { type RefusalContext, readProviderError, refusalFailure } from './refusal-failure.ts';
import { scrubDetail } from './scrub.ts';

/**
 * What went wrong within a provider's stream, told from what the AI SDK reports: a FailureError of the guarded fetch,
 * an unreadable piece, or an error that the provider sent in the middle. An error that is none of these is a bug and is
 * returned as it is.
 */
export function streamFailure(error: unknown, context: RefusalContext): Error {
  const known = failureInside(error);
  if (known) return known;
  const { host } = context;
  if (!(error instanceof Error)) return sentInStream(error, context);
  switch (error.name) {
    case 'AI_TypeValidationError':
      return sentInStream('value' in error ? error.value : null, context);
    case 'AI_JSONParseError':
      return unreadable(host);
    case 'AI_InvalidResponseDataError':
      return new FailureError({ kind: 'model-bad-answer', host, cause: 'cut' });
    case 'AI_EmptyResponseBodyError':
      return new FailureError({ kind: 'model-bad-answer', host, cause: 'empty' });
    case 'AI_APICallError':
      // Anthropic's first piece, unreadable, comes as a call that failed.
      if (/^(?:JSON parsing|Type validation) failed/.test(error.message)) return unreadable(host);
      return sentInStream('responseBody' in error ? parseJson(error.responseBody) : null, context, error.message);
    default:
      return error;
  }
}

const unreadable = (host: string): FailureError =>
  new FailureError({ kind: 'model-bad-answer', host, cause: 'not-json' });

const parseJson = (text: unknown): unknown => {
  try {
    return typeof text === 'string' ? JSON.parse(text) : null;
  } catch {
    return null;
  }
};

/** Statuses that providers name by a word when they report an error after the head of the answer. */
const statuses: readonly (readonly [RegExp, number])[] = [
  [/rate_limit|RESOURCE_EXHAUSTED|too_many_requests/i, 429],
  [/overloaded|UNAVAILABLE/i, 529],
  [/authentication|permission|UNAUTHENTICATED/i, 401],
];

const sentInStream = (value: unknown, context: RefusalContext, message = ''): FailureError => {
  const body = JSON.stringify(value ?? null);
  const error = readProviderError(body);
  const said = error.message === '' ? message : error.message;
  if (said === '') return unreadable(context.host);
  const words = `${error.type} ${error.code ?? ''} ${error.status}`;
  const status = statuses.find(([pattern]) => pattern.test(words))?.[1];
  const failure = refusalFailure({ status: status ?? 500, retryAfter: null, location: null, body }, context);
  return new FailureError(
    failure.kind === 'model-error'
      ? { ...failure, status: status ?? null, detail: scrubDetail(said, context.key) }
      : failure,
  );
};
