import type { Failure } from '../api/failures.ts';

const statuses: Readonly<Partial<Record<Failure['kind'], number>>> = {
  'invalid-input': 400,
  'not-found': 404,
  'no-model': 503,
  'agents-paused': 503,
  'engine-ended': 503,
  'engine-absent': 503,
  'model-rate-limited': 429,
  'model-unknown': 404,
  'model-context-full': 400,
  'model-cannot-see': 400,
  'too-large': 413,
  'too-many': 429,
  'unsupported-file': 400,
  'folder-refused': 400,
  conflict: 409,
  'turn-running': 409,
  'deed-running': 409,
  'turn-ended': 409,
  'storage-full': 507,
  bug: 500,
};

/** Status of the HTTP answer that carries a failure. What a model provider did wrong is 502, or 504 if it was late. */
export function httpStatusOf(failure: Failure): number {
  const isLate =
    (failure.kind === 'model-unreachable' && failure.cause === 'timeout') ||
    (failure.kind === 'model-bad-answer' && failure.cause === 'silent');
  if (isLate) return 504;
  return statuses[failure.kind] ?? (failure.kind.startsWith('model-') ? 502 : 500);
}

/** Seconds for a `Retry-After` header, or `null`. */
export function retryAfterOf(failure: Failure): number | null {
  return failure.kind === 'model-rate-limited' ? Math.ceil(failure.retryAfterSeconds ?? 5) : null;
}
