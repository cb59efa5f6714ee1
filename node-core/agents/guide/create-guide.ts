import type { StatusView } from '../../api/node-views.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { Log } from '../../protocol/ports/log.ts';
import { type Finding, findTopic } from './find-topic.ts';
import { buildHelpIndex, type HelpIndex } from './help-index.ts';
import type { HelpTopic } from './help-topic.ts';
import { fillFacts } from './live-facts.ts';
import { loadHelp } from './load-help.ts';
import { asksWhatGuideIs, smallTalkOf } from './small-talk.ts';
import type { Synonyms } from './synonyms.ts';

/** Answers questions about Nunba from its help and from what the node says about itself. No language model. */
export interface Guide {
  /** The answer as markdown. Never throws; one that finds nothing says so and offers three topics. */
  answer(question: string): Promise<string>;
}

export interface GuideOptions {
  /** `resources/help` */
  readonly helpFolder: string;
  /** What the node says about itself at this moment. */
  readonly facts: () => Promise<StatusView>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

interface SearchableHelp {
  readonly index: HelpIndex;
  readonly synonyms: Synonyms;
}

/** Offered where nothing is nearer. */
const usualTopicIds = ['first-steps', 'agents', 'who-reads'];

/** Longest question that is looked at, in characters. */
const maxQuestionChars = 2000;

/** Reads the help when the first question is asked, so that a start does not wait for it. */
export function createGuide({ helpFolder, facts, clock, log }: GuideOptions): Guide {
  let reading: Promise<SearchableHelp> | null = null;
  const readHelp = (): Promise<SearchableHelp> => {
    reading ??= loadHelp(helpFolder, log).then(({ topics, synonyms }) => ({ index: buildHelpIndex(topics), synonyms }));
    return reading;
  };
  const readFacts = (): Promise<StatusView | null> =>
    facts().catch((error: unknown) => {
      log.warn({ cause: String(error) }, 'The Guide could not read the state of the node');
      return null;
    });

  return {
    async answer(message) {
      const { index, synonyms } = await readHelp();
      const question = message.slice(0, maxQuestionChars);
      const smallTalk = smallTalkOf(question);
      if (smallTalk === 'greeting') return `Hello. ${introduceSelf(index)}`;
      if (smallTalk === 'help') return introduceSelf(index);
      if (smallTalk === 'thanks') return 'You are welcome. Ask again whenever something about Nunba is unclear.';
      if (smallTalk === 'farewell') return 'Goodbye. Your chats stay on this computer.';
      const finding = asksWhatGuideIs(question) ? introduce(index) : findTopic(question, index, synonyms);
      if (finding.kind === 'unknown') return admit(finding.nearest, index);
      return fillFacts(tell(finding, index), await readFacts(), clock.now());
    },
  };
}

const tell = ({ topic, others }: Extract<Finding, { kind: 'found' }>, index: HelpIndex): string => {
  const related = [...others, ...topic.related.flatMap((id) => topicOf(id, index))];
  const offered = [...new Set(related)].filter((one) => one !== topic).slice(0, 4);
  const more = offered.length === 0 ? '' : `\n\nSee also: ${offered.map(({ title }) => `*${title}*`).join(' · ')}`;
  return `**${topic.title}**\n\n${topic.body}${more}`;
};

const admit = (nearest: readonly HelpTopic[], index: HelpIndex): string =>
  [
    'I do not know. I found nothing about this in Nunba’s help, and that is all I know: I am not a language model.',
    'These topics may be near; send me a title to read it:',
    listTitles([...nearest, ...usualTopicIds.flatMap((id) => topicOf(id, index))]),
    'For anything but Nunba, choose another agent in the sidebar. Those answer with a language model.',
  ].join('\n\n');

const introduce = (index: HelpIndex): Finding => {
  const topic = topicOf('the-guide', index)[0];
  return topic ? { kind: 'found', topic, others: [] } : { kind: 'unknown', nearest: [] };
};

const introduceSelf = (index: HelpIndex): string =>
  [
    'I am the Guide. I answer questions about Nunba from its built-in help; I am not a language model.',
    'Ask in your own words, or send me one of these titles:',
    listTitles(usualTopicIds.flatMap((id) => topicOf(id, index))),
  ].join('\n\n');

const listTitles = (topics: readonly HelpTopic[]): string =>
  [...new Set(topics)]
    .slice(0, 3)
    .map(({ title }) => `- ${title}`)
    .join('\n');

const topicOf = (id: string, index: HelpIndex): readonly HelpTopic[] => index.topics.filter((topic) => topic.id === id);
