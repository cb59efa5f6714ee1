import { english } from '../../api/english.ts';
import type { StatusView } from '../../api/node-views.ts';
import { reasonSentence, stateSentence } from '../../api/state-sentences.ts';
import { describeAge, describeDuration } from '../../protocol/age.ts';

/** What stands in for `{{name}}` in a help text, each a piece of a sentence. */
type Facts = Readonly<Record<FactName, string>>;

/** The names that help texts may use. `{{age}}` says how old the others are: `As of {{age}}, {{model}}.` */
export const factNames = [
  'age',
  'state',
  'model',
  'data-folder',
  'address',
  'openai-address',
  'version',
  'uptime',
  'answers',
] as const;
type FactName = (typeof factNames)[number];

/**
 * Puts what the node says about itself in place of the placeholders of a help text. Pure.
 *
 * @param status what the node said, or `null` if it could not say
 * @param now ms since the epoch
 */
export function fillFacts(text: string, status: StatusView | null, now: number): string {
  const facts: Readonly<Record<string, string>> = status === null ? unknownFacts : knownFacts(status, now);
  return text.replace(/\{\{([a-z-]{1,40})\}\}/g, (_, name: string) => facts[name] ?? '');
}

const knownFacts = (status: StatusView, now: number): Facts => ({
  age: describeAge(now - status.at),
  state: `${describePlace(status)}${describeTrouble(status)}`,
  model: status.model === null ? 'no model is set up' : `${inCode(status.model)} answers where nothing else is chosen`,
  'data-folder': inCode(status.dataFolder),
  address:
    status.address === null ? 'Nunba does not listen for other programs' : `Nunba listens at ${inCode(status.address)}`,
  'openai-address':
    status.address === null ? 'none, because Nunba does not listen for other programs' : inCode(`${status.address}/v1`),
  version: inCode(status.version),
  uptime: describeDuration(status.at - status.startedAt),
  answers: describeAnswers(status.runningTurns),
});

const describePlace = ({ tier }: StatusView): string =>
  tier === 'flat'
    ? 'Nunba works by itself on this computer (flat); it belongs to no hive'
    : `Nunba is the ${tier} node of a hive on this computer`;

/** What is out of the ordinary, with its cause and cure; the help texts set the last full stop. */
const describeTrouble = ({ state, reasons }: StatusView): string =>
  state === 'flat' || state === 'healthy'
    ? ''
    : ['', stateSentence({ state, reasons }), ...reasons.map(reasonSentence)]
        .map((sentence) => (typeof sentence === 'string' ? sentence : english(sentence).replace(/\.$/, '')))
        .join('. ');

const describeAnswers = (count: number): string => {
  if (count === 0) return 'no answer is being written';
  return count === 1 ? 'one answer is being written, which may be this one' : `${count} answers are being written`;
};

const unknownFacts: Facts = {
  age: 'just now',
  state: 'the state could not be read',
  model: 'it could not be read which model answers',
  'data-folder': '(could not be read)',
  address: 'it could not be read where Nunba listens',
  'openai-address': '(could not be read)',
  version: '(could not be read)',
  uptime: '(could not be read)',
  answers: 'it could not be read whether an answer is being written',
};

/** A path or name as code, whatever backticks it holds (CommonMark, section 6.1). */
const inCode = (text: string): string => {
  const line = text.replace(/\s+/g, ' ');
  return line.includes('`') ? `\`\` ${line} \`\`` : `\`${line}\``;
};
