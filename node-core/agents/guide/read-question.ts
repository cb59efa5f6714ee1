import type { HelpIndex } from './help-index.ts';
import { correct } from './spelling.ts';
import type { Synonyms } from './synonyms.ts';
import { meaningOf, plainWords, stemOf } from './words.ts';

/** One idea of a question: a word or phrase, and the terms of the help that may mean it. */
export interface Idea {
  /** How much it says, 0..1. */
  readonly meaning: number;
  /** Terms of the index, each with how surely it is meant, 0..1. None: the help does not know the word. */
  readonly terms: ReadonlyMap<string, number>;
}

/** Most words of a question that are looked at. */
const maxWords = 60;

const synonymLikeness = 0.75;
const halfLikeness = 0.9;

/** What a question asks about, idea by idea. Never throws. */
export function readQuestion(asked: readonly string[], index: HelpIndex, synonyms: Synonyms): readonly Idea[] {
  const words = joinHalves(asked.slice(0, maxWords), index);
  const ideas = new Map<string, Idea>();
  let at = 0;
  while (at < words.length) {
    const phrase = longestPhrase(words, at, synonyms);
    const taken = words.slice(at, at + Math.max(1, phrase));
    const idea = phrase > 1 ? readPhrase(taken, index, synonyms) : readWord(taken[0] ?? '', index, synonyms);
    ideas.set([...idea.terms.keys()].join(' ') || taken.join(' '), idea);
    at += taken.length;
  }
  return [...ideas.values()];
}

/** `open ai` is read as `openai` where the help writes it so. */
const joinHalves = (words: readonly string[], index: HelpIndex): readonly string[] => {
  const joined: string[] = [];
  for (const word of words) {
    const both = `${joined.at(-1) ?? ''}${word}`;
    if (joined.length > 0 && both.length > 4 && index.words.has(both)) joined.splice(-1, 1, both);
    else joined.push(word);
  }
  return joined;
};

/** Number of words of the longest phrase with synonyms that starts at `at`; 0 if none does. */
const longestPhrase = (words: readonly string[], at: number, synonyms: Synonyms): number => {
  for (let length = Math.min(synonyms.longest, words.length - at); length > 1; length -= 1) {
    if (synonyms.of(words.slice(at, at + length).map(stemOf)).length > 0) return length;
  }
  return 0;
};

const readPhrase = (words: readonly string[], index: HelpIndex, synonyms: Synonyms): Idea => {
  const terms = new Map(synonymTerms(words.map(stemOf), index, synonyms, 1));
  for (const word of words) {
    if (meaningOf(word) === 1 && isTerm(stemOf(word), index)) terms.set(stemOf(word), synonymLikeness);
  }
  return { meaning: 1, terms };
};

const readWord = (word: string, index: HelpIndex, synonyms: Synonyms): Idea => {
  const known = knownTerms(word, 1, index, synonyms);
  if (meaningOf(word) < 1 || known.size > 0) return { meaning: meaningOf(word), terms: known };
  const halves = splitHalves(word, index);
  if (halves.length > 0) return { meaning: 1, terms: new Map(halves.map((half) => [stemOf(half), halfLikeness])) };
  return readMistyped(word, index, synonyms);
};

const readMistyped = (word: string, index: HelpIndex, synonyms: Synonyms): Idea => {
  const corrections = correct(word, new Set([...index.words, ...synonyms.words, ...plainWords]));
  const meaning = corrections.length === 0 ? 1 : Math.max(...corrections.map((one) => meaningOf(one.word)));
  const terms = corrections.flatMap((one) => [...knownTerms(one.word, one.likeness, index, synonyms)]);
  return { meaning, terms: new Map(terms) };
};

/** The word's own term and those of its synonyms, as far as the help has them. */
const knownTerms = (word: string, likeness: number, index: HelpIndex, synonyms: Synonyms): Map<string, number> => {
  const terms = new Map(synonymTerms([stemOf(word)], index, synonyms, synonymLikeness * likeness));
  if (isTerm(stemOf(word), index)) terms.set(stemOf(word), likeness);
  return terms;
};

const synonymTerms = (
  phrase: readonly string[],
  index: HelpIndex,
  synonyms: Synonyms,
  likeness: number,
): readonly (readonly [string, number])[] =>
  synonyms
    .of(phrase)
    .flatMap((member) => (member.length === 1 && member[0] !== undefined ? [member[0]] : []))
    .filter((term) => isTerm(term, index))
    .map((term) => [term, likeness] as const);

const isTerm = (term: string, index: HelpIndex): boolean => index.postings(term).size > 0;

/** `lmstudio` is read as `lm studio` where the help writes it so. */
const splitHalves = (word: string, index: HelpIndex): readonly string[] => {
  for (let at = 2; at <= Math.min(word.length, 30) - 3; at += 1) {
    const halves = [word.slice(0, at), word.slice(at)];
    if (halves.every((half) => index.words.has(half) && meaningOf(half) === 1)) return halves;
  }
  return [];
};
