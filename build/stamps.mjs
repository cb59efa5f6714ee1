import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/** What the program is built from: a change in any of these makes `dist` stale. */
const sourcePaths = ['electron', 'renderer', 'node-core', 'build', 'package.json', 'tsconfig.json'];

/** What is installed where it should be: the lockfile and the platform that its optional packages were chosen for. */
const installStamp = path.join('node_modules', '.nunba-installed');
const buildStamp = path.join('dist', '.nunba-built');

/**
 * Whether the packages of the lockfile are installed for this platform.
 *
 * @param {string} root
 */
export function isInstalled(root) {
  return read(path.join(root, installStamp)) === lockfileDigest(root);
}

/** @param {string} root */
export function markInstalled(root) {
  fs.writeFileSync(path.join(root, installStamp), lockfileDigest(root));
}

/**
 * Whether `dist` was built from the sources as they are now.
 *
 * @param {string} root
 */
export function isBuilt(root) {
  return read(path.join(root, buildStamp)) === sourcesDigest(root);
}

/**
 * @param {string} root
 * @param {string} digest what `sourcesDigest` said before the build began
 */
export function markBuilt(root, digest) {
  fs.writeFileSync(path.join(root, buildStamp), digest);
}

/**
 * Changes with the content of any source and with the installed packages.
 *
 * @param {string} root
 */
export function sourcesDigest(root) {
  const hash = createHash('sha256').update(lockfileDigest(root));
  for (const file of sourcePaths.flatMap((entry) => filesBelow(path.join(root, entry)))) {
    hash.update(`\0${path.relative(root, file)}\0`).update(fs.readFileSync(file));
  }
  return hash.digest('hex');
}

/** @param {string} root */
function lockfileDigest(root) {
  const lockfile = read(path.join(root, 'package-lock.json'));
  return createHash('sha256').update(`${process.platform} ${process.arch}\0${lockfile}`).digest('hex');
}

/**
 * @param {string} entry a file or folder that may be absent
 * @returns {string[]} files in a stable order
 */
function filesBelow(entry) {
  const stat = fs.statSync(entry, { throwIfNoEntry: false });
  if (!stat) return [];
  if (!stat.isDirectory()) return [entry];
  return fs
    .readdirSync(entry)
    .sort()
    .flatMap((name) => filesBelow(path.join(entry, name)));
}

/** @param {string} file */
function read(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
