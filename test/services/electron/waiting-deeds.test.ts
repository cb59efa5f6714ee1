import { expect, test } from 'vitest';
import { WaitingDeeds } from '../../../electron/notifications/waiting-deeds.ts';
import { handsView, waitingDeed } from '../../builders/deeds.ts';
import { testId } from '../../builders/ids.ts';

const [one, two] = [testId(1), testId(2)];
const waits = (conversationId: string, callId: string) => waitingDeed({ conversationId, callId });

test('tells of each chat once, anew when something else waits there, and of its end', () => {
  const deeds = new WaitingDeeds();
  const take = (...waiting: ReturnType<typeof waits>[]) => deeds.take(handsView({ waiting }));
  expect(take()).toEqual([]);
  expect(take(waits(one, 'a'))).toEqual([
    { kind: 'approval-asked', conversationId: one, agentId: 'nunba', calls: 'a' },
  ]);
  expect(take(waits(one, 'a'))).toEqual([]);
  expect(take(waits(one, 'b'), waits(one, 'a'), waits(two, 'c'))).toEqual([
    { kind: 'approval-asked', conversationId: one, agentId: 'nunba', calls: 'a b' },
    { kind: 'approval-asked', conversationId: two, agentId: 'nunba', calls: 'c' },
  ]);
  expect(take(waits(two, 'c'))).toEqual([{ kind: 'approval-ended', conversationId: one }]);
});

test('names the agent that has waited longest', () => {
  const newer = waitingDeed({ conversationId: one, callId: 'a', agentId: 'coder', since: 20 });
  const older = waitingDeed({ conversationId: one, callId: 'b', agentId: 'organiser', since: 10 });
  expect(new WaitingDeeds().take(handsView({ waiting: [newer, older] }))).toMatchObject([{ agentId: 'organiser' }]);
});
