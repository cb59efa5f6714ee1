import { describe, expect, test } from 'vitest';
import { AnswerEnds } from '../../../electron/notifications/answer-ends.ts';
import {
  decideNotification,
  type NotificationEvent,
  type NotificationWorld,
  type Subject,
  toldAfter,
} from '../../../electron/notifications/decide-notification.ts';
import type { NodeState } from '../../../node-core/protocol/node-state.ts';
import type { StateReason } from '../../../node-core/protocol/state-reason.ts';
import { testId } from '../../builders/ids.ts';
import { conversationView } from '../../builders/thread-views.ts';

const minute = 60_000;
const now = 100 * minute;
const well: NotificationWorld = {
  state: { state: 'flat', reasons: [] },
  hive: null,
  settings: { answers: true, health: true, hive: true, updates: true },
  isWindowVisible: false,
  isWindowFocused: false,
  told: new Map(),
  now,
};
const told = (subject: Subject, key: string) => ({ told: new Map([[subject, key]]) });
const lost = (agoMs: number): StateReason => ({
  kind: 'model-unreachable',
  model: 'llama',
  host: 'lab',
  cause: 'refused',
  since: now - agoMs,
  checkedAt: now,
  fix: 'check',
});
const inState = (state: NodeState, ...reasons: StateReason[]) => ({ state: { state, reasons } });
const degraded = (agoMs: number) => inState('degraded', lost(agoMs));
const paused = inState('paused', { kind: 'paused-by-person', since: 0, fix: 'resume' });
const gaveUp = inState('attention', {
  kind: 'runtime-gave-up',
  cause: 'keeps-crashing',
  since: now - 6 * minute,
  sentence: 'No.',
  fix: 'restart',
});

const ended: NotificationEvent = { kind: 'answer-ended', conversationId: 'C1', title: 'Photos' };
const asked: NotificationEvent = { kind: 'approval-asked', conversationId: 'C1', agent: 'Organiser', calls: 'a' };
const looked: NotificationEvent = { kind: 'state' };
const ready: NotificationEvent = { kind: 'update', update: { kind: 'ready', version: '1.2.0', notes: '' } };
const off = (name: 'answers' | 'health' | 'hive' | 'updates') => ({ settings: { ...well.settings, [name]: false } });
const endsAt = now + 60 * minute;
const renewal: StateReason = {
  kind: 'renewal-failing',
  host: 'hive.test',
  since: now - minute,
  endsAt,
  obstacle: { kind: 'unreachable', code: 'refused', said: null },
  fix: 'renew',
};
const late = inState('degraded', renewal);
const longLate = { ...renewal, since: now - 6 * minute };
const longFailed: StateReason = {
  kind: 'join-failed',
  host: 'hive.test',
  since: now - 6 * minute,
  obstacle: null,
  fix: 'open-join',
};
const certificate: NotificationEvent = { kind: 'certificate' };
const membership: NotificationEvent = { kind: 'membership' };
const pending = inState('joining', { kind: 'join-pending', host: 'hive.test', since: now, fix: 'open-join' });
const joinFailed = inState('attention', {
  kind: 'join-failed',
  host: 'hive.test',
  since: now,
  obstacle: { kind: 'refused', code: 'rejected', said: 'Not now.' },
  fix: 'open-join',
});
const revoked = inState('attention', {
  kind: 'membership-ended',
  ending: 'revoked',
  since: now,
  said: 'lost',
  fix: 'open-trust',
});
const inHive = { ...inState('healthy'), hive: { name: 'Lakeside', certificateEndsAt: endsAt, isMember: true } };
const lostKey = `model-unreachable ${now - 6 * minute}`;

describe('what becomes of a notification', () => {
  test.each<[string, NotificationEvent, Partial<NotificationWorld>, string]>([
    ['an answer ended', ended, {}, 'show conversation:C1'],
    ['… while the window is seen', ended, { isWindowVisible: true }, 'nothing'],
    ['… while answers are switched off', ended, off('answers'), 'nothing'],
    ['… because the agents were paused', ended, paused, 'nothing'],
    ['… a second time there', ended, told('conversation:C1', 'C1 1'), 'replace conversation:C1'],
    ['… elsewhere', ended, told('conversation:C2', 'C2 1'), 'show conversation:C1'],
    [
      'its conversation was removed',
      { kind: 'conversation-removed', conversationId: 'C1' },
      told('conversation:C1', 'x'),
      'close conversation:C1',
    ],
    [
      'another was removed',
      { kind: 'conversation-removed', conversationId: 'C2' },
      told('conversation:C1', 'x'),
      'nothing',
    ],
    ['an agent waits for the person', asked, {}, 'show approval:C1'],
    [
      '… while the person works in the window',
      asked,
      { isWindowVisible: true, isWindowFocused: true },
      'seen approval:C1',
    ],
    ['… while the window is open behind others', asked, { isWindowVisible: true }, 'show approval:C1'],
    ['… while answers are switched off', asked, off('answers'), 'nothing'],
    ['… for the same, which was told', asked, told('approval:C1', 'a'), 'nothing'],
    ['… for something else as well', asked, told('approval:C1', 'b'), 'replace approval:C1'],
    ['… in a chat whose answer was told', asked, told('conversation:C1', 'x'), 'show approval:C1'],
    [
      'it was answered',
      { kind: 'approval-ended', conversationId: 'C1' },
      told('approval:C1', 'a'),
      'close approval:C1',
    ],
    ['it was answered, untold', { kind: 'approval-ended', conversationId: 'C1' }, {}, 'nothing'],
    ['all well', looked, {}, 'nothing'],
    ['degraded for less than 5 min', looked, degraded(5 * minute - 1), 'nothing'],
    ['degraded for 5 min', looked, degraded(5 * minute), 'show health'],
    ['… while the window is seen', looked, { ...degraded(6 * minute), isWindowVisible: true }, 'seen health'],
    ['… while health is switched off', looked, { ...degraded(6 * minute), ...off('health') }, 'nothing'],
    ['… told already', looked, { ...degraded(6 * minute), ...told('health', lostKey) }, 'nothing'],
    [
      '… another trouble than was told',
      looked,
      { ...degraded(7 * minute), ...told('health', lostKey) },
      'replace health',
    ],
    ['mended', looked, told('health', lostKey), 'close health'],
    ['paused by the person meanwhile', looked, { ...paused, ...told('health', lostKey) }, 'close health'],
    ['paused for long', looked, paused, 'nothing'],
    ['given up for long', looked, gaveUp, 'show health'],
    ['a renewal fails near the end', certificate, late, 'show certificate'],
    ['… while the hive is switched off', certificate, { ...late, ...off('hive') }, 'nothing'],
    ['… told already', certificate, { ...late, ...told('certificate', `${now - minute}`) }, 'nothing'],
    ['… and is mended', certificate, { ...inHive, ...told('certificate', 'x') }, 'close certificate'],
    ['… and is told once, however long it lasts', looked, inState('degraded', longLate), 'nothing'],
    ['… with another trouble behind it', looked, inState('degraded', longLate, lost(6 * minute)), 'show health'],
    ['a join that failed long ago', looked, inState('attention', longFailed), 'nothing'],
    ['a join waits', membership, pending, 'seen membership'],
    ['… and goes on waiting', membership, { ...pending, ...told('membership', 'joining') }, 'nothing'],
    ['… and a steward has agreed', membership, { ...inHive, ...told('membership', 'joining') }, 'replace membership'],
    [
      '… while the window is seen',
      membership,
      { ...inHive, ...told('membership', 'joining'), isWindowVisible: true },
      'seen membership',
    ],
    ['… and was told', membership, { ...inHive, ...told('membership', 'joined') }, 'nothing'],
    ['… and failed', membership, { ...joinFailed, ...told('membership', 'joining') }, 'replace membership'],
    ['… and was cancelled', membership, told('membership', 'joining'), 'close membership'],
    ['a membership of old', membership, inHive, 'nothing'],
    ['a membership ends', membership, revoked, 'show membership'],
    ['… while the hive is switched off', membership, { ...revoked, ...off('hive') }, 'nothing'],
    ['… and was left', membership, told('membership', `membership-ended ${now}`), 'close membership'],
    ['alone and no hive', membership, {}, 'nothing'],
    ['an update is ready', ready, {}, 'show update'],
    ['… told already', ready, told('update', '1.2.0'), 'nothing'],
    ['… a newer one', ready, told('update', '1.1.0'), 'replace update'],
    ['… while updates are switched off', ready, off('updates'), 'nothing'],
    ['… while the window is seen', ready, { isWindowVisible: true }, 'seen update'],
    ['an update downloads', { kind: 'update', update: { kind: 'checking' } }, {}, 'nothing'],
    ['an update went away', { kind: 'update', update: { kind: 'off' } }, told('update', '1.2.0'), 'close update'],
    ['the window is shown', { kind: 'window-shown' }, told('update', '1.2.0'), 'hush update'],
    ['the window is shown and nothing stands', { kind: 'window-shown' }, {}, 'nothing'],
  ])('%s', (_name, event, part, expected) => {
    const act = decideNotification(event, { ...well, ...part });
    const what = 'notification' in act ? ` ${act.notification.subject}` : 'subjects' in act ? ` ${act.subjects}` : '';
    expect(`${act.kind}${what}`).toBe(expected);
  });

  test.each<[NotificationEvent, Partial<NotificationWorld>, object]>([
    [ended, {}, { title: 'Photos', command: { kind: 'conversation', id: 'C1' } }],
    [{ ...ended, title: '' }, {}, { title: 'New chat' }],
    [
      asked,
      {},
      {
        title: 'Organiser needs your approval',
        body: 'Nothing is done before you answer.',
        command: { kind: 'conversation', id: 'C1' },
      },
    ],
    [{ ...asked, agent: '' }, {}, { title: 'An agent needs your approval' }],
    [
      looked,
      degraded(6 * minute),
      { title: 'llama does not answer', body: expect.stringContaining('Start the program') },
    ],
    [
      membership,
      { ...inHive, ...told('membership', 'joining') },
      { title: 'This computer is in hive Lakeside now', command: { kind: 'page', page: 'trust' } },
    ],
    [membership, joinFailed, { body: expect.stringContaining('“Not now.”'), command: { kind: 'page', page: 'join' } }],
    [
      certificate,
      late,
      { title: 'The certificate ends soon and was not renewed yet', command: { kind: 'page', page: 'health' } },
    ],
    [ready, {}, { title: 'Nunba 1.2.0 is ready', command: { kind: 'settings', section: 'updates' } }],
  ])('says what happened, and a click leads there: %j', (event, part, expected) => {
    expect(decideNotification(event, { ...well, ...part })).toMatchObject({ notification: expected });
  });
});

describe('while the window is shown and hidden again', () => {
  /** What becomes of the events, one after the other. */
  const acts = (...steps: readonly (readonly [NotificationEvent, Partial<NotificationWorld>?])[]): string[] => {
    let known: NotificationWorld['told'] = new Map();
    return steps.map(([event, part = {}]) => {
      const act = decideNotification(event, { ...well, ...part, told: known });
      known = toldAfter(known, act);
      return act.kind;
    });
  };
  const shown: NotificationEvent = { kind: 'window-shown' };
  const trouble = degraded(6 * minute);

  test.each<[string, NotificationEvent, Partial<NotificationWorld>]>([
    ['an outage', looked, trouble],
    ['an update', ready, {}],
  ])('%s is told once', (_name, event, part) => {
    expect(acts([event, part], [shown], [event, { ...part, isWindowVisible: true }], [event, part])).toEqual([
      'show',
      'hush',
      'nothing',
      'nothing',
    ]);
    expect(acts([event, { ...part, isWindowVisible: true }], [event, part])).toEqual(['seen', 'nothing']);
  });

  test('an outage that is over and comes back is told again', () => {
    expect(acts([looked, trouble], [shown], [looked], [looked, trouble])).toEqual(['show', 'hush', 'close', 'show']);
  });

  test('each end of an answer is told', () => {
    expect(acts([ended], [shown], [ended])).toEqual(['show', 'hush', 'show']);
  });
});

describe('ends of answers', () => {
  const changed = (isRunning: boolean) =>
    ({ kind: 'changed', conversation: conversationView({ id: testId(1), title: 'Photos', isRunning }) }) as const;

  test('are found where a running conversation rests', () => {
    const ends = new AnswerEnds();
    expect(ends.take(changed(false))).toBeNull();
    expect(ends.take(changed(true))).toBeNull();
    expect(ends.take(changed(false))).toEqual({ kind: 'answer-ended', conversationId: testId(1), title: 'Photos' });
    expect(ends.take(changed(false))).toBeNull();
  });

  test('are not what a new process of the node no longer runs', () => {
    const ends = new AnswerEnds();
    ends.take(changed(true));
    expect(ends.take({ kind: 'all', conversations: [changed(false).conversation] })).toBeNull();
    expect(ends.take(changed(false))).toBeNull();
    ends.take({ kind: 'all', conversations: [changed(true).conversation] });
    expect(ends.take(changed(false))).toMatchObject({ kind: 'answer-ended' });
  });
});
