import { type Failure, failureOf } from '../../node-core/api/failures.ts';

/** What to tell the person about an error that a call threw; an unforeseen one stands in the page's console. */
export function failureFrom(error: unknown): Failure {
  const failure = failureOf(error);
  if (failure) return failure;
  console.error(error);
  return { kind: 'bug', incident: 'page' };
}
