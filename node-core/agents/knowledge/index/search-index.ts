import type { RawDatabase } from '../../../storage/connection.ts';
import { termsOf } from '../text/search-words.ts';
import { findCandidates, type WeighedTerm } from './find-candidates.ts';
import { fuseRanks } from './fuse-ranks.ts';
import { nameOf, type PassagePlace, placesOf, readPassage } from './passage-texts.ts';
import { scoreText } from './rank-texts.ts';

/** A passage that answers a query. */
export interface FoundPassage {
  readonly rootId: string;
  /** Below the root; empty where the root is a file. */
  readonly path: string;
  readonly name: string;
  /** Of the first line of `text`, counted from 1. */
  readonly line: number;
  /** The page of a document that it stands on, counted from 1; `null` where there are no pages. */
  readonly page: number | null;
  readonly text: string;
}

export interface SearchOrder {
  /** Roots that are searched: id and absolute path. */
  readonly roots: ReadonlyMap<string, string>;
  readonly query: string;
  readonly limit: number;
  /** The last word is still being typed. */
  readonly isTyping: boolean;
  /** Passages that are near to the query by their meaning, nearest first; empty where that is not known. */
  readonly near: readonly number[];
}

/** Longest time that files are read to compare candidates, ms; those not read by then keep their place. */
const readingMs = 1500;

/**
 * The best passages, by the words that they hold and, where that is known, by what they mean. Where a root is not there, its
 * passages are found but have no text, so they are left out.
 */
export async function searchIndex(raw: RawDatabase, order: SearchOrder): Promise<readonly FoundPassage[]> {
  const byWords = await findByWords(raw, order);
  const found = order.near.length === 0 ? byWords.map((each) => each.found) : await withNear(raw, order, byWords);
  return withoutRepeats(found).slice(0, order.limit);
}

interface WordsFound {
  readonly passage: number;
  readonly found: FoundPassage;
}

/** Best first. */
async function findByWords(raw: RawDatabase, order: SearchOrder): Promise<readonly WordsFound[]> {
  const terms = termsOf(order.query, order.isTyping);
  if (terms.length === 0) return [];
  const numbers = raw.prepare('SELECT number, id FROM roots').all() as {
    readonly number: number;
    readonly id: string;
  }[];
  const wanted = numbers.filter(({ id }) => order.roots.has(id)).map(({ number }) => number);
  const { candidates, weighed } = findCandidates(raw, wanted, terms);
  const weights = new Map(candidates.map(({ passage, weight }) => [passage, weight]));
  const until = performance.now() + readingMs;
  const scored: (WordsFound & { readonly score: number })[] = [];
  for (const place of placesOf(raw, [...weights.keys()])) {
    if (performance.now() > until && scored.length >= order.limit) break;
    const found = await foundAt(raw, order.roots, place);
    if (found === null) continue;
    const { passage } = place;
    scored.push({ passage, found, score: score(found.text, weights.get(passage) ?? 0, weighed, order.query) });
  }
  return scored.sort((a, b) => b.score - a.score);
}

/** Both orders as one, as far as the limit may reach. */
async function withNear(
  raw: RawDatabase,
  { near, roots, limit }: SearchOrder,
  byWords: readonly WordsFound[],
): Promise<readonly FoundPassage[]> {
  const known = new Map(byWords.map(({ passage, found }) => [passage, found]));
  const fused = fuseRanks([[...known.keys()], near]);
  const until = performance.now() + readingMs;
  const all: FoundPassage[] = [];
  // Some more than wanted: the same text may come several times.
  for (const passage of fused) {
    if (all.length >= limit * 2 || (performance.now() > until && all.length >= limit)) break;
    const [place] = known.has(passage) ? [] : placesOf(raw, [passage]);
    const found = known.get(passage) ?? (place ? await foundAt(raw, roots, place) : null);
    if (found) all.push(found);
  }
  return all;
}

const score = (text: string, weight: number, weighed: readonly WeighedTerm[], query: string): number =>
  weight + scoreText(text, weighed, query);

const foundAt = async (
  raw: RawDatabase,
  roots: ReadonlyMap<string, string>,
  place: PassagePlace,
): Promise<FoundPassage | null> => {
  const root = roots.get(place.rootId);
  if (root === undefined) return null;
  const text = await readPassage(raw, root, place);
  if (text === null) return null;
  const { rootId, path, line, page } = place;
  return { rootId, path, name: nameOf(root, path), line, page, text };
};

/** Copies of one file, or lines that come again and again, are shown once. */
const withoutRepeats = (found: readonly FoundPassage[]): readonly FoundPassage[] =>
  [...new Map(found.toReversed().map((passage) => [passage.text.trim(), passage])).values()].toReversed();
