import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { FileEffects } from '../../../node-core/agents/files/undo/effect-keeper.ts';
import { UndoStore } from '../../../node-core/agents/files/undo/undo-store.ts';
import type { Effect } from '../../../node-core/protocol/hands/effect.ts';
import { treeOf } from '../../builders/file-tree.ts';
import { tempFolder, writeFiles } from '../../builders/temp-folder.ts';
import { createFakeClock } from '../../doubles/clock.ts';

const child = path.resolve(import.meta.dirname, '../../builders/crash-hands.ts');

const deeds = [
  ['write_file', { path: 'notes.md', find: 'old', replace: 'new' }],
  ['write_file', { path: 'made/here/a.txt', content: 'fresh' }],
  [
    'move_files',
    {
      moves: [
        { from: 'a', to: 'b' },
        { from: 'b', to: 'a' },
        { from: 'c', to: 'sorted/c' },
        { from: 'inner', to: 'sorted/inner' },
      ],
    },
  ],
  ['remove_files', { paths: ['gone.txt', 'sorted/inner/deep.txt'] }],
] as const;

const start = {
  'picked/notes.md': 'the old text',
  'picked/a': 'content a',
  'picked/b': 'content b',
  'picked/c': 'content c',
  'picked/inner/deep.txt': 'deep',
  'picked/gone.txt': 'gone',
};

/** Does the deeds in a process that dies at one step; resolves with what it said, or `killed`. */
async function runChild(folder: string, crashAt: string, when: string): Promise<string> {
  writeFiles(folder, start);
  const running = spawn(process.execPath, [child, folder, crashAt, when, JSON.stringify(deeds)]);
  const [said, errors, signal] = await Promise.all([
    text(running.stdout),
    text(running.stderr),
    new Promise((resolve) => running.on('close', (_, by) => resolve(by))),
  ]);
  if (signal === 'SIGKILL') return 'killed';
  if (said === '') throw new Error(errors);
  return said.trim();
}

/** What the journal holds: effects that ended, and one that did not. */
function readJournal(folder: string): { readonly done: readonly Effect[]; readonly open: Effect | null } {
  const file = path.join(folder, 'journal');
  const lines = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim().split('\n') : [];
  const begun: Effect[] = [];
  let ended = 0;
  for (const line of lines.filter((each) => each !== '')) {
    const entry = JSON.parse(line) as { readonly begun?: Effect };
    if (entry.begun) begun.push(entry.begun);
    else ended += 1;
  }
  return { done: begun.slice(0, ended), open: begun[ended] ?? null };
}

/** What the writes of the deeds write, by its hash. */
const written = new Map(['the new text', 'fresh'].map((each) => [hashOf(each), each]));

/** The tree as it has to be after effects, by their meaning alone. */
function treeAfter(folder: string, before: Readonly<Record<string, string>>, effects: readonly Effect[]) {
  const tree = new Map(Object.entries(before));
  const name = (file: string): string => path.relative(path.join(folder, 'picked'), file);
  for (const effect of effects) {
    if (effect.kind === 'write-file') tree.set(name(effect.path), written.get(effect.afterSha256) ?? 'unknown');
    if (effect.kind === 'make-folder') tree.set(name(effect.path), 'folder');
    if (effect.kind === 'remove-file') tree.delete(name(effect.path));
    if (effect.kind === 'move') moveIn(tree, name(effect.from), name(effect.to));
  }
  return Object.fromEntries(tree);
}

function moveIn(tree: Map<string, string>, from: string, to: string): void {
  for (const [key, content] of [...tree]) {
    if (key !== from && !key.startsWith(`${from}/`)) continue;
    tree.delete(key);
    tree.set(to + key.slice(from.length), content);
  }
}

function hashOf(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}

test('a process that is killed at any of many steps leaves each file before or after, and all of it can be taken back', async () => {
  const whole = tempFolder();
  const steps = Number(await runChild(whole, 'none', 'before'));
  expect(steps).toBeGreaterThan(60);
  const points = Array.from({ length: 36 }, (_, index) => Math.floor((index * steps) / 36));
  let unsettled = 0;
  for (const [index, point] of points.entries()) {
    const folder = tempFolder();
    expect(await runChild(folder, String(point), index % 2 === 0 ? 'before' : 'after')).toBe('killed');
    const picked = path.join(folder, 'picked');
    const before = Object.fromEntries(Object.entries(start).map(([name, content]) => [name.slice(7), content]));
    const { done, open } = readJournal(folder);
    const keeper = new FileEffects(
      new UndoStore({ folder: path.join(folder, 'data/undo'), clock: createFakeClock(0) }),
    );
    const settled = open && (await keeper.settle(open));
    if (open) unsettled += 1;
    expect(settled).not.toBe('unknown');
    const happened = open && settled === 'done' ? [...done, open] : done;

    expect(treeOf(picked)).toEqual(treeAfter(folder, { ...before, inner: 'folder' }, happened));
    for (const effect of happened.toReversed()) expect(await keeper.undo(effect)).toEqual({ kind: 'undone' });
    expect(treeOf(picked)).toEqual({ ...before, inner: 'folder' });
  }
  expect(unsettled).toBeGreaterThan(10);
}, 240_000);
