import { describeAge, describeDuration } from '../protocol/age.ts';
import type { StateDecision } from '../protocol/node-state.ts';
import type { StateReason } from '../protocol/state-reason.ts';
import { failureSentences } from './failure-sentences.ts';
import type { KeyedSentence, SentenceValue } from './keyed-sentence.ts';
import { obstacleSentence } from './trust-sentences.ts';

/**
 * What a person reads of the node's state: a sentence for the state itself and, under `<name>.why`, its cause and what
 * to do. English; the page takes them into its catalogue under the same names, the tray and the command line use them as
 * they stand. `{{name}}` stands for a field of the reason.
 */
export const stateSentences = {
  flat: 'Working alone, all well',
  healthy: 'In the hive, all well',
  'healthy-named': 'In hive {{hive}}, all well',
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
    'Nothing is joined until you have compared the four words that {{host}} states with those that its stewards told you.',
  'join-applying': 'Joining a hive',
  'join-applying.why': 'It applies at {{host}} and goes on by itself. Chats go on as before.',
  'join-pending': 'A steward of the hive has to agree',
  'join-pending.why': 'It asked at {{host}} and goes on by itself once a steward agrees. Chats go on as before.',
  'join-failed': 'The hive was not joined',
  'join-failed.why': '{{sentence}}',
  'join-failed.why.unknown': 'It did not work. Ask the hive’s stewards for a new invite.',
  'trust-closed': 'This computer takes no part in its hive',
  'trust-closed.why':
    'It is a member, but its own keys or its membership could not be opened, and the log says why. Chats go on as before. Check again, or start Nunba anew.',
  'membership-lapsed': 'The certificate has ended and is being renewed',
  'membership-lapsed.why': 'It asks {{host}} by itself until it answers. Chats go on as before.',
  'renewal-failing': 'The certificate ends soon and was not renewed yet',
  'renewal-failing.why': 'It counts until {{endsAt}}. {{sentence}} It is tried again by itself.',
  'renewal-failing.why.unknown': 'It counts until {{endsAt}}. It is tried again by itself.',
  'hive-reconnecting': 'Asking for the hive',
  'hive-reconnecting.why': '{{host}} was not heard yet. Chats go on as before.',
  'parent-unreachable': 'No word from {{host}}',
  'parent-unreachable.why':
    'Chats and agents go on, and it is asked again by itself. It last proved itself on {{verifiedAt}}.',
  'parent-unreachable.why.never': 'Chats and agents go on, and it is asked again by itself.',
  'hive-deaf': 'Others of the hive do not reach this computer',
  'hive-deaf.why':
    'Port {{port}} is another program’s. End that program, or choose another port with --hive-port, then check again.',
  'hive-deaf.why.other':
    'It could not begin to listen for them, and the log says why. Check again once that is mended.',
  'federation-key-differs': 'HART_NODE_KEY is not the key of the hive',
  'federation-key-differs.why':
    'The key of the environment wins over the one that the hive delivered, so what is signed with it is refused. Take HART_NODE_KEY out of the environment, or ask the stewards for the right one, and restart the node.',
  'clock-wrong': 'This computer’s clock is wrong',
  'clock-wrong.why.behind.hive':
    'It is {{difference}} behind the hive’s. The node goes by the hive’s time meanwhile; set this computer’s clock right.',
  'clock-wrong.why.ahead.hive':
    'It is {{difference}} ahead of the hive’s. The node goes by the hive’s time meanwhile; set this computer’s clock right.',
  'clock-wrong.why.behind.files':
    'Files here are {{difference}} newer than it says. Set it right, or times and certificates will be wrong.',
  'clock-wrong.why.ahead.files': 'It is {{difference}} ahead. Set it right, or times and certificates will be wrong.',
  'database-damaged': 'The database is damaged',
  'database-damaged.why': 'It says: {{problem}}. Restore a backup under Settings, Storage.',
  'disk-full': 'The disk is full',
  'disk-full.why':
    'New messages cannot be kept; what was kept stays. {{free}} are free here: make room, or lift the limit that is set, then check again.',
  'folder-unwritable': 'Nothing can be written to the data folder',
  'folder-unwritable.why':
    'New messages cannot be kept; what was kept stays. Make the folder writable again, then check again.',
  'membership-ended': 'This computer is no member of the hive any more',
  'membership-ended.why.revoked': 'The hive has revoked it: {{said}}. Ask its stewards; to join again, leave first.',
  'membership-ended.why.revoked-unsaid':
    'The hive has revoked it and gave no reason. Ask its stewards; to join again, leave first.',
  'membership-ended.why.lapsed':
    'Its certificate ended too long ago to be renewed by itself. Join again with a new invite, or leave.',
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

type StateSentenceKey = keyof typeof stateSentences;

const keyed = (name: StateSentenceKey, values: KeyedSentence['values'] = {}): KeyedSentence => ({
  key: `state.${name}`,
  values,
});

/** The sentence of the state: that of its weightiest reason. @param hive how it calls itself, or `null` */
export function stateSentence(
  { state, reasons }: Pick<StateDecision, 'state' | 'reasons'>,
  hive: string | null = null,
): KeyedSentence {
  const [first] = reasons;
  const well = state === 'healthy' ? 'healthy' : 'flat';
  if (!first) return well === 'healthy' && hive !== null ? keyed('healthy-named', { hive }) : keyed(well);
  return first.kind === 'no-model' && well === 'healthy' ? keyed('healthy-no-model') : reasonTitle(first);
}

/** A reason in a few words. */
export const reasonTitle = (reason: StateReason): KeyedSentence => keyed(reason.kind, valuesOf(reason));

/** Cause of a reason and what to do. */
export const reasonSentence = (reason: StateReason): KeyedSentence => keyed(whyOf(reason), valuesOf(reason));

/**
 * How long a state has lasted, or how old the knowledge is, in English: `for 5 minutes`, `asked 12 s ago`.
 *
 * @param at when the state was put together, ms since the epoch
 * @param now ms since the epoch
 */
export function describeStateAge({ reasons }: Pick<StateDecision, 'reasons'>, at: number, now: number): string {
  const [first] = reasons;
  if (!first || first.kind === 'no-model') return `as of ${describeAge(now - at)}`;
  if ('checkedAt' in first) return `asked ${describeAge(now - first.checkedAt)}`;
  return `for ${describeDuration(now - first.since)}`;
}

function whyOf(reason: StateReason): StateSentenceKey {
  switch (reason.kind) {
    case 'model-unreachable':
      return `model-unreachable.why.${reason.cause}`;
    case 'runtime-restarting':
      return `runtime-restarting.why.${reason.cause}`;
    case 'clock-wrong':
      return `clock-wrong.why.${reason.direction}.${reason.against}`;
    case 'join-failed':
      return reason.obstacle ? 'join-failed.why' : 'join-failed.why.unknown';
    case 'renewal-failing':
      return reason.obstacle ? 'renewal-failing.why' : 'renewal-failing.why.unknown';
    case 'hive-deaf':
      return reason.port === null ? 'hive-deaf.why.other' : 'hive-deaf.why';
    case 'parent-unreachable':
      return reason.verifiedAt === null ? 'parent-unreachable.why.never' : 'parent-unreachable.why';
    case 'membership-ended':
      if (reason.ending === 'lapsed') return 'membership-ended.why.lapsed';
      return reason.said === '' ? 'membership-ended.why.revoked-unsaid' : 'membership-ended.why.revoked';
    default:
      return `${reason.kind}.why`;
  }
}

/** Fields of reasons that are times and stand in sentences. */
const times = new Set(['endsAt', 'verifiedAt']);

function valuesOf(reason: StateReason): KeyedSentence['values'] {
  const plain = Object.entries(reason).flatMap(([name, value]): [string, SentenceValue][] => {
    if (typeof value === 'number' && times.has(name)) return [[name, { at: value }]];
    return typeof value === 'string' || typeof value === 'number' ? [[name, value]] : [];
  });
  const obstacle = 'obstacle' in reason ? reason.obstacle : null;
  return Object.fromEntries(obstacle ? [...plain, ['sentence', obstacleSentence(obstacle)]] : plain);
}
