/**
 * Scripts that write words without spaces between them. There the text is indexed by pairs of characters, so that a
 * word is found wherever it stands in a sentence.
 */
const unspaced =
  /[[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]&&[\p{L}\p{M}\p{N}]]+/gv;
const arabicMarks = /[\u0610-\u061A\u064B-\u065F\u0670\u0640]/gu;
/** Begins the words that say to which root a passage belongs; a private character, taken out of all texts. */
const rootMark = '\uE000';

/** Most words of one query that count. */
const mostTerms = 16;
/** Longest word that is looked up, in characters. */
const mostTermChars = 64;
/** Shortest word whose beginning alone is looked up. */
const fewestPrefixChars = 4;

/** One word of a query: any of its forms will do. */
export interface Term {
  /** As the index knows them. */
  readonly forms: readonly string[];
  /** The beginning of a word will do. */
  readonly isPrefix: boolean;
}

/** The text as the index is given it. */
export function textForIndex(text: string): string {
  return text
    .replaceAll(rootMark, ' ')
    .replace(arabicMarks, '')
    .replace(unspaced, (run) => ` ${pairsOf(run, true).join(' ')} `);
}

/** A word that every passage of this root holds. */
export function rootWord(rootNumber: number): string {
  return `${rootMark}${rootNumber}`;
}

/**
 * The words of a query, at most 16, each once. In Latin script a word also stands for itself with or without an `s`.
 * @param isTyping the last word may be the beginning of one
 */
export function termsOf(query: string, isTyping: boolean): readonly Term[] {
  const words =
    query
      .replaceAll(rootMark, ' ')
      .replace(arabicMarks, '')
      .match(/[\p{L}\p{N}\p{M}\p{Co}]+/gu) ?? [];
  const terms = words.flatMap((word, index): readonly Term[] => {
    const isLast = isTyping && index === words.length - 1;
    return termsOfWord(word.slice(0, mostTermChars).toLowerCase(), isLast);
  });
  const unique = new Map(terms.map((term) => [JSON.stringify(term), term]));
  return [...unique.values()].slice(0, mostTerms);
}

const termsOfWord = (word: string, isLast: boolean): readonly Term[] => {
  const terms: Term[] = [];
  let from = 0;
  const spaced = (part: string, isEnd: boolean): void => {
    if (/[\p{L}\p{N}]/u.test(part)) terms.push(...spacedTerms(part, isLast && isEnd));
  };
  for (const run of word.matchAll(unspaced)) {
    spaced(word.slice(from, run.index), false);
    const pairs = pairsOf(run[0], false);
    terms.push(...pairs.map((pair) => ({ forms: [pair], isPrefix: pairs.length === 1 && isSingle(pair) })));
    from = run.index + run[0].length;
  }
  spaced(word.slice(from), true);
  return terms;
};

/** What is still being typed is looked for as it stands too, so that the whole word goes before its longer ones. */
const spacedTerms = (word: string, isLast: boolean): readonly Term[] => {
  const whole = wholeTerm(word);
  return isLast && [...word].length >= fewestPrefixChars ? [{ forms: [word], isPrefix: true }, whole] : [whole];
};

const wholeTerm = (word: string): Term => {
  if (!/^[a-z]{4,}$/.test(word)) return { forms: [word], isPrefix: false };
  const other = word.endsWith('s') ? word.slice(0, -1) : `${word}s`;
  return { forms: word.endsWith('ss') ? [word] : [word, other], isPrefix: false };
};

/** Characters with the marks that belong to them. */
const characters = (run: string): readonly string[] => run.match(/\P{M}\p{M}*/gu) ?? [];

const isSingle = (pair: string): boolean => characters(pair).length === 1;

/** Overlapping pairs of characters; the last one alone as well where a single one shall be found too. */
const pairsOf = (run: string, hasLast: boolean): readonly string[] => {
  const all = characters(run);
  if (all.length < 2) return all;
  const pairs = all.slice(0, -1).map((character, index) => character + (all[index + 1] ?? ''));
  return hasLast ? [...pairs, all.at(-1) ?? ''] : pairs;
};

/** The FTS5 expression of one word; nothing in it is syntax. */
export function expressionOf({ forms, isPrefix }: Term): string {
  const each = forms.map((form) => `"${form.replaceAll('"', '""')}"${isPrefix ? ' *' : ''}`);
  return each.length === 1 ? (each[0] ?? '') : `(${each.join(' OR ')})`;
}
