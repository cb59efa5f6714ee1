import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { isBuilt, isInstalled, markBuilt, markInstalled, sourcesDigest } from '../../../build/stamps.mjs';
import { tempFolder, writeFiles } from '../../builders/temp-folder.ts';

function checkout(): string {
  const root = tempFolder();
  writeFiles(root, {
    'package-lock.json': '{}',
    'package.json': '{}',
    'node-core/main.ts': 'one',
    'renderer/features/chat/thread.tsx': 'page',
    'README.md': 'read me',
    'node_modules/.package-lock.json': '{}',
    'dist/node-core/main.js': 'built',
  });
  return root;
}

test('packages count as installed until the lockfile changes', () => {
  const root = checkout();
  expect(isInstalled(root)).toBe(false);
  markInstalled(root);
  expect(isInstalled(root)).toBe(true);
  writeFiles(root, { 'package-lock.json': '{"changed": true}' });
  expect(isInstalled(root)).toBe(false);
});

test('packages are missing when node_modules is gone', () => {
  const root = checkout();
  markInstalled(root);
  fs.rmSync(path.join(root, 'node_modules'), { recursive: true });
  expect(isInstalled(root)).toBe(false);
});

test.each([
  ['a changed source', { 'node-core/main.ts': 'two' }],
  ['a new source', { 'electron/main.ts': 'new' }],
  ['a source that moved its text to another', { 'node-core/main.ts': '', 'node-core/other.ts': 'one' }],
  ['another version of a package', { 'package-lock.json': '{"changed": true}' }],
])('the build is stale after %s', (_, change) => {
  const root = checkout();
  markBuilt(root, sourcesDigest(root));
  expect(isBuilt(root)).toBe(true);
  writeFiles(root, change);
  expect(isBuilt(root)).toBe(false);
});

test('a deleted source makes the build stale', () => {
  const root = checkout();
  markBuilt(root, sourcesDigest(root));
  fs.rmSync(path.join(root, 'renderer/features/chat/thread.tsx'));
  expect(isBuilt(root)).toBe(false);
});

test('what the program is not made of does not make the build stale', () => {
  const root = checkout();
  markBuilt(root, sourcesDigest(root));
  writeFiles(root, { 'README.md': 'other words', 'test/x.test.ts': 'test' });
  fs.utimesSync(path.join(root, 'node-core/main.ts'), new Date(), new Date());
  expect(isBuilt(root)).toBe(true);
});
