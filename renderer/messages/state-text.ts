import type { TFunction } from 'i18next';
import type { KeyedSentence } from '../../node-core/api/state-sentences.ts';

type LooseTranslate = (key: string, values: KeyedSentence['values']) => string;

/** A sentence about the node's state in the person's language. */
export function stateText(t: TFunction, { key, values }: KeyedSentence): string {
  // Which values a key takes is known at run time alone, so the key's own type cannot be met here.
  return (t as unknown as LooseTranslate)(`state.${key}`, values);
}
