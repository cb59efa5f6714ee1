import { FailureError } from '../../api/failures.ts';
import { connectionCause } from '../../platform/socket-error.ts';

/** What a failed connection means to the person; FailureErrors pass as they are. */
export function networkFailure(error: unknown, host: string): FailureError {
  const known = failureInside(error);
  if (known) return known;
  const cause = connectionCause(error);
  return new FailureError({ kind: 'model-unreachable', host: host.slice(0, 300), cause }, { cause: error });
}

/** The FailureError that an error is or was caused by; libraries wrap what a fetch throws. */
export function failureInside(error: unknown): FailureError | null {
  let each: unknown = error;
  for (let depth = 0; depth < 10 && each instanceof Error; depth += 1) {
    if (each instanceof FailureError) return each;
    each = each.cause;
  }
  return null;
}
