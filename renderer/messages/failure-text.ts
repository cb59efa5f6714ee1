import type { TFunction } from 'i18next';
import { failureSentence } from '../../node-core/api/failure-sentences.ts';
import { type Failure, failureOf } from '../../node-core/api/failures.ts';
import { obstacleSentence } from '../../node-core/api/trust-sentences.ts';
import { keyedText } from './keyed-text.ts';

/** The sentence of a failure in the person's language. */
export function failureText(t: TFunction, failure: Failure): string {
  const { key, values } = failureSentence(failure);
  return keyedText(t, `failure.${key}`, { ...values, ...innerTexts(t, failure) });
}

/** What stands in a sentence and is a sentence of the catalogue itself. */
function innerTexts(t: TFunction, failure: Failure): Readonly<Record<string, string>> {
  if (failure.kind === 'link-invalid') return { reason: keyedText(t, `linkDefect.${failure.defect}`, {}) };
  if (failure.kind !== 'hive-refused') return {};
  const { key, values } = obstacleSentence({ kind: failure.of, code: failure.code, said: null });
  return { sentence: keyedText(t, key, { code: String(values.code) }) };
}

/** The same for whatever a call threw; what nobody foresaw is said to be a bug of the page. */
export function errorText(t: TFunction, error: unknown): string {
  return failureText(t, failureOf(error) ?? { kind: 'bug', incident: 'page' });
}
