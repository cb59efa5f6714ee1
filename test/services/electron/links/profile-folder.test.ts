import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { linkProgram } from '../../../../electron/links/link-scheme.ts';
import { type ProfileFacts, profileFolder } from '../../../../electron/links/profile-folder.ts';
import { tempFolder } from '../../../builders/temp-folder.ts';

const userData = path.resolve('/config/Nunba');

function facts(part: Partial<ProfileFacts> = {}): ProfileFacts {
  const usual = path.resolve('/home/anna/Documents/Nunba/data');
  const realPath = (folder: string) => fs.realpathSync.native(folder);
  return { isFolderGiven: false, userData, dataFolder: usual, defaultDataFolder: usual, realPath, ...part };
}

test('the usual data folder keeps what Electron chooses', () => {
  expect(profileFolder(facts())).toEqual({ kind: 'usual' });
});

test('a profile that the person names is left as it is', () => {
  expect(profileFolder(facts({ isFolderGiven: true, dataFolder: '/other' }))).toEqual({ kind: 'given' });
});

test('every other data folder has a profile of its own, the same each time', () => {
  const one = profileFolder(facts({ dataFolder: path.resolve('/data/one') }));
  const two = profileFolder(facts({ dataFolder: path.resolve('/data/two') }));
  expect(one).toMatchObject({ kind: 'other', folder: expect.stringMatching(/Nunba[\\/]profiles[\\/][0-9a-f]{16}$/) });
  expect(two.kind).toBe('other');
  expect(one).not.toEqual(two);
  expect(profileFolder(facts({ dataFolder: path.resolve('/data/one') }))).toEqual(one);
});

test('one folder is one profile, by whatever name it is reached, also before it is there', () => {
  const folder = tempFolder();
  fs.mkdirSync(path.join(folder, 'real'));
  fs.symlinkSync(path.join(folder, 'real'), path.join(folder, 'link'), 'junction');
  const by = (name: string) => profileFolder(facts({ dataFolder: path.join(folder, name, 'data') }));
  expect(by('link')).toEqual(by('real'));
  const made = by('real');
  fs.mkdirSync(path.join(folder, 'real', 'data'));
  expect(by('link')).toEqual(made);
  const defaultDataFolder = path.join(folder, 'link', 'data');
  const dataFolder = path.join(folder, 'real', 'data');
  expect(profileFolder(facts({ dataFolder, defaultDataFolder }))).toEqual({ kind: 'usual' });
});

test('links open the usual data folder only, and no switch can follow them', () => {
  const program = (kind: 'usual' | 'given', isPackaged: boolean) =>
    linkProgram({ kind }, isPackaged, '/opt/nunba', '/checkout');
  expect(program('usual', true)).toEqual({ file: '/opt/nunba', args: ['--'] });
  expect(program('usual', false)).toEqual({ file: '/opt/nunba', args: ['/checkout', '--'] });
  expect(program('given', true)).toBeNull();
});
