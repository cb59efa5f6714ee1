import fs from 'node:fs';
import nodeFiles from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { Reach } from '../../../node-core/agents/files/reach/reach.ts';
import { tempFolder, writeFiles } from '../../builders/temp-folder.ts';

/** A tree with a picked folder, what lies beside it, and Nunba's own data in the midst of it. */
function tree() {
  const folder = tempFolder();
  writeFiles(folder, {
    'picked/a.txt': 'a',
    'picked/inner/b.txt': 'b',
    'picked/inner/.env': 'KEY=1',
    'picked/.ssh/id_rsa': 'key',
    'picked/Nunba/data/nunba.db': 'x',
    'beside/secret.txt': 'secret',
  });
  const at = (name: string): string => path.join(folder, name);
  const link = (to: string, from: string): void => fs.symlinkSync(to, at(from));
  link(at('beside'), 'picked/out');
  link('../beside/secret.txt', 'picked/out.txt');
  link(at('beside/new.txt'), 'picked/dangling');
  link('inner', 'picked/in');
  link('round', 'picked/round');
  link(at('picked/Nunba/data'), 'picked/own');
  link('.ssh', 'picked/keys');
  link(at('picked'), 'beside/back');
  return { at, reach: reachOf(at, ['picked']) };
}

const reachOf = (at: (name: string) => string, names: readonly string[]): Reach =>
  new Reach({
    roots: names.map((name) => ({ path: at(name), name: path.basename(name) })),
    dataFolder: at('picked/Nunba/data'),
    files: nodeFiles,
  });

test.each([
  ['a.txt', 'picked/a.txt'],
  ['inner/b.txt', 'picked/inner/b.txt'],
  ['in/b.txt', 'picked/inner/b.txt'],
  ['new/deep/c.txt', 'picked/new/deep/c.txt'],
  ['in/new.txt', 'picked/inner/new.txt'],
  ['Nunba', 'picked/Nunba'],
  ['Nunba/database', 'picked/Nunba/database'],
  ['../beside/back/a.txt', null],
  ['out', null],
  ['out/secret.txt', null],
  ['out/new.txt', null],
  ['out/back/a.txt', 'picked/a.txt'],
  ['out.txt', null],
  ['dangling', null],
  ['dangling/x', null],
  ['round', null],
  ['round/x', null],
  ['own', null],
  ['own/nunba.db', null],
  ['Nunba/data', null],
  ['Nunba/DATA/nunba.db', null],
  ['Nunba/data/new.txt', null],
  ['.ssh', null],
  ['.ssh/id_rsa', null],
  ['.ssh/new', null],
  ['keys/id_rsa', null],
  ['inner/.env', null],
  ['in/.env', null],
  ['a.txt/b', 'picked/a.txt/b'],
])('%j leads to %j', async (given, expected) => {
  const { at, reach } = tree();
  const found = await reach.find(given).catch((error: Error) => error);
  if (expected === null) expect(found).toMatchObject({ name: 'ToolRefusal' });
  else expect(found).toMatchObject({ path: at(expected) });
});

test('keys are in reach where their own folder was picked', async () => {
  const { at } = tree();
  const reach = reachOf(at, ['picked', 'picked/.ssh']);
  expect(await reach.find('.ssh/id_rsa')).toMatchObject({ root: { name: '.ssh' }, shown: '.ssh/id_rsa' });
  await expect(reach.find('picked/inner/.env')).rejects.toThrow('keys or passwords');
});

test('links and the picked folder itself are not changed', async () => {
  const { reach } = tree();
  await expect(reach.findToChange('in')).rejects.toThrow('is a link');
  await expect(reach.findToChange('dangling')).rejects.toThrow('is a link');
  await expect(reach.findToChange('.')).rejects.toThrow('stays as it is');
  expect(await reach.findToChange('in/b.txt')).toMatchObject({ shown: 'inner/b.txt' });
});

test('a folder that becomes a link after it was looked at is refused at the moment of the act', async () => {
  const { at, reach } = tree();
  const found = await reach.findToChange('inner/b.txt');
  fs.renameSync(at('picked/inner'), at('picked/moved'));
  fs.symlinkSync(at('beside'), at('picked/inner'));
  await expect(reach.requireSame(found)).rejects.toThrow('leads out');
  fs.rmSync(at('picked/inner'));
  fs.symlinkSync('moved', at('picked/inner'));
  await expect(reach.requireSame(found)).rejects.toThrow('leads elsewhere');
});

test('a picked folder that became a link or is gone is out of reach', async () => {
  const { at, reach } = tree();
  fs.renameSync(at('picked'), at('was'));
  await expect(reach.find('a.txt')).rejects.toThrow('cannot be reached');
  fs.symlinkSync(at('was'), at('picked'));
  await expect(reach.find('a.txt')).rejects.toThrow('cannot be reached');
});
