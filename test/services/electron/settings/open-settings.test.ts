import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { expect, test, vi } from 'vitest';
import { openSettings } from '../../../../electron/settings/open-settings.ts';
import { defaultShellSettings } from '../../../../electron/settings/settings-schema.ts';
import { failureOf } from '../../../../node-core/api/failures.ts';
import { tempFolder, writeFiles } from '../../../builders/temp-folder.ts';

const now = Date.parse('2026-03-04T05:06:07.089Z');
const sample = (version: number): string =>
  fs.readFileSync(path.join(import.meta.dirname, 'samples', `v${version}.json`), 'utf8');
const read = (folder: string, name = 'settings.json'): unknown =>
  JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));

test('a first start writes nothing; a change is there at the next start', () => {
  const folder = path.join(tempFolder(), 'not-yet');
  const { settings, notices } = openSettings(folder, now);
  expect([settings.get(), notices, fs.existsSync(folder)]).toEqual([defaultShellSettings, [], false]);
  settings.update({ closeToTray: true, theme: undefined });
  expect(read(folder)).toEqual({ ...defaultShellSettings, closeToTray: true });
  expect(openSettings(folder, now).settings.get()).toEqual({ ...defaultShellSettings, closeToTray: true });
});

test('only the person may read the file', () => {
  const folder = tempFolder();
  openSettings(folder, now).settings.update({ startHidden: true });
  const { mode } = fs.statSync(path.join(folder, 'settings.json'));
  expect(process.platform === 'win32' ? 0o600 : mode & 0o777).toBe(0o600);
});

test('an older file is upgraded where it stands', () => {
  const folder = tempFolder();
  writeFiles(folder, { 'settings.json': sample(1) });
  const { settings, notices } = openSettings(folder, now);
  expect(settings.get()).toMatchObject({ closeToTray: true, theme: 'dark' });
  expect([read(folder), notices]).toEqual([settings.get(), []]);
});

test.each([
  ['settings-damaged', '{"version":3,', 'settings.damaged-2026-03-04T05-06-07-089Z.json'],
  ['settings-newer', '{"version":99}', 'settings.newer-2026-03-04T05-06-07-089Z.json'],
])('%s: the file is put aside, said, and the settings begin anew', (kind, text, keptAs) => {
  const folder = tempFolder();
  writeFiles(folder, { 'settings.json': text });
  const { settings, notices } = openSettings(folder, now);
  expect([settings.get(), notices]).toEqual([defaultShellSettings, [{ kind, keptAs }]]);
  settings.update({ closeToTray: true });
  expect(fs.readFileSync(path.join(folder, keptAs), 'utf8')).toBe(text);
  expect(openSettings(folder, now)).toMatchObject({ notices: [] });
});

test('one file put aside never takes the place of another', () => {
  const folder = tempFolder();
  for (const text of ['first', 'second']) {
    writeFiles(folder, { 'settings.json': text });
    openSettings(folder, now);
  }
  const kept = fs.readdirSync(folder).map((name) => fs.readFileSync(path.join(folder, name), 'utf8'));
  expect(kept.sort()).toEqual(['first', 'second']);
});

test('what cannot be read is put aside as it is', () => {
  const folder = tempFolder();
  fs.mkdirSync(path.join(folder, 'settings.json'));
  const { notices } = openSettings(folder, now);
  expect(notices).toMatchObject([{ kind: 'settings-damaged' }]);
});

test('where nothing can be written the change is refused, nobody is told of it, and the start goes on', () => {
  const folder = path.join(tempFolder(), 'a-file');
  fs.writeFileSync(folder, '');
  const { settings } = openSettings(folder, now);
  const seen: boolean[] = [];
  settings.watch(({ closeToTray }) => seen.push(closeToTray));
  let failure = null;
  try {
    settings.update({ closeToTray: true });
  } catch (error) {
    failure = failureOf(error);
  }
  expect(failure).toMatchObject({ kind: 'folder-unwritable', path: path.join(folder, 'settings.json') });
  expect([seen, settings.get()]).toEqual([[false], defaultShellSettings]);
});

test('what is only remembered is no failure where it cannot be saved', () => {
  const folder = path.join(tempFolder(), 'a-file');
  fs.writeFileSync(folder, '');
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  openSettings(folder, now).settings.remember({ theme: 'dark' });
  expect(log).toHaveBeenCalledOnce();
  log.mockRestore();
});

test('watchers hear the present and each change once, until they stop', () => {
  const { settings } = openSettings(tempFolder(), now);
  const seen: string[] = [];
  const end = settings.watch(({ theme }) => seen.push(theme));
  settings.update({ theme: 'dark' });
  settings.update({ theme: 'dark' });
  end();
  settings.update({ theme: 'light' });
  expect(seen).toEqual(['system', 'dark']);
});
