import type { RawDatabase } from '../../../storage/connection.ts';
import { expressionOf, rootWord, type Term } from '../text/search-words.ts';

/** A passage that may answer a query. */
export interface Candidate {
  readonly passage: number;
  /** Sum of the weights of the words that it holds: rare words weigh more. */
  readonly weight: number;
}

/** A word of the query with its weight; words that no passage holds are left out. */
export interface WeighedTerm {
  readonly term: Term;
  readonly weight: number;
}

/**
 * Most passages that are looked at for one word. Beyond it the word is common and only confirms what rarer words have
 * found: ranking by a common word takes the time of all passages that hold it.
 */
const mostPerTerm = 2000;
/** Passages that hold a word as it stands, from which on words that only begin so are not looked for. */
const enoughWhole = 20;
/** Most passages that the text of is compared. */
const mostCandidates = 60;

/** The best passages of these roots by the words that they hold, newest first among equals. Time and memory are bounded. */
export function findCandidates(
  raw: RawDatabase,
  roots: readonly number[],
  terms: readonly Term[],
): { readonly candidates: readonly Candidate[]; readonly weighed: readonly WeighedTerm[] } {
  if (roots.length === 0) return { candidates: [], weighed: [] };
  const within = `(${roots.map((root) => `"${rootWord(root)}"`).join(' OR ')})`;
  const query = raw
    .prepare('SELECT rowid FROM passages_text WHERE passages_text MATCH ? ORDER BY rowid DESC LIMIT ?')
    .pluck();
  const passagesOf = (expression: string): readonly number[] => {
    try {
      return query.all(`${expression} AND ${within}`, mostPerTerm) as number[];
    } catch (error) {
      // The index knows an older Unicode, so a word may be none for it.
      if (error instanceof Error && /fts5|syntax/i.test(error.message)) return [];
      throw error;
    }
  };
  const total = Number(raw.prepare('SELECT coalesce(max(id), 0) FROM passages').pluck().get());
  const whole = terms.filter(({ isPrefix }) => !isPrefix).map(findTerm);
  const wanted = terms.filter(({ isPrefix, forms }) => isPrefix && !isWellFound(forms[0]));
  const found = [...whole, ...wanted.map(findTerm)]
    .filter(({ passages }) => passages.length > 0)
    .sort((a, b) => a.passages.length - b.passages.length);
  const weighed = found.map(({ term, passages }) => ({ term, weight: weightOf(passages.length, total) }));
  const weights = new Map<number, number>();
  const isCommon = (passages: readonly number[]): boolean => passages.length >= mostPerTerm;
  const rare = found.filter(({ passages }) => !isCommon(passages));
  const rareExpression = `(${rare.map(({ term }) => expressionOf(term)).join(' OR ')})`;
  const all = found.map(({ term }) => expressionOf(term)).join(' AND ');
  for (const { term, passages } of found) {
    const isConfirming = isCommon(passages) && found.length > 1;
    const holding = isConfirming ? confirmedBy(expressionOf(term)) : passages;
    const weight = weightOf(passages.length, total);
    for (const passage of holding) weights.set(passage, (weights.get(passage) ?? 0) + weight);
  }
  return { candidates: best(weights), weighed };

  function findTerm(term: Term) {
    return { term, passages: passagesOf(expressionOf(term)) };
  }

  /** The time of a search for the beginning of a word is that of all words that begin so, so it is saved where it can be. */
  function isWellFound(word: string | undefined): boolean {
    return whole.some(({ term, passages }) => term.forms[0] === word && passages.length >= enoughWhole);
  }

  /** Where a common word stands beside a rare one or, among common words alone, beside all others. */
  function confirmedBy(expression: string): readonly number[] {
    if (rare.length > 0) return passagesOf(`${rareExpression} AND ${expression}`);
    const together = passagesOf(all);
    return together.length > 0 ? together : passagesOf(expression);
  }
}

/** As in BM25, with a count that is capped: what is common weighs little either way. */
const weightOf = (count: number, total: number): number =>
  Math.log(1 + (Math.max(total, count) - count + 0.5) / (count + 0.5));

const best = (weights: ReadonlyMap<number, number>): readonly Candidate[] =>
  [...weights]
    .map(([passage, weight]) => ({ passage, weight }))
    .sort((a, b) => b.weight - a.weight || b.passage - a.passage)
    .slice(0, mostCandidates);
