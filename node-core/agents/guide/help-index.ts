import type { HelpTopic } from './help-topic.ts';
import { meaningOf, pairsOf, stemOf, wordsOf } from './words.ts';

/** How often a term stands in each topic that has it, by the topic's place; weighted by field. */
type Postings = ReadonlyMap<number, number>;

/** The words of all topics, ready to be searched. */
export interface HelpIndex {
  readonly topics: readonly HelpTopic[];
  /** Every word as it is written somewhere. */
  readonly words: ReadonlySet<string>;
  readonly postings: (term: string) => Postings;
  /** How rare a term is, > 0; the highest for one that is nowhere. */
  readonly rarity: (term: string) => number;
  /** The title and the listed questions of each topic, by the topic's place. */
  readonly phrases: readonly (readonly Phrase[])[];
}

/** A title or a listed question. */
export interface Phrase {
  /** Its words, as `wordsOf` gives them, with spaces between. */
  readonly text: string;
  /** Their stems, with how much they say. */
  readonly stems: ReadonlyMap<string, number>;
}

/**
 * The fields of BM25F (Robertson, Zaragoza: The Probabilistic Relevance Framework, 2009, section 3.6): how much a word
 * counts there, and how far a long field is counted down (0 not at all, 1 fully).
 */
const fields = [
  { weight: 4, lengthPenalty: 0.3, read: (topic: HelpTopic) => [topic.title] },
  { weight: 3, lengthPenalty: 0.5, read: (topic: HelpTopic) => topic.questions },
  { weight: 3, lengthPenalty: 0.3, read: (topic: HelpTopic) => topic.keywords },
  { weight: 1, lengthPenalty: 0.7, read: (topic: HelpTopic) => sentencesOf(topic.body) },
] as const;

/** Builds the index. Pure; a few milliseconds for a hundred topics. */
export function buildHelpIndex(topics: readonly HelpTopic[]): HelpIndex {
  const counts = new Map<string, Map<number, number>>();
  const words = new Set<string>();
  for (const field of fields) {
    const texts = topics.map((topic) => field.read(topic).map(wordsOf));
    const lengths = texts.map((text) => text.flat().length);
    const averageLength = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, texts.length) || 1;
    texts.forEach((text, place) => {
      const length = (lengths[place] ?? 0) / averageLength;
      const share = field.weight / (1 - field.lengthPenalty + field.lengthPenalty * length);
      for (const word of text.flat()) words.add(word);
      for (const term of text.flatMap(termsOf)) addTo(counts, term, place, share);
    });
  }
  const none: Postings = new Map();
  const postings = (term: string): Postings => counts.get(term) ?? none;
  return {
    topics,
    words,
    postings,
    rarity: (term) => rarityOf(postings(term).size, topics.length),
    phrases: phrasesOf(topics),
  };
}

/** Placeholders are no words of the help; a pair of words reaches no further than a sentence. */
const sentencesOf = (body: string): readonly string[] => body.replace(/\{\{[^}]*\}\}/g, ' ').split(/[.:;?\n]/);

/** Stems, and pairs of neighbours as terms of their own. */
const termsOf = (words: readonly string[]): readonly string[] => [
  ...words.map(stemOf),
  ...pairsOf(words).map(({ term }) => term),
];

const addTo = (counts: Map<string, Map<number, number>>, term: string, place: number, share: number): void => {
  const places = counts.get(term) ?? new Map<number, number>();
  counts.set(term, places);
  places.set(place, (places.get(place) ?? 0) + share);
};

const rarityOf = (topicsWithTerm: number, topicCount: number): number =>
  Math.log(1 + (topicCount - topicsWithTerm + 0.5) / (topicsWithTerm + 0.5));

const phrasesOf = (topics: readonly HelpTopic[]): HelpIndex['phrases'] =>
  topics.map(({ title, questions }) =>
    [title, ...questions].map((phrase) => {
      const words = wordsOf(phrase);
      return { text: words.join(' '), stems: new Map(words.map((word) => [stemOf(word), meaningOf(word)])) };
    }),
  );
