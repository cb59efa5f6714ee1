import { describe, expect, test } from 'vitest';
import {
  describeStateAge,
  englishState,
  reasonSentence,
  stateSentence,
  stateSentences,
} from '../../../node-core/api/state-sentences.ts';
import type { StateReason } from '../../../node-core/protocol/node-state.ts';

const minute = 60_000;
const now = 100 * minute;
const since = now - 5 * minute;
const cases: readonly (readonly [StateReason, string, RegExp, string])[] = [
  [{ kind: 'no-model', fix: 'open-models' }, 'Working alone, no model yet', /Choose one under/, 'as of 1 min ago'],
  [{ kind: 'paused-by-person', since, fix: 'resume' }, 'Agents are paused', /the Guide go on/, 'for 5 minutes'],
  [
    {
      kind: 'model-unreachable',
      model: 'llama',
      host: 'lab:80',
      cause: 'refused',
      since,
      checkedAt: now - 12_000,
      fix: 'check',
    },
    'llama does not answer',
    /^Nothing answers at lab:80\. Start the program/,
    'asked 12 s ago',
  ],
  [
    { kind: 'runtime-gave-up', cause: 'keeps-crashing', since, sentence: 'It ended 5 times.', fix: 'restart' },
    'Nunba’s runtime does not start any more',
    /^It ended 5 times\. Nothing you wrote is lost/,
    'for 5 minutes',
  ],
  [
    { kind: 'runtime-restarting', cause: 'hung', since, fix: 'wait' },
    'Nunba’s runtime is being started again',
    /did not answer/,
    'for 5 minutes',
  ],
  [{ kind: 'runtime-starting', since, fix: 'wait' }, 'Nunba is starting', /database/, 'for 5 minutes'],
  [{ kind: 'runtime-stopping', since, fix: 'wait' }, 'Nunba is closing', /away/, 'for 5 minutes'],
  [
    { kind: 'join-unconfirmed', host: 'hive.test', since, fix: 'by-command' },
    'Whom to trust is not confirmed yet',
    /words that hive\.test states/,
    'for 5 minutes',
  ],
  [
    { kind: 'join-applying', host: 'hive.test', since, fix: 'wait' },
    'Joining a hive',
    /applies at hive\.test/,
    'for 5 minutes',
  ],
  [
    { kind: 'join-pending', host: 'hive.test', since, fix: 'wait' },
    'A steward of the hive has to agree',
    /asked at hive\.test/,
    'for 5 minutes',
  ],
  [
    { kind: 'join-failed', host: 'hive.test', since, sentence: 'The invite was used.', fix: 'by-command' },
    'The hive was not joined',
    /^The invite was used\.$/,
    'for 5 minutes',
  ],
  [
    { kind: 'membership-lapsed', host: 'hive.test', since, fix: 'wait' },
    'The certificate has ended and is being renewed',
    /asks hive\.test/,
    'for 5 minutes',
  ],
  [
    { kind: 'renewal-failing', host: 'hive.test', since, sentence: 'Nothing answers there.', fix: 'wait' },
    'The certificate was not renewed yet',
    /^Nothing answers there\. It is tried again/,
    'for 5 minutes',
  ],
  [
    { kind: 'federation-key-differs', since, fix: 'by-command' },
    'HART_NODE_KEY is not the key of the hive',
    /Take HART_NODE_KEY out/,
    'for 5 minutes',
  ],
  [
    { kind: 'clock-wrong', direction: 'behind', difference: '3 hours', since, fix: 'by-command' },
    'This computer’s clock is wrong',
    /^It is 3 hours behind the hive’s\./,
    'for 5 minutes',
  ],
  [
    { kind: 'clock-wrong', direction: 'ahead', difference: '2 days', since, fix: 'by-command' },
    'This computer’s clock is wrong',
    /^It is 2 days ahead of the hive’s\./,
    'for 5 minutes',
  ],
  [
    { kind: 'membership-ended', since, sentence: 'Its stewards revoked it: lost.', fix: 'by-command' },
    'This node is no member of the hive any more',
    /revoked it: lost/,
    'for 5 minutes',
  ],
  [
    { kind: 'not-issuing', since, sentence: 'The signer does not answer.', fix: 'by-command' },
    'No certificates can be issued',
    /signer does not answer/,
    'for 5 minutes',
  ],
];

describe('what is said of the state', () => {
  test.each(cases)('%j', (reason, sentence, why, age) => {
    expect(englishState(stateSentence({ state: 'attention', reasons: [reason] }))).toBe(sentence);
    expect(englishState(reasonSentence(reason))).toMatch(why);
    expect(describeStateAge({ reasons: [reason] }, now - minute, now)).toBe(age);
  });

  test('without a reason all is well, as of when it was heard', () => {
    expect(englishState(stateSentence({ state: 'flat', reasons: [] }))).toBe('Working alone, all well');
    expect(describeStateAge({ reasons: [] }, now - 12_000, now)).toBe('as of 12 s ago');
  });

  test('a member without a model is told so, and that it is in a hive', () => {
    const reasons = [{ kind: 'no-model', fix: 'open-models' }] as const;
    expect(englishState(stateSentence({ state: 'healthy', reasons }))).toBe('In the hive, no model yet');
    expect(englishState(stateSentence({ state: 'healthy', reasons: [] }))).toBe('In the hive, all well');
  });

  test('the weightiest reason speaks first', () => {
    const reasons = cases.slice(1, 3).map(([reason]) => reason);
    expect(englishState(stateSentence({ state: 'paused', reasons }))).toBe('Agents are paused');
  });

  test('no sentence is left with a gap', () => {
    const gaps = cases
      .map(([reason]) => englishState(reasonSentence(reason)))
      .filter((text) => /\{\{| {2}| ,/.test(text));
    expect(gaps).toEqual([]);
    expect(Object.values(stateSentences)).not.toContain('');
  });
});
