import { expect, test } from 'vitest';
import { failureOfToday, rememberFailure } from '../../../build/launch/fetch-memory.ts';
import { tempFolder, writeFiles } from '../../builders/temp-folder.ts';

const noon = new Date(2026, 4, 17, 12);

test('a failure is remembered until the day ends', () => {
  const root = tempFolder();
  writeFiles(root, { 'node_modules/x': '' });
  expect(failureOfToday(root, noon)).toBeNull();
  rememberFailure(root, noon, 'offline');
  expect(failureOfToday(root, new Date(2026, 4, 17, 23, 59))).toBe('offline');
  expect(failureOfToday(root, new Date(2026, 4, 18, 0, 1))).toBeNull();
  expect(failureOfToday(root, new Date(2027, 4, 17, 12))).toBeNull();
});

test.each(['', 'null', '[]', '{"day":"2026-5-17"}', '{"day":"2026-5-17","reason":7}'])(
  'a broken memory (%j) counts as none',
  (text) => {
    const root = tempFolder();
    writeFiles(root, { 'node_modules/.nunba-electron-fetch.json': text });
    expect(failureOfToday(root, noon)).toBeNull();
  },
);

test('a folder that cannot be written to is no reason to fail', () => {
  const root = tempFolder();
  rememberFailure(root, noon, 'offline');
  expect(failureOfToday(root, noon)).toBeNull();
});
