import { expect, test } from 'vitest';
import { AnswerEnds } from '../../../electron/notifications/answer-ends.ts';
import { WaitingDeeds } from '../../../electron/notifications/waiting-deeds.ts';
import { handsView, waitingDeed } from '../../builders/deeds.ts';
import { testId } from '../../builders/ids.ts';
import { conversationView } from '../../builders/thread-views.ts';

const [one, two] = [testId(1), testId(2)];
const waits = (conversationId: string, callId: string) => waitingDeed({ conversationId, callId });

test('tells of each chat once, anew when something else waits there, and of its end', () => {
  const deeds = new WaitingDeeds();
  const take = (...waiting: ReturnType<typeof waits>[]) => deeds.take(handsView({ waiting }));
  expect(take()).toEqual([]);
  expect(take(waits(one, 'a'))).toEqual([{ kind: 'approval-asked', conversationId: one, calls: 'a' }]);
  expect(take(waits(one, 'a'))).toEqual([]);
  expect(take(waits(one, 'b'), waits(one, 'a'), waits(two, 'c'))).toEqual([
    { kind: 'approval-asked', conversationId: one, calls: 'a b' },
    { kind: 'approval-asked', conversationId: two, calls: 'c' },
  ]);
  expect(take(waits(two, 'c'))).toEqual([{ kind: 'approval-ended', conversationId: one }]);
});

test('knows what a chat is called that waits', () => {
  const ends = new AnswerEnds();
  ends.take({ kind: 'all', conversations: [conversationView({ id: one, title: 'Photos' })] });
  expect(ends.titleOf(one)).toBe('Photos');
  ends.take({ kind: 'changed', conversation: conversationView({ id: one, title: 'Pictures' }) });
  expect(ends.titleOf(one)).toBe('Pictures');
  ends.take({ kind: 'removed', id: one });
  expect(ends.titleOf(one)).toBe('');
});
