import type { TFunction } from 'i18next';
import { failureSentence } from '../../node-core/api/failure-sentences.ts';
import { type Failure, failureOf } from '../../node-core/api/failures.ts';
import { keyedText } from './keyed-text.ts';

/** The sentence of a failure in the person's language. */
export function failureText(t: TFunction, failure: Failure): string {
  const { key, values } = failureSentence(failure);
  return keyedText(t, `failure.${key}`, values);
}

/** The same for whatever a call threw; what nobody foresaw is said to be a bug of the page. */
export function errorText(t: TFunction, error: unknown): string {
  return failureText(t, failureOf(error) ?? { kind: 'bug', incident: 'page' });
}
