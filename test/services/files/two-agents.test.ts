import fs from 'node:fs';
import { expect, test } from 'vitest';
import { PathLocks } from '../../../node-core/agents/files/disk/path-locks.ts';
import { performSteps } from '../../../node-core/agents/files/tools/perform-steps.ts';
import type { EffectNotes } from '../../../node-core/agents/tools/tool.ts';
import type { Effect } from '../../../node-core/protocol/hands/effect.ts';
import type { JsonValue } from '../../../node-core/protocol/json-value.ts';
import { failingFiles } from '../../builders/failing-files.ts';
import { fileHands, noteEffects } from '../../builders/file-hands.ts';
import { writeFiles } from '../../builders/temp-folder.ts';

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

/**
 * Files whose first change of a name waits until another one is about to begin, or, where that waits for this one, has had
 * time to: so both have looked before either changes.
 */
function meeting() {
  const begun = Promise.withResolvers<void>();
  const second = Promise.withResolvers<void>();
  let changes = 0;
  let acts = 0;
  const meet = async (): Promise<void> => {
    changes += 1;
    if (changes > 1) return second.resolve();
    await begun.promise;
    await Promise.race([second.promise, turns(10_000)]);
  };
  const isOwn = (file: unknown): boolean => String(file).includes('picked');
  const files = failingFiles(() => undefined);
  const met = new Proxy(files, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if ((name !== 'rename' && name !== 'unlink') || typeof value !== 'function') return value;
      return async (...args: readonly unknown[]) => {
        if (isOwn(args[0])) await meet();
        return value(...args);
      };
    },
  });
  const noted = noteEffects();
  const notes: EffectNotes & { readonly done: readonly Effect[] } = {
    done: noted.done,
    act: (effect, act) => {
      acts += 1;
      if (acts === 2) begun.resolve();
      return noted.act(effect, act);
    },
  };
  return { files: met, notes };
}

const ended = async (work: Promise<JsonValue>): Promise<string> =>
  work.then(() => 'done').catch((error) => error.message);

test('of two agents that were allowed to rewrite the same text, one does and the other is told; nothing is lost', async () => {
  const { files, notes } = meeting();
  const { at, planDeed, text, keeper } = fileHands({ files });
  writeFiles(at('picked'), { 'a.txt': 'old' });
  const [one, other] = [
    await planDeed('write_file', { path: 'a.txt', content: 'one' }),
    await planDeed('write_file', { path: 'a.txt', content: 'other' }),
  ];
  const ends = await Promise.all([ended(one.run(notes)), ended(other.run(notes))]);
  expect(ends.sort()).toEqual([expect.stringContaining('“a.txt” was changed just now'), 'done'].sort());
  expect(notes.done).toHaveLength(1);
  expect(['one', 'other']).toContain(text('picked/a.txt'));
  for (const effect of notes.done) expect(await keeper.undo(effect)).toEqual({ kind: 'undone' });
  expect(text('picked/a.txt')).toBe('old');
});

test('a file is not removed in the moment in which another agent writes it', async () => {
  const { files, notes } = meeting();
  const { at, planDeed } = fileHands({ files });
  writeFiles(at('picked'), { 'a.txt': 'old' });
  const writing = await planDeed('write_file', { path: 'a.txt', content: 'new' });
  const removing = await planDeed('remove_files', { paths: ['a.txt'] });
  const ends = await Promise.all([ended(writing.run(notes)), ended(removing.run(notes))]);
  const isThere = fs.existsSync(at('picked/a.txt'));
  expect(ends.filter((end) => end === 'done')).toHaveLength(1);
  expect(isThere ? fs.readFileSync(at('picked/a.txt'), 'utf8') : null).toBe(ends[0] === 'done' ? 'new' : null);
});

test('who is stopped while it waits for another at the same file does nothing when its turn comes', async () => {
  const locks = new PathLocks();
  const effect: Effect = { kind: 'make-folder', path: '/a' };
  const first = Promise.withResolvers<void>();
  const stop = new AbortController();
  const acts: string[] = [];
  const act = async (): Promise<void> => void acts.push('made');
  const holding = locks.run(effect, () => first.promise);
  const waiting = performSteps(
    [{ label: 'made a', prepare: async () => ({ effect, act }) }],
    noteEffects(),
    stop,
    locks,
  );
  await turns(5);
  stop.abort(new Error('stopped'));
  first.resolve();
  await holding;
  await expect(waiting).rejects.toThrow('stopped');
  expect(acts).toEqual([]);
});

test('what is at other places waits for nobody, and a failure lets the next one on', async () => {
  const locks = new PathLocks();
  const move = (from: string, to: string): Effect => ({ kind: 'move', from, to });
  const first = Promise.withResolvers<void>();
  const order: string[] = [];
  const said = (word: string) => async () => void order.push(word);
  const running = [
    locks.run(move('/a', '/b'), async () => {
      await first.promise;
      order.push('a to b');
      throw new Error('refused');
    }),
    locks.run(move('/b', '/c'), said('b to c')),
    locks.run({ kind: 'make-folder', path: '/c' }, said('c')),
    locks.run({ kind: 'make-folder', path: '/d' }, said('d')),
    locks.run({ kind: 'outside', what: 'x' }, said('outside')),
  ];
  const ends = Promise.allSettled(running);
  await Promise.all(running.slice(3));
  expect(order.sort()).toEqual(['d', 'outside']);
  first.resolve();
  expect((await ends).map(({ status }) => status)).toEqual([
    'rejected',
    ...Array.from({ length: 4 }, () => 'fulfilled'),
  ]);
  expect(order.slice(2)).toEqual(['a to b', 'b to c', 'c']);
});
