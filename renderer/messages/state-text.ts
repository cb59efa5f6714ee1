import type { TFunction } from 'i18next';
import type { KeyedSentence } from '../../node-core/api/state-sentences.ts';
import { keyedText } from './keyed-text.ts';

/** A sentence about the node's state in the person's language. */
export function stateText(t: TFunction, { key, values }: KeyedSentence): string {
  return keyedText(t, `state.${key}`, values);
}
