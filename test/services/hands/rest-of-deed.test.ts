import { expect, test } from 'vitest';
import type { NewDeed } from '../../../node-core/agents/hands/deed-journal.ts';
import type { FileChange } from '../../../node-core/protocol/hands/deed.ts';
import { openTestHands, type TestHands } from '../../builders/hands.ts';
import { testId } from '../../builders/ids.ts';

const move = (number: number) => ({ kind: 'move' as const, from: `/in/${number}`, to: `/out/${number}` });
const changes: readonly FileChange[] = [{ kind: 'make-folder', path: '/out' }, move(1), move(2), move(3)];

const deedOf = (callId: string, all: readonly FileChange[]): NewDeed => ({
  ...{ callId, conversationId: testId(1), messageId: testId(2), agentId: 'nunba', toolName: 'move_files' },
  arguments: { moves: [] },
  deed: { kind: 'change-files', folder: '/in', changes: all },
  approval: { kind: 'given', scope: 'once', by: 'person' },
});

/** The process ends in the middle of the step after `whole`. */
async function killed(open: TestHands, callId: string, all: readonly FileChange[], whole: number): Promise<void> {
  void open.hands.gate.journal.perform(deedOf(callId, all), async (notes) => {
    for (const [index, change] of all.entries()) {
      if (change.kind !== 'move' && change.kind !== 'make-folder') throw new Error('not of this test');
      await notes.act(change, () => (index < whole ? Promise.resolve() : new Promise(() => undefined)));
    }
    return { outcome: { kind: 'done', value: '' } };
  });
  await open.clock.advance(0);
}

const leftOf = async (open: TestHands) => {
  const rest = await open.hands.records.restOf('c1');
  return rest === null
    ? null
    : rest.changes.flatMap((change) => (change.kind === 'move' ? [change.from] : [change.kind]));
};

test.each([
  ['not-done', ['/in/2', '/in/3']],
  ['done', ['/in/3']],
  ['unknown', null],
] as const)('a step that ended in its middle is found %s: what is left is %j', async (settled, left) => {
  const before = await openTestHands();
  await killed(before, 'c1', changes, 2);
  const after = await openTestHands({ storage: before.storage, settle: () => settled });
  expect(await leftOf(after)).toEqual(left);
});

test('what carried it on counts, and what was taken back does not', async () => {
  const first = await openTestHands();
  await killed(first, 'c1', changes, 2);
  const second = await openTestHands({ storage: first.storage, settle: () => 'not-done' });
  expect(await leftOf(second)).toEqual(['/in/2', '/in/3']);
  await killed(second, 'c2', [move(2), move(3)], 1);
  const third = await openTestHands({ storage: first.storage, settle: () => 'not-done' });
  expect(await leftOf(third)).toEqual(['/in/3']);
  expect((await third.hands.records.restOf('c1'))?.done).toEqual([
    'made the folder /out',
    'moved /in/1 to /out/1',
    'moved /in/2 to /out/2',
  ]);
  await third.hands.handlers.calls['hands.undo']({ callId: 'c1' });
  expect(await leftOf(third)).toEqual(['make-folder', '/in/1', '/in/3']);
});

test('nothing is left of what is done, and of what changes no files it is not told', async () => {
  const open = await openTestHands();
  const { journal } = open.hands.gate;
  const command = { kind: 'run-command', command: 'ls', folder: '/' } as const;
  await journal.perform({ ...deedOf('c1', []), deed: command }, async () => ({ outcome: { kind: 'done', value: '' } }));
  expect([await open.hands.records.restOf('c1'), await open.hands.records.restOf('c9')]).toEqual([null, null]);
});
