import type { RawDatabase } from '../../../storage/connection.ts';
import { termsOf } from '../text/search-words.ts';
import { findCandidates, type WeighedTerm } from './find-candidates.ts';
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
  readonly text: string;
}

export interface SearchOrder {
  /** Roots that are searched: id and absolute path. */
  readonly roots: ReadonlyMap<string, string>;
  readonly query: string;
  readonly limit: number;
  /** The last word is still being typed. */
  readonly isTyping: boolean;
}

/** Longest time that files are read to compare candidates, ms; those not read by then keep their place. */
const readingMs = 1500;

/** The best passages. Where a root is not there, its passages are found but have no text, so they are left out. */
export async function searchIndex(raw: RawDatabase, order: SearchOrder): Promise<readonly FoundPassage[]> {
  const terms = termsOf(order.query, order.isTyping);
  const numbers = raw.prepare('SELECT number, id FROM roots').all() as {
    readonly number: number;
    readonly id: string;
  }[];
  const wanted = numbers.filter(({ id }) => order.roots.has(id)).map(({ number }) => number);
  if (terms.length === 0) return [];
  const { candidates, weighed } = findCandidates(raw, wanted, terms);
  const weights = new Map(candidates.map(({ passage, weight }) => [passage, weight]));
  const until = performance.now() + readingMs;
  const scored: { readonly found: FoundPassage; readonly score: number }[] = [];
  for (const place of placesOf(raw, [...weights.keys()])) {
    if (performance.now() > until && scored.length >= order.limit) break;
    const found = await foundAt(order.roots, place);
    if (found === null) continue;
    scored.push({ found, score: score(found.text, weights.get(place.passage) ?? 0, weighed, order.query) });
  }
  return withoutRepeats(scored.sort((a, b) => b.score - a.score).map(({ found }) => found)).slice(0, order.limit);
}

const score = (text: string, weight: number, weighed: readonly WeighedTerm[], query: string): number =>
  weight + scoreText(text, weighed, query);

const foundAt = async (roots: ReadonlyMap<string, string>, place: PassagePlace): Promise<FoundPassage | null> => {
  const root = roots.get(place.rootId);
  if (root === undefined) return null;
  const text = await readPassage(root, place);
  if (text === null) return null;
  return { rootId: place.rootId, path: place.path, name: nameOf(root, place.path), line: place.line, text };
};

/** Copies of one file, or lines that come again and again, are shown once. */
const withoutRepeats = (found: readonly FoundPassage[]): readonly FoundPassage[] =>
  [...new Map(found.toReversed().map((passage) => [passage.text.trim(), passage])).values()].toReversed();
