import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** The oldest Node that can stand in where no package brings Node 24. */
const oldestSystemNode = [22, 12];
/** From here on Node runs TypeScript without being told. */
const typescriptNode = [22, 18];

/**
 * @typedef {{ kind: 'package', file: string }} PackagedNode Node 24 of an optional platform package
 * @typedef {{ kind: 'system', file: string, flags: readonly string[] }} SystemNode a new enough Node of the machine
 * @typedef {{ kind: 'none', reason: string }} NoNode
 */

/**
 * The Node that runs everything but the bootstrap.
 *
 * @param {string} root
 * @param {{ platform: string, arch: string, version: string, execPath: string }} machine `version` without the `v`
 * @param {(file: string) => boolean} runs whether that executable starts here (on musl the packaged one does not)
 * @returns {PackagedNode | SystemNode | NoNode}
 */
export function choosePinnedNode(root, machine, runs) {
  const packaged = packagedNodeFile(root, machine);
  if (fs.existsSync(packaged) && runs(packaged)) return { kind: 'package', file: packaged };
  if (isAtLeast(machine.version, oldestSystemNode)) {
    const flags = isAtLeast(machine.version, typescriptNode) ? [] : ['--experimental-strip-types'];
    return { kind: 'system', file: machine.execPath, flags };
  }
  return {
    kind: 'none',
    reason: `Node ${machine.version} is too old to run Nunba and no packaged Node 24 runs on ${machine.platform}-${machine.arch}; install Node 24 from https://nodejs.org and try again`,
  };
}

/**
 * Whether npm scripts find a Node in `node_modules/.bin`.
 *
 * @param {string} root
 */
export function isNodeLinked(root) {
  return fs.existsSync(path.join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node'));
}

/**
 * Puts the chosen Node into `node_modules/.bin`, where npm looks first; npm 10 does not link it by itself.
 *
 * @param {string} root
 * @param {PackagedNode | SystemNode} node
 */
export function linkPinnedNode(root, node) {
  const bin = path.join(root, 'node_modules', '.bin');
  fs.mkdirSync(bin, { recursive: true });
  const flags = node.kind === 'system' ? node.flags : [];
  if (process.platform === 'win32') {
    fs.writeFileSync(path.join(bin, 'node.cmd'), `@"${node.file}" ${[...flags, '%*'].join(' ')}\r\n`);
    return;
  }
  const link = path.join(bin, 'node');
  fs.rmSync(link, { force: true });
  if (flags.length === 0) fs.symlinkSync(node.kind === 'package' ? path.relative(bin, node.file) : node.file, link);
  else fs.writeFileSync(link, `#!/bin/sh\nexec "${node.file}" ${flags.join(' ')} "$@"\n`, { mode: 0o755 });
}

/**
 * @param {string} file
 * @returns {boolean}
 */
export function startsHere(file) {
  return spawnSync(file, ['--version'], { stdio: 'ignore' }).status === 0;
}

/**
 * @param {string} root
 * @param {{ platform: string, arch: string }} machine
 */
function packagedNodeFile(root, { platform, arch }) {
  const isWindows = platform === 'win32';
  const name = `node-${isWindows ? 'win' : platform}-${arch}`;
  return path.join(root, 'node_modules', name, 'bin', isWindows ? 'node.exe' : 'node');
}

/**
 * @param {string} version
 * @param {readonly number[]} wanted major and minor
 */
function isAtLeast(version, wanted) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = wanted;
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}
