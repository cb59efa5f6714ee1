/** Most words of one query that are looked up; the rest is left out. */
const mostWords = 32;

/** Marks around a match in a snippet; noncharacters, which no text holds that was meant to be read. */
export const matchMarks = { begin: '\uFDD0', end: '\uFDD1' } as const;

/** A piece of a snippet; those that match the query are marked. */
export interface SnippetPiece {
  readonly text: string;
  readonly isMatch: boolean;
}

/** The words of a query: what stands between spaces and holds at least one letter or digit, without control characters. */
export function wordsOf(query: string): readonly string[] {
  return query
    .replace(/[\p{Cc}\p{Cs}\p{Cn}]/gu, ' ')
    .split(/\s+/u)
    .filter((word) => /[\p{L}\p{N}\p{Co}]/u.test(word))
    .slice(0, mostWords);
}

/** One word as an FTS5 string, so that nothing in it is syntax. */
const quote = (word: string): string => `"${word.replaceAll('"', '""')}"`;

/**
 * The FTS5 expression of what a person types: every word must be there, and the last one may be the beginning of a
 * word, because it is still being typed. `null` if there is nothing to look for.
 */
export function expressionOfAll(query: string): string | null {
  const words = wordsOf(query);
  return words.length === 0 ? null : `${words.map(quote).join(' ')}*`;
}

/** The FTS5 expression for messages that hold at least one of the words. `null` if there are none. */
export function expressionOfAny(words: readonly string[]): string | null {
  return words.length === 0 ? null : words.map(quote).join(' OR ');
}

/** Takes a marked snippet apart. Marks without a partner are dropped. */
export function snippetPieces(marked: string): readonly SnippetPiece[] {
  const pieces: SnippetPiece[] = [];
  let isMatch = false;
  for (const piece of marked.split(/([\uFDD0\uFDD1])/u)) {
    if (piece === matchMarks.begin) isMatch = true;
    else if (piece === matchMarks.end) isMatch = false;
    else if (piece !== '') pieces.push({ text: piece, isMatch });
  }
  return pieces;
}
