import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/** What the program is built from: a change in any of these makes `dist` stale. */
const sourcePaths = ['electron', 'renderer', 'node-core', 'build', 'resources/icons', 'package.json', 'tsconfig.json'];

/** What else the build puts in, as `release/update-feed.ts` reads it. */
const buildVariables = ['NUNBA_UPDATE_FEED', 'NUNBA_RELEASE_KEY'];

/** What is installed where it should be: the lockfile and the platform that its optional packages were chosen for. */
const installStamp = path.join('node_modules', '.nunba-installed');
const buildStamp = path.join('dist', '.nunba-built');

/**
 * Whether the packages of the lockfile are installed for this platform. What npm itself was asked to install counts
 * too, and is marked.
 *
 * @param {string} root
 */
export function isInstalled(root) {
  if (read(path.join(root, installStamp)) === lockfileDigest(root)) return true;
  if (!isInstalledByHand(root)) return false;
  markInstalled(root);
  return true;
}

/**
 * Compares the lockfile with npm's own list of what is in node_modules. Packages for other platforms may be absent;
 * one for another platform that is there tells that the folder was brought from elsewhere.
 *
 * @param {string} root
 */
function isInstalledByHand(root) {
  const wanted = readPackages(path.join(root, 'package-lock.json'));
  const present = readPackages(path.join(root, 'node_modules', '.package-lock.json'));
  if (!wanted || !present) return false;
  const isSame = (/** @type {string} */ place) => wanted[place]?.version === present[place]?.version;
  return (
    Object.entries(wanted).every(([place, { optional }]) => place === '' || optional || isSame(place)) &&
    Object.entries(present).every(([place, { os }]) => isSame(place) && (!os || os.includes(process.platform)))
  );
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
 * Changes with the content of any source, with the installed packages and with what the environment puts in.
 *
 * @param {string} root
 */
export function sourcesDigest(root) {
  const hash = createHash('sha256').update(lockfileDigest(root));
  for (const file of sourcePaths.flatMap((entry) => filesBelow(path.join(root, entry)))) {
    hash.update(`\0${path.relative(root, file)}\0`).update(fs.readFileSync(file));
  }
  for (const name of buildVariables) hash.update(`\0${process.env[name] ?? ''}`);
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

/**
 * The `packages` of a lockfile, or `null` where there is none.
 *
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean, os?: string[] }> | null}
 */
function readPackages(file) {
  try {
    return JSON.parse(read(file)).packages ?? null;
  } catch {
    return null;
  }
}

/** @param {string} file */
function read(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
