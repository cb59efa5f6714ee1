import path from 'node:path';
import { expect, test } from 'vitest';
import { findElectron } from '../../../build/launch/electron-binary.ts';
import { tempFolder, writeFiles } from '../../builders/temp-folder.ts';

test.each([
  ['linux', 'electron'],
  ['win32', 'electron.exe'],
  ['darwin', 'Electron.app/Contents/MacOS/Electron'],
])('on %s the program of the package is found once it is unpacked wholly', (platform, program) => {
  const root = tempFolder();
  const file = `node_modules/electron/dist/${program}`;
  writeFiles(root, { 'node_modules/electron/package.json': '{}' });
  expect(findElectron(root, undefined, platform)).toBeNull();
  writeFiles(root, { [file]: '' });
  expect(findElectron(root, undefined, platform)).toBeNull();
  writeFiles(root, { 'node_modules/electron/path.txt': program });
  expect(findElectron(root, undefined, platform)).toBe(path.join(root, file));
});

test('a folder named by the person is the only one looked at', () => {
  const root = tempFolder();
  writeFiles(root, {
    'node_modules/electron/dist/electron': '',
    'node_modules/electron/path.txt': '',
    'own/electron': '',
  });
  expect(findElectron(root, path.join(root, 'own'), 'linux')).toBe(path.join(root, 'own/electron'));
  expect(findElectron(root, path.join(root, 'empty'), 'linux')).toBeNull();
});
