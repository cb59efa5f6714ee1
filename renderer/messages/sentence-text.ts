import type { TFunction } from 'i18next';
import { type KeyedSentence, type ValueWriter, writeValue } from '../../node-core/api/keyed-sentence.ts';
import { keyedText } from './keyed-text.ts';
import { shortTime } from './time.ts';

/**
 * A sentence of the node in the person's language.
 * @param language of times, BCP 47
 */
export function sentenceText(t: TFunction, language: string, { key, values }: KeyedSentence): string {
  const write: ValueWriter = {
    time: (at) => shortTime(at, language),
    sentence: (keyed) => sentenceText(t, language, keyed),
  };
  const entries = Object.entries(values).map(([name, value]) => [name, writeValue(value, write)]);
  return keyedText(t, key, Object.fromEntries(entries));
}
