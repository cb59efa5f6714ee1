import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { failureOf } from '../../../node-core/api/failures.ts';
import { prepareDataFolder } from '../../../node-core/platform/data-folder.ts';
import { defaultDataFolder } from '../../../node-core/platform/documents-folder.ts';
import { tempFolder } from '../../builders/temp-folder.ts';

const refusalOf = (folder: string): unknown => {
  try {
    prepareDataFolder(folder);
    return null;
  } catch (error) {
    return failureOf(error);
  }
};
const put = (folder: string, name: string): void => {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, 'theirs');
};
const listing = (folder: string): unknown => fs.readdirSync(folder, { recursive: true }).sort();

describe('preparing a data folder', () => {
  test('a missing one is made, for its owner alone', () => {
    const folder = path.join(tempFolder(), 'a', 'b');
    prepareDataFolder(folder);
    if (process.platform !== 'win32') expect(fs.statSync(folder).mode & 0o777).toBe(0o700);
  });

  test.each(['.env', '.DS_Store', 'backups/one.db', 'identity/secrets/x'])('one with %s is taken', (file) => {
    const folder = tempFolder();
    put(folder, file);
    expect(refusalOf(folder)).toBeNull();
  });

  test('one that has a database is taken, whatever else is in it', () => {
    const folder = tempFolder();
    for (const file of ['nunba.db', 'notes.txt']) put(folder, file);
    expect(refusalOf(folder)).toBeNull();
  });

  test.each([
    ['hevolve_database.db', /Python Nunba/],
    ['agent_data/agent.json', /Python Nunba/],
    ['letters/to-mother.txt', /other files \(letters\)/],
  ])('one with %s is refused and left as it was', (file, reason) => {
    const folder = tempFolder();
    put(folder, file);
    fs.chmodSync(folder, 0o755);
    const before = listing(folder);
    expect(refusalOf(folder)).toMatchObject({ kind: 'folder-foreign', reason: expect.stringMatching(reason) });
    expect(listing(folder)).toEqual(before);
    if (process.platform !== 'win32') expect(fs.statSync(folder).mode & 0o777).toBe(0o755);
  });

  test('a file is no folder', () => {
    const file = path.join(tempFolder(), 'file');
    fs.writeFileSync(file, 'text');
    expect(refusalOf(file)).toMatchObject({ kind: 'folder-foreign', reason: 'it is a file' });
  });

  test('one that cannot be made says why', () => {
    const file = path.join(tempFolder(), 'file');
    fs.writeFileSync(file, 'text');
    expect(refusalOf(path.join(file, 'below'))).toMatchObject({
      kind: 'folder-unwritable',
      reason: 'a part of the path is a file',
    });
  });
});

describe('the default data folder', () => {
  const facts = { platform: 'linux', home: '/home/me', environment: {}, readText: () => null } as const;
  const below = (documents: string): string => path.join(documents, 'Nunba', 'data');
  const userDirs = (value: string) => ({
    ...facts,
    readText: (file: string) => (file === '/home/me/.config/user-dirs.dirs' ? `XDG_DOCUMENTS_DIR="${value}"\n` : null),
  });

  test.each([
    ['nothing said', facts, '/home/me/Documents'],
    ['the environment', { ...facts, environment: { XDG_DOCUMENTS_DIR: '/docs' } }, '/docs'],
    ['the desktop', userDirs('$HOME/Dokumente'), '/home/me/Dokumente'],
    ['an absolute one', userDirs('/mnt/docs'), '/mnt/docs'],
    ['none at all, which means the home', userDirs('$HOME/'), '/home/me/Documents'],
    ['a relative one, which means nothing', userDirs('docs'), '/home/me/Documents'],
    ['macOS, which has no such file', { ...userDirs('/docs'), platform: 'darwin' }, '/home/me/Documents'],
  ] as const)('%s', (_name, given, documents) => {
    expect(defaultDataFolder(given)).toBe(below(documents));
  });
});
