import { z } from 'zod';
import { stemOf, wordsOf } from './words.ts';

const synonymsSchema = z.strictObject({
  format: z.literal('nunba-synonyms'),
  version: z.literal(1),
  groups: z.array(z.array(z.string().min(1).max(60)).min(2).max(40)).max(500),
});

/** Words and phrases of up to four words that mean about the same, as stems. */
export interface Synonyms {
  /** The other members of every group that holds the phrase; each member is a list of stems. */
  readonly of: (phrase: readonly string[]) => readonly (readonly string[])[];
  /** Most words of a phrase. */
  readonly longest: number;
  /** Every word that stands in a group, as it is written there. */
  readonly words: readonly string[];
}

export const noSynonyms: Synonyms = { of: () => [], longest: 1, words: [] };

/**
 * Reads `synonyms.json`: groups of words and phrases. Never throws; `null` if it is not of the format.
 */
export function decodeSynonyms(text: string): Synonyms | null {
  const parsed = synonymsSchema.safeParse(parseJson(text));
  if (!parsed.success) return null;
  const groups = parsed.data.groups.map((group) => group.map((member) => wordsOf(member).slice(0, 4).map(stemOf)));
  const byPhrase = new Map<string, (readonly string[])[]>();
  for (const group of groups) {
    for (const member of group) {
      const others = group.filter((other) => other !== member && other.length > 0);
      byPhrase.set(member.join(' '), [...(byPhrase.get(member.join(' ')) ?? []), ...others]);
    }
  }
  const longest = Math.max(1, ...groups.flat().map((member) => member.length));
  const words = parsed.data.groups.flat().flatMap(wordsOf);
  return { of: (phrase) => byPhrase.get(phrase.join(' ')) ?? [], longest, words };
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
