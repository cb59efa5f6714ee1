import { FailureError } from '../../api/failures.ts';

/**
 * A key goes into an HTTP header; what cannot stand there is a slip of the clipboard.
 *
 * @throws FailureError `invalid-input`
 */
export function requireKeyShape(key: string | null): void {
  if (key === null || !/[^\x21-\x7e]/.test(key)) return;
  const reason = 'not a key: it has characters that no key has';
  throw new FailureError({ kind: 'invalid-input', field: 'key', reason });
}
