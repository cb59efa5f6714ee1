import { describeAge, describeDuration } from '../protocol/age.ts';
import type { StateDecision, StateReason } from '../protocol/node-state.ts';
import { failureSentences } from './failure-sentences.ts';

/**
 * What a person reads of the node's state: a sentence for the state itself and, under `<name>.why`, its cause and what
 * to do. English; the page takes them into its catalogue under the same names, the tray and the command line use them as
 * they stand. `{{name}}` stands for a field of the reason.
 */
export const stateSentences = {
  flat: 'Working alone, all well',
  healthy: 'In the hive, all well',
  'healthy-no-model': 'In the hive, no model yet',
  'no-model': 'Working alone, no model yet',
  'no-model.why': 'Only the Guide answers until a model is chosen. Choose one under Settings, Models.',
  'keys-locked': 'Stored keys cannot be read',
  'keys-locked.why':
    'Models that need a key do not answer; the others and your chats go on. See why, and unlock them, under Settings, Keys.',
  'paused-by-person': 'Agents are paused',
  'paused-by-person.why':
    'You paused them: no model and no tool is asked. Reading, searching and the Guide go on. Resume them when you like.',
  'model-unreachable': '{{model}} does not answer',
  'model-unreachable.why.dns': failureSentences['model-unreachable.dns'],
  'model-unreachable.why.refused': failureSentences['model-unreachable.refused'],
  'model-unreachable.why.tls': failureSentences['model-unreachable.tls'],
  'model-unreachable.why.timeout': failureSentences['model-unreachable.timeout'],
  'model-unreachable.why.closed': failureSentences['model-unreachable.closed'],
  'model-unreachable.why.network': failureSentences['model-unreachable.network'],
  'model-unreachable.why.key': '{{host}} does not accept the key. Enter it again under Settings, Models.',
  'join-unconfirmed': 'Whom to trust is not confirmed yet',
  'join-unconfirmed.why':
    'Nothing is joined until the four words that {{host}} states are confirmed: see them with “nunba-node trust”, compare them on another way, then run “nunba-node join --confirm "<four words>"”.',
  'join-applying': 'Joining a hive',
  'join-applying.why': 'It applies at {{host}} and goes on by itself. Chats go on as before.',
  'join-pending': 'A steward of the hive has to agree',
  'join-pending.why': 'It asked at {{host}} and goes on by itself once a steward agrees. Chats go on as before.',
  'join-failed': 'The hive was not joined',
  'join-failed.why': '{{sentence}}',
  'membership-lapsed': 'The certificate has ended and is being renewed',
  'membership-lapsed.why': 'It asks {{host}} by itself until it answers. Chats go on as before.',
  'renewal-failing': 'The certificate was not renewed yet',
  'renewal-failing.why': '{{sentence}} It is tried again by itself.',
  'federation-key-differs': 'HART_NODE_KEY is not the key of the hive',
  'federation-key-differs.why':
    'The key of the environment wins over the one that the hive delivered, so what is signed with it is refused. Take HART_NODE_KEY out of the environment, or ask the stewards for the right one, and restart the node.',
  'clock-wrong': 'This computer’s clock is wrong',
  'clock-wrong.why.behind':
    'It is {{difference}} behind the hive’s. The node goes by the hive’s time meanwhile; set this computer’s clock right.',
  'clock-wrong.why.ahead':
    'It is {{difference}} ahead of the hive’s. The node goes by the hive’s time meanwhile; set this computer’s clock right.',
  'membership-ended': 'This node is no member of the hive any more',
  'membership-ended.why': '{{sentence}}',
  'not-issuing': 'No certificates can be issued',
  'not-issuing.why': '{{sentence}}',
  'runtime-gave-up': 'Nunba’s runtime does not start any more',
  'runtime-gave-up.why': '{{sentence}} Nothing you wrote is lost. Restart it, or look into the logs.',
  'runtime-restarting': 'Nunba’s runtime is being started again',
  'runtime-restarting.why.crashed': 'It ended by itself. Nothing you wrote is lost; this takes a moment.',
  'runtime-restarting.why.hung': 'It did not answer any more. Nothing you wrote is lost; this takes a moment.',
  'runtime-starting': 'Nunba is starting',
  'runtime-starting.why': 'It opens its database and agents. This takes a moment.',
  'runtime-stopping': 'Nunba is closing',
  'runtime-stopping.why': 'It puts everything away first.',
} as const;

export type StateSentenceKey = keyof typeof stateSentences;

/** Key of a sentence, and what its `{{names}}` stand for. */
export interface KeyedSentence {
  readonly key: StateSentenceKey;
  readonly values: Readonly<Record<string, string | number>>;
}

/** The sentence of the state: that of its weightiest reason. */
export function stateSentence({ state, reasons }: StateDecision): KeyedSentence {
  const [first] = reasons;
  const well = state === 'healthy' ? 'healthy' : 'flat';
  if (!first) return { key: well, values: {} };
  if (first.kind === 'no-model' && well === 'healthy') return { key: 'healthy-no-model', values: {} };
  return { key: first.kind, values: valuesOf(first) };
}

/** Cause of a reason and what to do. */
export function reasonSentence(reason: StateReason): KeyedSentence {
  return { key: reasonKey(reason), values: valuesOf(reason) };
}

/** The whole sentence in English. */
export function englishState({ key, values }: KeyedSentence): string {
  return stateSentences[key].replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
}

/**
 * How long a state has lasted, or how old the knowledge is, in English: `for 5 minutes`, `asked 12 s ago`.
 *
 * @param at when the state was put together, ms since the epoch
 * @param now ms since the epoch
 */
export function describeStateAge({ reasons }: Pick<StateDecision, 'reasons'>, at: number, now: number): string {
  const [first] = reasons;
  if (!first || first.kind === 'no-model') return `as of ${describeAge(now - at)}`;
  if (first.kind === 'model-unreachable') return `asked ${describeAge(now - first.checkedAt)}`;
  return `for ${describeDuration(now - first.since)}`;
}

function reasonKey(reason: StateReason): StateSentenceKey {
  switch (reason.kind) {
    case 'model-unreachable':
      return `model-unreachable.why.${reason.cause}`;
    case 'runtime-restarting':
      return `runtime-restarting.why.${reason.cause}`;
    case 'clock-wrong':
      return `clock-wrong.why.${reason.direction}`;
    default:
      return `${reason.kind}.why`;
  }
}

function valuesOf(reason: StateReason): Readonly<Record<string, string | number>> {
  return Object.fromEntries(
    Object.entries(reason).filter(([, value]) => typeof value === 'string' || typeof value === 'number'),
  );
}
