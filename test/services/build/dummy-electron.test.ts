import fs from 'node:fs';
import path from 'node:path';
import { FuseState, FuseV1Options, flipFuses, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from 'vitest';
import { loadResEdit } from '../../../build/packaging/builder-libraries.ts';
import { writeDummyElectron } from '../../../build/packaging/dummy-electron.ts';
import { fuses } from '../../../build/packaging/fuses.ts';
import { tempFolder } from '../../builders/temp-folder.ts';

const root = path.join(import.meta.dirname, '../../..');

test.each([
  ['linux', 'electron'],
  ['win', 'electron.exe'],
  ['mac', 'Electron.app'],
] as const)('the dummy for %s has every fuse the other way round until they are set', async (system, program) => {
  const folder = tempFolder();
  writeDummyElectron(root, system, folder);
  const file = path.join(folder, program);
  const options = Object.values(FuseV1Options).filter((option) => typeof option === 'number');
  const states = async (): Promise<readonly boolean[]> => {
    const wire = await getCurrentFuseWire(file);
    return options.map((option) => wire[option] === FuseState.ENABLE);
  };
  expect(await states()).toEqual(options.map((option) => !fuses[option]));
  await flipFuses(file, fuses);
  expect(await states()).toEqual(options.map((option) => fuses[option]));
});

test('the dummy for Windows is a program that resources can be read from', () => {
  const folder = tempFolder();
  writeDummyElectron(root, 'win', folder);
  const { NtExecutable, NtExecutableResource } = loadResEdit(root);
  const program = NtExecutable.from(fs.readFileSync(path.join(folder, 'electron.exe')));
  expect(NtExecutableResource.from(program).entries.length).toBeGreaterThan(0);
});
