import type { HelpIndex } from './help-index.ts';
import type { HelpTopic } from './help-topic.ts';
import { type Idea, readQuestion } from './read-question.ts';
import type { Synonyms } from './synonyms.ts';
import { type Pair, pairsOf, wordsOf } from './words.ts';

/** What the help has to say to a question. */
export type Finding =
  | {
      readonly kind: 'found';
      readonly topic: HelpTopic /** Nearly as good, best first; at most 3. */;
      readonly others: readonly HelpTopic[];
    }
  /** Nothing fits well enough. `nearest` may be empty. */
  | { readonly kind: 'unknown'; readonly nearest: readonly HelpTopic[] };

/** BM25's k1: how soon more of the same word counts no more. */
const saturation = 1.5;

/** How much a listed question adds that has all the ideas of the question asked and no others. */
const phraseWeight = 6;

/** How much two words side by side add, against one word as rare. */
const pairWeight = 0.5;

/** The least share of a question's ideas, by rarity, that the best topic must know for it to be an answer. */
const leastCoverage = 0.33;

/** A topic is offered beside the best one if its score is at least this share. */
const nearlyAsGood = 0.7;

interface Question {
  readonly ideas: readonly Idea[];
  readonly pairs: readonly Pair[];
  /** The words as asked, to compare with titles. */
  readonly text: string;
  readonly index: HelpIndex;
}

/** How well a topic fits. */
interface Rating {
  readonly topic: HelpTopic;
  readonly score: number;
  /** Share of the question that the topic knows, 0..1. */
  readonly coverage: number;
}

/**
 * Finds the topic that answers a question. A title, or a question that a topic lists, finds just that. Otherwise BM25F
 * over title, questions, keywords and text decides, for words and for pairs of neighbours, plus how much the question
 * is like one that the topic lists. A question most of whose words the best topic does not know is `unknown`.
 * Pure; never throws.
 */
export function findTopic(question: string, index: HelpIndex, synonyms: Synonyms): Finding {
  const rated = rateTopics(question, index, synonyms);
  const best = rated[0];
  if (!best || best.coverage < leastCoverage) return { kind: 'unknown', nearest: rated.slice(0, 3).map(topicOf) };
  const others = rated.slice(1, 4).filter(({ score }) => score >= best.score * nearlyAsGood);
  return { kind: 'found', topic: best.topic, others: others.map(topicOf) };
}

/** Every topic that has anything to do with the question, best first. */
function rateTopics(question: string, index: HelpIndex, synonyms: Synonyms): readonly Rating[] {
  const words = wordsOf(question);
  const ideas = readQuestion(words, index, synonyms);
  const asked: Question = { ideas, pairs: pairsOf(words), text: words.join(' '), index };
  return index.topics
    .map((topic, place) => rate(topic, place, asked))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
}

const topicOf = ({ topic }: Rating): HelpTopic => topic;

const rate = (topic: HelpTopic, place: number, question: Question): Rating => {
  const { ideas, pairs, index } = question;
  if (index.phrases[place]?.some(({ text }) => text === question.text)) {
    return { topic, score: Number.MAX_VALUE, coverage: 1 };
  }
  const asked = sum(ideas, (idea) => weightOf(idea, index));
  const covered = sum(ideas, (idea) => coverageBy(idea, place, index));
  const words = sum(ideas, (idea) => scoreOf(idea, place, index));
  const neighbours = pairWeight * sum(pairs, ({ term, meaning }) => meaning * strengthOf(term, place, index));
  const score = words + neighbours + phraseWeight * likenessToPhrases(ideas, place, index, asked);
  return { topic, score, coverage: asked === 0 ? 0 : covered / asked };
};

const sum = <T>(items: readonly T[], measure: (item: T) => number): number =>
  items.reduce((total, item) => total + measure(item), 0);

/** How rare an idea is at its surest; one that the help does not know counts as the rarest. */
const weightOf = (idea: Idea, index: HelpIndex): number => {
  const surest = [...idea.terms].sort((a, b) => b[1] - a[1])[0];
  return idea.meaning * index.rarity(surest?.[0] ?? '');
};

/** What one term adds to a topic's score (BM25). */
const strengthOf = (term: string, place: number, index: HelpIndex): number => {
  const count = index.postings(term).get(place) ?? 0;
  return (index.rarity(term) * count * (saturation + 1)) / (count + saturation);
};

const scoreOf = ({ meaning, terms }: Idea, place: number, index: HelpIndex): number =>
  meaning * Math.max(0, ...[...terms].map(([term, sureness]) => sureness * strengthOf(term, place, index)));

const coverageBy = (idea: Idea, place: number, index: HelpIndex): number => {
  const present = [...idea.terms].filter(([term]) => index.postings(term).has(place));
  return weightOf(idea, index) * Math.max(0, ...present.map(([, sureness]) => sureness));
};

/** The most that a listed question and the question asked have in common, 0..1 (Dice, weighted by rarity). */
const likenessToPhrases = (ideas: readonly Idea[], place: number, index: HelpIndex, asked: number): number => {
  let best = 0;
  for (const { stems } of index.phrases[place] ?? []) {
    const told = sum([...stems], ([term, meaning]) => meaning * index.rarity(term));
    const common = sum(ideas, (idea) => weightOf(idea, index) * surenessIn(idea, stems));
    if (asked + told > 0) best = Math.max(best, (2 * common) / (asked + told));
  }
  return best;
};

const surenessIn = (idea: Idea, stems: ReadonlyMap<string, number>): number =>
  Math.max(0, ...[...idea.terms].filter(([term]) => stems.has(term)).map(([, sureness]) => sureness));
