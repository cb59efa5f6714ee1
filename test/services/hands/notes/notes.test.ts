import { describe, expect, test } from 'vitest';
import { createNotes, type Notes } from '../../../../node-core/agents/notes/create-notes.ts';
import { createNotesTool } from '../../../../node-core/agents/notes/notes-tool.ts';
import { ToolRefusal } from '../../../../node-core/agents/tools/tool.ts';
import type { SubscriptionItem } from '../../../../node-core/api/contract.ts';
import { failureOf } from '../../../../node-core/api/failures.ts';
import { noteLimits } from '../../../../node-core/api/notes-views.ts';

import { toolContext } from '../../../builders/deed-tool.ts';
import { createIds } from '../../../builders/ids.ts';
import { testStorage } from '../../../builders/models.ts';
import { readWith } from '../../../builders/tool.ts';
import { createFakeClock, type FakeClock } from '../../../doubles/clock.ts';

const dayMs = 86_400_000;

interface Opened {
  readonly notes: Notes;
  readonly clock: FakeClock;
  /** Uses the tool as the agent `nunba`. */
  ask(question: object): Promise<unknown>;
}

const open = async (): Promise<Opened> => {
  const clock = createFakeClock(1_000_000);
  const storage = await testStorage();
  const notes = await createNotes({ storage, clock, ids: createIds() });
  const tool = createNotesTool(notes);
  return { notes, clock, ask: async (question) => (await readWith(tool, question, toolContext())).value };
};

const failureFrom = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => failureOf(error),
  );

describe('the person', () => {
  test('creates, changes and reads; each version before is kept', async () => {
    const { notes, clock } = await open();
    const first = await notes.create({ title: 'Move', text: '- [ ] van' }, null);
    expect(first).toMatchObject({ title: 'Move', revision: 1, writtenBy: null, updatedAt: 1_000_000, versions: [] });
    await clock.advance(5000);
    const second = await notes.save(first, { title: 'Moving', text: '- [x] van' }, null);
    expect(second).toMatchObject({ title: 'Moving', revision: 2, updatedAt: 1_005_000 });
    expect(second.versions).toEqual([
      { revision: 1, title: 'Move', text: '- [ ] van', writtenBy: null, at: 1_000_000 },
    ]);
    expect(await notes.save(second, { title: 'Moving', text: '- [x] van' }, null)).toMatchObject({ revision: 2 });
  });

  test('is told when somebody else was faster', async () => {
    const { notes } = await open();
    const note = await notes.create({ title: 'A', text: 'mine' }, null);
    await notes.save(note, { title: 'A', text: 'the agent’s' }, 'nunba');
    expect(await failureFrom(notes.save(note, { title: 'A', text: 'mine too' }, null))).toEqual({
      kind: 'conflict',
      what: 'note',
    });
    expect((await notes.read(note.id)).text).toBe('the agent’s');
  });

  test('finds by words of title and text', async () => {
    const { notes } = await open();
    await notes.create({ title: 'Shopping', text: 'Milk and Käse' }, null);
    await notes.create({ title: 'Boat', text: 'Paint it blue' }, 'nunba');
    const titles = async (query: string) => (await notes.list(query)).map(({ title }) => title);
    expect(await titles('')).toEqual(['Shopping', 'Boat']);
    expect(await titles('KÄSE milk')).toEqual(['Shopping']);
    expect(await titles('boat blue')).toEqual(['Boat']);
    expect(await titles('milk blue')).toEqual([]);
  });

  test('removes and brings back, for 30 days', async () => {
    const { notes, clock } = await open();
    const { id } = await notes.create({ title: 'A', text: 'x' }, null);
    const calls = notes.handlers.calls;
    await calls['notes.delete']({ id });
    expect(await failureFrom(notes.read(id))).toEqual({ kind: 'not-found', what: 'note' });
    expect(await notes.list('')).toMatchObject([{ id, deletedAt: 1_000_000 }]);
    expect(await calls['notes.restore']({ id })).toMatchObject({ text: 'x' });
    await calls['notes.delete']({ id });
    await clock.advance(31 * dayMs);
    expect(await failureFrom(Promise.resolve(calls['notes.delete']({ id })))).toEqual({
      kind: 'not-found',
      what: 'note',
    });
  });

  test('is told of every change, by whomever', async () => {
    const { notes, ask } = await open();
    const seen: SubscriptionItem<'notes.watch'>[] = [];
    const sink = { next: (item: SubscriptionItem<'notes.watch'>) => void seen.push(item) };
    const end = await notes.handlers.subscriptions['notes.watch']({ query: 'boat' }, sink);
    await ask({ action: 'write', title: 'Boat', text: '- [ ] paint' });
    await ask({ action: 'write', title: 'House', text: 'x' });
    end();
    await ask({ action: 'remove', title: 'Boat' });
    expect(seen.map((item) => item.notes.map(({ title }) => title))).toEqual([[], ['Boat'], ['Boat']]);
    expect(seen.at(-1)?.notes[0]).toMatchObject({ writtenBy: 'nunba', boxCount: 1, doneCount: 0, excerpt: 'paint' });
  });
});

test('what was removed long ago is forgotten at the next start', async () => {
  const clock = createFakeClock(1_000_000);
  const storage = await testStorage();
  const options = { storage, clock, ids: createIds() };
  const notes = await createNotes(options);
  const { id } = await notes.create({ title: 'A', text: 'x' }, null);
  await notes.save({ id, revision: 1 }, { title: 'A', text: 'y' }, null);
  await notes.remove(id);
  await clock.advance(29 * dayMs);
  expect(await (await createNotes(options)).list('')).toHaveLength(1);
  await clock.advance(2 * dayMs);
  expect(await (await createNotes(options)).list('')).toEqual([]);
  expect(await storage.db.selectFrom('note_versions').selectAll().execute()).toEqual([]);
});

test('twenty versions are kept, the newest', async () => {
  const { notes } = await open();
  let note = await notes.create({ title: 'A', text: '0' }, null);
  for (let count = 1; count <= 25; count += 1) note = await notes.save(note, { title: 'A', text: String(count) }, null);
  expect(note.versions.map(({ text }) => text)).toEqual(Array.from({ length: 20 }, (_, index) => String(24 - index)));
});

test('there are at most 500', async () => {
  const { notes, ask } = await open();
  for (let count = 0; count < noteLimits.notes; count += 1) await notes.create({ title: `${count}`, text: '' }, null);
  expect(await failureFrom(notes.create({ title: 'one more', text: '' }, null))).toMatchObject({ kind: 'too-many' });
  await expect(ask({ action: 'write', title: 'one more', text: '' })).rejects.toThrow(ToolRefusal);
});

describe('an agent', () => {
  test('writes, appends, ticks, reads and lists; what stood there is kept', async () => {
    const { notes, ask } = await open();
    expect(await ask({ action: 'write', title: 'Trip', text: '- [ ] tickets' })).toEqual({ created: 'Trip' });
    expect(await ask({ action: 'append', title: 'trip', text: '- [ ] passport' })).toMatchObject({ saved: 'Trip' });
    expect(await ask({ action: 'check', title: 'Trip', item: 'Passport' })).toEqual({ item: 'passport', done: true });
    expect(await ask({ action: 'read', title: 'Trip' })).toEqual({
      title: 'Trip',
      text: '- [ ] tickets\n- [x] passport',
    });
    expect(await ask({ action: 'list' })).toMatchObject({ notes: [{ title: 'Trip', done: '1 of 2' }] });
    expect(await ask({ action: 'list', query: 'visa' })).toEqual({ notes: [] });
    const [summary] = await notes.list('');
    const note = await notes.read(summary?.id ?? '');
    expect(note.versions.map(({ text, writtenBy }) => [text, writtenBy])).toEqual([
      ['- [ ] tickets\n- [ ] passport', 'nunba'],
      ['- [ ] tickets', 'nunba'],
    ]);
  });

  test('adds to a note of nothing but line breaks without holding the program up', async () => {
    const { ask } = await open();
    await ask({ action: 'write', title: 'Long', text: `${'\n'.repeat(49_000)}x\n\n` });
    const startedAt = performance.now();
    await ask({ action: 'append', title: 'Long', text: 'y' });
    expect(performance.now() - startedAt).toBeLessThan(1_500);
    await ask({ action: 'write', title: 'Short', text: 'x\n\n' });
    await ask({ action: 'append', title: 'Short', text: 'y' });
    expect(await ask({ action: 'read', title: 'Short' })).toEqual({ title: 'Short', text: 'x\ny' });
  });

  test('what it removes can be brought back by the person, and is not seen by it', async () => {
    const { notes, ask } = await open();
    await ask({ action: 'write', title: 'Trip', text: 'x' });
    expect(await ask({ action: 'remove', title: 'Trip' })).toMatchObject({ removed: 'Trip' });
    expect(await ask({ action: 'list' })).toEqual({ notes: [] });
    await expect(ask({ action: 'read', title: 'Trip' })).rejects.toThrow('no note called');
    const [summary] = await notes.list('');
    expect(await notes.handlers.calls['notes.restore']({ id: summary?.id ?? '' })).toMatchObject({ title: 'Trip' });
  });

  test.each([
    [{ action: 'read' }, '`title` is needed'],
    [{ action: 'read', title: 'none' }, 'no note called'],
    [{ action: 'write', title: 'A' }, '`text` is needed'],
    [{ action: 'write', text: 'A' }, '`title` is needed'],
    [{ action: 'check', title: 'List' }, '`item` is needed'],
    [{ action: 'check', title: 'List', item: 'zebra' }, 'no line'],
    [{ action: 'check', title: 'List', item: 'book' }, 'Several lines'],
    [{ action: 'write', title: 'A', text: 'x'.repeat(noteLimits.textChars + 1) }, 'arguments are wrong'],
    [{ action: 'append', title: 'List', text: 'x'.repeat(noteLimits.textChars) }, 'at most 50,000'],
    [{ action: 'burn', title: 'A' }, 'arguments are wrong'],
  ])('is told what is wrong with %j', async (question, reason) => {
    const { ask } = await open();
    await ask({ action: 'write', title: 'List', text: '- [ ] book a\n- [ ] book b' });
    await expect(ask(question)).rejects.toThrow(reason);
  });
});
