import type { TFunction } from 'i18next';

type LooseTranslate = (key: string, values: Readonly<Record<string, string | number>>) => string;

/** The text of a key that is known at run time alone, with what its `{{names}}` stand for. */
export function keyedText(t: TFunction, key: string, values: Readonly<Record<string, string | number>>): string {
  // Which values a key takes is part of the key's own type, which cannot be met where the key is not written down.
  return (t as unknown as LooseTranslate)(key, values);
}
