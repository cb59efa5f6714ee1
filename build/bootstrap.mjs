/**
 * Makes every npm script work on a bare checkout: installs what is missing and, called with `build`, builds what is
 * stale. Plain JavaScript without dependencies, because it runs on whatever Node (18 or newer) the machine has.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { acquireLock } from './bootstrap-lock.mjs';
import { choosePinnedNode, isNodeLinked, linkPinnedNode, startsHere } from './pinned-node.mjs';
import { isBuilt, isInstalled, markInstalled } from './stamps.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const lockFolder = path.join(root, '.bootstrap.lock');
const lockTimeoutMs = 15 * 60_000;

try {
  if (!isInstalled(root)) await installUnderLock();
  if (!isNodeLinked(root)) linkPinnedNode(root, pinnedNode());
  if (process.argv.includes('build') && !isBuilt(root)) buildStale();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function installUnderLock() {
  const release = await acquireLock(lockFolder, {
    timeoutMs: lockTimeoutMs,
    onWait: (holder) => say(`waiting for process ${holder}, which is installing or building`),
  });
  try {
    if (!isInstalled(root)) install();
  } finally {
    release();
  }
}

function install() {
  say('installing dependencies with npm ci (once, and again when the lockfile changes) ...');
  const startedAt = Date.now();
  moveRunningNodeAside();
  // --ignore-scripts: npm would compile better-sqlite3, which brings a binary for every platform.
  runNpm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  linkPinnedNode(root, pinnedNode());
  markInstalled(root);
  say(`dependencies are ready after ${secondsSince(startedAt)} s`);
}

function buildStale() {
  const node = pinnedNode();
  const flags = node.kind === 'system' ? node.flags : [];
  run(node.file, [...flags, path.join(root, 'build', 'build.ts'), '--if-stale']);
}

function pinnedNode() {
  const { platform, arch, versions, execPath } = process;
  const node = choosePinnedNode(root, { platform, arch, version: versions.node, execPath }, startsHere);
  if (node.kind === 'none') throw new Error(node.reason);
  return node;
}

/** The npm that runs this script, on the Node that runs it; a plain `npm` when the script was started by hand. */
function runNpm(/** @type {string[]} */ args) {
  const npm = process.env.npm_execpath;
  const node = process.env.npm_node_execpath ?? process.execPath;
  if (npm && fs.existsSync(npm) && /\.c?js$/.test(npm) && fs.existsSync(node)) run(node, [npm, ...args]);
  else run('npm', args, process.platform === 'win32');
}

/** Windows deletes no program that runs, and `npm ci` deletes the packaged Node; a running program may be renamed. */
function moveRunningNodeAside() {
  const modules = path.join(root, 'node_modules') + path.sep;
  if (process.platform !== 'win32' || !process.execPath.startsWith(modules)) return;
  fs.renameSync(process.execPath, path.join(lockFolder, `node-${process.pid}.exe`));
}

function run(/** @type {string} */ command, /** @type {string[]} */ args, shell = false) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell });
  if (result.status === 0) return;
  const cause = result.error?.message ?? (result.signal ? `ended by ${result.signal}` : `exit code ${result.status}`);
  throw new Error(`"${[path.basename(command), ...args].join(' ')}" failed: ${cause}`);
}

function secondsSince(/** @type {number} */ startedAt) {
  return ((Date.now() - startedAt) / 1000).toFixed(1);
}

function say(/** @type {string} */ message) {
  console.error(`[bootstrap] ${message}`);
}
