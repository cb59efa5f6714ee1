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
    'dist/node-core/main.js': 'built',
    'node_modules/a/package.json': '{}',
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

/** A lockfile and what npm says is installed. */
function installed(wanted: object, present: object): string {
  const root = tempFolder();
  const lockfile = { packages: { '': { name: 'nunba' }, ...wanted } };
  writeFiles(root, {
    'package-lock.json': JSON.stringify(lockfile),
    'node_modules/.package-lock.json': JSON.stringify({ packages: present }),
  });
  return root;
}
const a = { 'node_modules/a': { version: '1.0.0' } };
const elsewhere = { 'node_modules/b': { version: '1.0.0', optional: true, os: ['plan9'] } };

test('what npm was asked to install by hand counts, and is looked at once', () => {
  const root = installed({ ...a, ...elsewhere }, a);
  expect(isInstalled(root)).toBe(true);
  fs.rmSync(path.join(root, 'node_modules/.package-lock.json'));
  expect(isInstalled(root)).toBe(true);
});

test.each([
  ['a package is missing', a, {}],
  ['a version is another', a, { 'node_modules/a': { version: '2.0.0' } }],
  ['a package is not of the lockfile', a, { ...a, 'node_modules/c': { version: '1.0.0' } }],
  ['a package is for another platform', { ...a, ...elsewhere }, { ...a, ...elsewhere }],
])('packages do not count as installed when %s', (_, wanted, present) => {
  expect(isInstalled(installed(wanted, present))).toBe(false);
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
