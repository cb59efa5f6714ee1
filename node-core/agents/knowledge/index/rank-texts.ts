import type { WeighedTerm } from './find-candidates.ts';

/** Beyond it another mention of a word says little. */
const saturation = 1.2;

/** Text as words are compared: without accents, lower case. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
}

/**
 * How well a text answers a query, beyond which words it holds: how often it holds them, whether they stand in one line,
 * whether the whole query stands there word for word. Comparable within one query only.
 */
export function scoreText(text: string, weighed: readonly WeighedTerm[], query: string): number {
  const folded = fold(text);
  const words = weighed.map(({ term, weight }) => ({ forms: term.forms.map(fold), weight }));
  let score = 0;
  for (const { forms, weight } of words) {
    const count = Math.max(...forms.map((form) => countOf(folded, form)));
    score += weight * (1 + count / (count + saturation));
  }
  const heaviest = Math.max(0, ...words.map(({ weight }) => weight));
  const phrase = fold(query).replace(/\s+/g, ' ').trim();
  if (words.length > 1 && folded.replace(/\s+/g, ' ').includes(phrase)) score += 2 * heaviest;
  const held = folded
    .split('\n')
    .map((line) => words.filter(({ forms }) => forms.some((form) => line.includes(form))).length);
  const most = Math.max(0, ...held);
  return words.length > 1 ? score + (heaviest * most) / words.length : score;
}

const mostCounted = 20;

const countOf = (text: string, word: string): number => {
  if (word === '') return 0;
  let count = 0;
  for (let at = text.indexOf(word); at !== -1 && count < mostCounted; at = text.indexOf(word, at + word.length))
    count += 1;
  return count;
};
