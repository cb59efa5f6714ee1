import { describe, expect, test } from 'vitest';
import { english } from '../../../node-core/api/english.ts';
import {
  describeStateAge,
  reasonSentence,
  stateSentence,
  stateSentences,
} from '../../../node-core/api/state-sentences.ts';
import type { StateReason } from '../../../node-core/protocol/state-reason.ts';

const minute = 60_000;
const now = 100 * minute;
const since = now - 5 * minute;
const endsAt = Date.UTC(2026, 5, 1, 12);
const usedInvite = { kind: 'refused', code: 'invite-used', said: null } as const;
const silent = { kind: 'unreachable', code: 'refused', said: null } as const;
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
    { kind: 'join-unconfirmed', host: 'hive.test', since, fix: 'open-join' },
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
    { kind: 'join-failed', host: 'hive.test', since, obstacle: usedInvite, fix: 'open-join' },
    'The hive was not joined',
    /^The invite has been used\. Ask the stewards for a new one\.$/,
    'for 5 minutes',
  ],
  [
    { kind: 'membership-lapsed', host: 'hive.test', since, fix: 'wait' },
    'The certificate has ended and is being renewed',
    /asks hive\.test/,
    'for 5 minutes',
  ],
  [
    { kind: 'renewal-failing', host: 'hive.test', since, endsAt, obstacle: silent, fix: 'renew' },
    'The certificate ends soon and was not renewed yet',
    /^It counts until 2026-06-01 12:00 UTC\. Nothing listens .* It is tried again by itself\.$/,
    'for 5 minutes',
  ],
  [
    { kind: 'federation-key-differs', since, fix: 'check' },
    'HART_NODE_KEY is not the key of the hive',
    /Take HART_NODE_KEY out/,
    'for 5 minutes',
  ],
  [
    { kind: 'folder-unwritable', since, fix: 'check' },
    'Nothing can be written to the data folder',
    /Make the folder writable/,
    'for 5 minutes',
  ],
  [
    { kind: 'trust-closed', since, fix: 'check' },
    'This computer takes no part in its hive',
    /It is a member, .* Check again/,
    'for 5 minutes',
  ],
  [
    { kind: 'hive-deaf', port: 6776, since, fix: 'check' },
    'Others of the hive do not reach this computer',
    /^Port 6776 is another program’s\. .*--hive-port/,
    'for 5 minutes',
  ],
  [
    { kind: 'hive-deaf', port: null, since, fix: 'check' },
    'Others of the hive do not reach this computer',
    /the log says why/,
    'for 5 minutes',
  ],
  [
    { kind: 'clock-wrong', direction: 'behind', difference: '3 hours', against: 'hive', since, fix: 'check' },
    'This computer’s clock is wrong',
    /^It is 3 hours behind the hive’s\./,
    'for 5 minutes',
  ],
  [
    { kind: 'clock-wrong', direction: 'ahead', difference: '2 days', against: 'hive', since, fix: 'check' },
    'This computer’s clock is wrong',
    /^It is 2 days ahead of the hive’s\./,
    'for 5 minutes',
  ],
  [
    { kind: 'clock-wrong', direction: 'behind', difference: '2 days', against: 'files', since, fix: 'check' },
    'This computer’s clock is wrong',
    /^Files here are 2 days newer/,
    'for 5 minutes',
  ],
  [
    { kind: 'database-damaged', problem: 'page 4 is lost', since, fix: 'open-storage' },
    'The database is damaged',
    /page 4 is lost\. Restore/,
    'for 5 minutes',
  ],
  [{ kind: 'disk-full', free: '12 MB', since, fix: 'check' }, 'The disk is full', /12 MB are free/, 'for 5 minutes'],
  [
    { kind: 'hive-reconnecting', host: 'hive.test', since, fix: 'check' },
    'Asking for the hive',
    /^hive\.test was not heard yet/,
    'for 5 minutes',
  ],
  [
    { kind: 'parent-unreachable', host: 'hive.test', since, checkedAt: now - 12_000, verifiedAt: endsAt, fix: 'check' },
    'No word from hive.test',
    /2026-06-01 12:00 UTC/,
    'asked 12 s ago',
  ],
  [
    { kind: 'parent-unreachable', host: 'hive.test', since, checkedAt: now - 12_000, verifiedAt: null, fix: 'check' },
    'No word from hive.test',
    /asked again by itself\.$/,
    'asked 12 s ago',
  ],
  [
    { kind: 'membership-ended', ending: 'revoked', since, said: 'lost', fix: 'open-trust' },
    'This computer is no member of the hive any more',
    /revoked it: lost/,
    'for 5 minutes',
  ],
  [
    { kind: 'membership-ended', ending: 'revoked', since, said: '', fix: 'open-trust' },
    'This computer is no member of the hive any more',
    /gave no reason/,
    'for 5 minutes',
  ],
  [
    { kind: 'membership-ended', ending: 'lapsed', since, said: '', fix: 'open-trust' },
    'This computer is no member of the hive any more',
    /ended too long ago/,
    'for 5 minutes',
  ],
  [
    { kind: 'not-issuing', since, sentence: 'The signer does not answer.', fix: 'check' },
    'No certificates can be issued',
    /signer does not answer/,
    'for 5 minutes',
  ],
];

describe('what is said of the state', () => {
  test.each(cases)('%j', (reason, sentence, why, age) => {
    expect(english(stateSentence({ state: 'attention', reasons: [reason] }))).toBe(sentence);
    expect(english(reasonSentence(reason))).toMatch(why);
    expect(describeStateAge({ reasons: [reason] }, now - minute, now)).toBe(age);
  });

  test('without a reason all is well, as of when it was heard', () => {
    expect(english(stateSentence({ state: 'flat', reasons: [] }))).toBe('Working alone, all well');
    expect(describeStateAge({ reasons: [] }, now - 12_000, now)).toBe('as of 12 s ago');
  });

  test('a member without a model is told so, and that it is in a hive', () => {
    const reasons = [{ kind: 'no-model', fix: 'open-models' }] as const;
    expect(english(stateSentence({ state: 'healthy', reasons }))).toBe('In the hive, no model yet');
    expect(english(stateSentence({ state: 'healthy', reasons: [] }))).toBe('In the hive, all well');
  });

  test('the weightiest reason speaks first', () => {
    const reasons = cases.slice(1, 3).map(([reason]) => reason);
    expect(english(stateSentence({ state: 'paused', reasons }))).toBe('Agents are paused');
  });

  test('no sentence is left with a gap', () => {
    const gaps = cases.map(([reason]) => english(reasonSentence(reason))).filter((text) => /\{\{| {2}| ,/.test(text));
    expect(gaps).toEqual([]);
    expect(Object.values(stateSentences)).not.toContain('');
  });
});
