import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { NewDeed } from '../../../node-core/agents/hands/deed-journal.ts';
import { NothingDone } from '../../../node-core/agents/tools/tool.ts';
import { failureOf } from '../../../node-core/api/failures.ts';
import type { Effect } from '../../../node-core/protocol/hands/effect.ts';
import { openTestHands, type TestHands } from '../../builders/hands.ts';
import { testId } from '../../builders/ids.ts';

const move = (number: number): Effect => ({ kind: 'move', from: `/in/${number}`, to: `/out/${number}` });
const deed = (callId: string, changes: Partial<NewDeed> = {}): NewDeed => ({
  callId,
  conversationId: testId(1),
  messageId: testId(2),
  agentId: 'nunba',
  toolName: 'move_files',
  arguments: { moves: [] },
  deed: { kind: 'change-files', folder: '/in', changes: [] },
  approval: { kind: 'given', scope: 'once', by: 'person' },
  ...changes,
});
const done = { outcome: { kind: 'done' as const, value: 'moved' } };

/** Moves `count` files, with a look at the database in the middle of each. */
const moveFiles = (open: TestHands, callId: string, count: number, middle: (step: number) => Promise<void>) =>
  open.hands.gate.journal.perform(deed(callId), async (notes) => {
    for (let step = 0; step < count; step += 1) await notes.act(move(step), () => middle(step));
    return done;
  });

test('each step is in the database before it is done, and noted as done after it', async () => {
  const open = await openTestHands();
  const seen: string[] = [];
  const use = await moveFiles(open, 'c1', 3, async () => {
    const rows = await open.storage.db.selectFrom('deed_steps').select(['position', 'state']).execute();
    seen.push(rows.map(({ position, state }) => `${position} ${state}`).join(', '));
  });
  expect(seen).toEqual(['0 started', '0 done, 1 started', '0 done, 1 done, 2 started']);
  expect(use).toEqual({ ...done, canUndo: true });
  expect(await open.hands.records.endOf('c1')).toEqual({ outcome: done.outcome, canUndo: true });
});

test('a step that throws is looked at, and the deed ends with what it says', async () => {
  const open = await openTestHands({ settle: () => 'not-done' });
  const running = moveFiles(open, 'c1', 2, async (step) => {
    if (step === 1) throw new Error('the disk is gone');
  });
  await expect(running).rejects.toThrow('the disk is gone');
  const end = await open.hands.records.endOf('c1');
  expect(end?.outcome).toEqual({
    kind: 'failed',
    message:
      'It ended in the middle. Done: moved /in/0 to /out/0. What is not named here and comes after was not begun. Do not do again what is done.',
  });
  expect(end?.canUndo).toBe(true);
});

test('a step that says that nothing of it was begun is noted so, where nobody could look', async () => {
  const open = await openTestHands({ settle: () => 'unknown' });
  const page = { kind: 'outside', what: 'GET https://example.org/' } as const;
  const running = open.hands.gate.journal.perform(deed('c1'), async (notes) => {
    await notes.act(page, () => Promise.reject(new NothingDone('example.org refuses the connection.')));
    return done;
  });
  await expect(running).rejects.toThrow('refuses the connection');
  const past = await open.hands.handlers.calls['hands.past']({ before: null, count: 10 });
  expect(past.deeds).toMatchObject([{ callId: 'c1', doneCount: 0, end: 'not-done' }]);
});

test.each([
  ['done', 'Done: moved /in/0 to /out/0; moved /in/1 to /out/1.', 2],
  ['not-done', 'Done: moved /in/0 to /out/0.', 1],
  ['unknown', 'look before you do it again: moved /in/1 to /out/1.', 1],
] as const)('the program ended in the middle of a step that is found %s', async (settled, said, doneCount) => {
  const before = await openTestHands();
  // The process ends here: nobody ever hears of the second step again.
  void moveFiles(before, 'c1', 2, (step) => (step === 1 ? new Promise(() => undefined) : Promise.resolve()));
  await before.clock.advance(0);
  const after = await openTestHands({ storage: before.storage, settle: () => settled });
  const end = await after.hands.records.endOf('c1');
  expect(end?.outcome).toMatchObject({ kind: 'failed', message: expect.stringContaining(said) });
  // Asked again, it says the same, and nothing is looked at anew.
  const again = await openTestHands({ storage: before.storage, settle: () => 'not-done' });
  expect(await again.hands.records.endOf('c1')).toEqual(end);
  const past = await after.hands.handlers.calls['hands.past']({ before: null, count: 10 });
  expect(past.deeds).toMatchObject([{ callId: 'c1', doneCount, end: settled === 'unknown' ? 'unknown' : 'partly' }]);
});

test.each([
  ['all of it', 2, 'done'],
  ['a part of it', 3, 'failed'],
])('a deed of which %s had happened when the program ended is known to be so', async (_, planned, kind) => {
  const before = await openTestHands();
  const changes = Array.from({ length: planned }, (_change, number) => ({
    kind: 'move' as const,
    from: `/in/${number}`,
    to: `/out/${number}`,
  }));
  const whole = deed('c1', { deed: { kind: 'change-files', folder: '/in', changes } });
  // The process ends behind the second step, before the end of the deed is noted.
  void before.hands.gate.journal.perform(whole, async (notes) => {
    for (const step of [0, 1]) await notes.act(move(step), () => Promise.resolve());
    return new Promise<typeof done>(() => undefined);
  });
  await before.clock.advance(0);
  const after = await openTestHands({ storage: before.storage });
  expect(await after.hands.records.endOf('c1')).toMatchObject({ outcome: { kind }, canUndo: true });
});

test('what was begun for an answer is known in its order, and nothing of another answer', async () => {
  const open = await openTestHands();
  for (const [callId, messageId] of [
    ['b', testId(2)],
    ['a', testId(2)],
    ['c', testId(3)],
    ['d', null],
  ] as const) {
    await open.hands.gate.journal.perform(deed(callId, { messageId }), async () => done);
  }
  const begun = await open.hands.records.begunFor(testId(2));
  expect(begun.map(({ callId }) => callId)).toEqual(['b', 'a']);
});

test('who asks for the end of a deed that is at work waits a moment, and then is told how far it is', async () => {
  const open = await openTestHands();
  const step = Promise.withResolvers<void>();
  const running = moveFiles(open, 'c1', 1, () => step.promise);
  await open.clock.advance(0);
  const asked = open.hands.records.endOf('c1');
  await open.clock.advance(5_000);
  expect((await asked)?.outcome).toMatchObject({ kind: 'failed', message: expect.stringContaining('is not known') });
  step.resolve();
  await running;
  // The end that is known then is the one that counts.
  expect(await open.hands.records.endOf('c1')).toEqual({ outcome: done.outcome, canUndo: true });
});

test('is taken back last step first; what was changed since is left, named, and can be tried again', async () => {
  let isChanged = true;
  const open = await openTestHands({
    undo: (effect) =>
      isChanged && effect.kind === 'move' && effect.from === '/in/1'
        ? { kind: 'changed', path: effect.to }
        : { kind: 'undone' },
  });
  const told: unknown[] = [];
  open.hands.records.onUndone(async (undone) => void told.push(undone));
  await moveFiles(open, 'c1', 3, async () => undefined);
  const undo = () => open.hands.handlers.calls['hands.undo']({ callId: 'c1' });
  expect(await undo()).toEqual({
    undoneCount: 2,
    newer: [],
    left: [{ path: '/out/1', reason: 'it was changed since' }],
  });
  expect(open.undone).toEqual([move(2), move(1), move(0)]);
  isChanged = false;
  expect(await undo()).toEqual({ undoneCount: 1, newer: [], left: [] });
  expect(told).toEqual([
    { conversationId: testId(1), messageId: testId(2), callId: 'c1', undo: 'changed' },
    { conversationId: testId(1), messageId: testId(2), callId: 'c1', undo: 'undone' },
  ]);
  const third = await Promise.resolve(undo()).catch(failureOf);
  expect(third).toEqual({ kind: 'not-found', what: 'deed' });
});

test('is not taken back while it is at work', async () => {
  const open = await openTestHands();
  const step = Promise.withResolvers<void>();
  const running = moveFiles(open, 'c1', 1, () => step.promise);
  await open.clock.advance(0);
  const refused = await Promise.resolve(open.hands.handlers.calls['hands.undo']({ callId: 'c1' })).catch(failureOf);
  expect(refused).toEqual({ kind: 'deed-running' });
  step.resolve();
  await running;
});

test('nothing is done that cannot be noted', async () => {
  const open = await openTestHands();
  await moveFiles(open, 'c1', 1, async () => undefined);
  let runs = 0;
  // The same id twice cannot be told apart later, so the second is refused by the database.
  const second = open.hands.gate.journal.perform(deed('c1'), async () => {
    runs += 1;
    return done;
  });
  await expect(second).rejects.toThrow();
  expect(runs).toBe(0);
});

test('a page of what was done is cut at no moment in which several deeds were begun', async () => {
  const open = await openTestHands();
  for (const callId of ['c1', 'c2', 'c3']) {
    await open.hands.gate.journal.perform(deed(callId), async () => done);
    if (callId === 'c1') await open.clock.advance(5);
  }
  const page = async (before: number | null) =>
    (await open.hands.handlers.calls['hands.past']({ before, count: 1 })).deeds;
  const first = await page(null);
  expect(first.map(({ callId }) => callId)).toEqual(['c3', 'c2']);
  expect((await page(first.at(-1)?.at ?? 0)).map(({ callId }) => callId)).toEqual(['c1']);
});

test('what the last process was in the middle of, for no answer that is kept, can be taken back', async () => {
  const before = await openTestHands();
  const never = new Promise<undefined>(() => undefined);
  void before.hands.gate.journal.perform(deed('c1', { messageId: null }), async (notes) => {
    await notes.act(move(0), () => never);
    return done;
  });
  await before.clock.advance(0);
  const after = await openTestHands({ storage: before.storage, settle: () => 'done' });
  const past = await after.hands.handlers.calls['hands.past']({ before: null, count: 10 });
  expect(past.deeds).toMatchObject([{ doneCount: 1, end: 'partly', undo: 'possible' }]);
});

test('is taken back after the program ended in its middle, though nobody has asked for its end', async () => {
  const before = await openTestHands();
  void moveFiles(before, 'c1', 1, () => new Promise(() => undefined));
  await before.clock.advance(0);
  const after = await openTestHands({ storage: before.storage, settle: () => 'done' });
  expect(await after.hands.handlers.calls['hands.undo']({ callId: 'c1' })).toEqual({
    undoneCount: 1,
    newer: [],
    left: [],
  });
});

test('a step that was done but could not be noted is looked at before the deed ends', async () => {
  const open = await openTestHands({ settle: () => 'done' });
  await open.hands.gate.journal.perform(deed('c1'), async (notes) => {
    await notes.act(move(0), async () => undefined);
    // As a disk leaves it that was full for a moment.
    await open.storage.db.updateTable('deed_steps').set({ state: 'started' }).execute();
    return done;
  });
  expect(await open.hands.handlers.calls['hands.undo']({ callId: 'c1' })).toEqual({
    undoneCount: 1,
    newer: [],
    left: [],
  });
});

test('what was done is told as done though the disk was full when it was to be noted', async () => {
  const open = await openTestHands({ settle: () => 'done' });
  const { db } = open.storage;
  await sql`CREATE TRIGGER full BEFORE UPDATE ON deed_steps BEGIN SELECT RAISE(FAIL, 'full'); END`.execute(db);
  const use = await open.hands.gate.journal.perform(deed('c1'), async (notes) => {
    expect(await notes.act(move(0), async () => 'moved')).toBe('moved');
    await sql`DROP TRIGGER full`.execute(db);
    return done;
  });
  expect(use).toEqual({ ...done, canUndo: true });
});

test('arguments are forgotten after a week, deeds after half a year, while the node runs', async () => {
  const open = await openTestHands();
  await open.hands.gate.journal.perform(deed('c1'), async () => done);
  const kept = () => open.storage.db.selectFrom('deeds').select('arguments_json').execute();
  const dayMs = 24 * 60 * 60 * 1000;
  expect(await kept()).toEqual([{ arguments_json: '{"moves":[]}' }]);
  await open.clock.advance(8 * dayMs);
  expect(await kept()).toEqual([{ arguments_json: 'null' }]);
  const past = await open.hands.handlers.calls['hands.past']({ before: null, count: 1 });
  expect(past.deeds.map(({ callId }) => callId)).toEqual(['c1']);
  await open.clock.advance(180 * dayMs);
  expect(await kept()).toEqual([]);
});

test('is taken back once, however often that is asked at the same moment', async () => {
  const open = await openTestHands();
  await moveFiles(open, 'c1', 3, async () => undefined);
  const undo = () => Promise.resolve(open.hands.handlers.calls['hands.undo']({ callId: 'c1' })).catch(failureOf);
  expect(await Promise.all([undo(), undo()])).toEqual([
    { undoneCount: 3, newer: [], left: [] },
    { kind: 'not-found', what: 'deed' },
  ]);
  expect(open.undone).toEqual([move(2), move(1), move(0)]);
});

test('what was allowed to an agent or in a conversation that is gone for good is forgotten', async () => {
  const { storage } = await openTestHands();
  const grant = { tool_name: 'fetch_page', subject_json: '{"kind":"host","host":"a.example"}', given_at: 1 };
  await storage.db
    .insertInto('grants')
    .values([
      { id: testId(1), agent_id: 'own-gone', conversation_id: null, ...grant },
      { id: testId(2), agent_id: 'nunba', conversation_id: testId(9), ...grant },
      { id: testId(3), agent_id: 'nunba', conversation_id: null, ...grant },
    ])
    .execute();
  const after = await openTestHands({ storage });
  expect(after.view().grants.map(({ id }) => id)).toEqual([testId(3)]);
});
