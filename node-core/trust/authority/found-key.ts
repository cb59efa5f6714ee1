import { FailureError } from '../../api/failures.ts';

/** Bounds between which all keys lie that begin with `prefix`: the digits of keys end with `f`. */
export const keysFrom = (prefix: string): readonly [from: string, below: string] => [prefix, `${prefix}g`];

/**
 * The one key that several rows are about.
 * @throws FailureError `not-found` if there is none, `ambiguous` if there are several
 */
export function theOnlyKey(keys: readonly string[], what: 'request' | 'member'): string {
  const different = [...new Set(keys)];
  const [only] = different;
  if (only === undefined) throw new FailureError({ kind: 'not-found', what });
  if (different.length > 1) throw new FailureError({ kind: 'ambiguous', count: different.length });
  return only;
}
