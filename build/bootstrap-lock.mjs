import fs from 'node:fs';
import path from 'node:path';

/** A lock folder without a process id is one that is being made; after this long its maker has died. */
const emptyLockMs = 5_000;

/**
 * Takes the lock `folder` (a directory that holds the id of the process that made it), waiting while a living process
 * has it. Runs on Node 18 and needs nothing installed.
 *
 * @param {string} folder absolute path of the lock
 * @param {{ timeoutMs: number, onWait: (holder: number) => void }} options `onWait` is called once, when there is a wait
 * @returns {Promise<() => void>} gives the lock back; idempotent
 */
export async function acquireLock(folder, { timeoutMs, onWait }) {
  const deadline = Date.now() + timeoutMs;
  let hasWaited = false;
  while (!tryLock(folder)) {
    const holder = holderOf(folder);
    if (holder === null) {
      removeStale(folder);
      continue;
    }
    if (!hasWaited) onWait(holder);
    hasWaited = true;
    if (Date.now() > deadline) {
      throw new Error(
        `process ${holder} has held ${folder} for too long; end it, or delete that folder if it has gone`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return () => release(folder);
}

/** @param {string} folder */
function tryLock(folder) {
  try {
    fs.mkdirSync(folder);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
  fs.writeFileSync(path.join(folder, 'pid'), String(process.pid));
  return true;
}

/**
 * The living process that holds the lock, 0 while its maker is still writing its id, `null` when nobody holds it.
 *
 * @param {string} folder
 * @returns {number | null}
 */
export function holderOf(folder) {
  const pid = readPid(folder);
  if (pid > 0) return isAlive(pid) ? pid : null;
  try {
    return Date.now() - fs.statSync(folder).mtimeMs < emptyLockMs ? 0 : null;
  } catch {
    return null;
  }
}

/** Moves the lock away before deleting it, so that of two waiters only one deletes. @param {string} folder */
function removeStale(folder) {
  const aside = `${folder}.${process.pid}`;
  try {
    fs.renameSync(folder, aside);
  } catch {
    return;
  }
  fs.rmSync(aside, { recursive: true, force: true });
}

/** @param {string} folder */
function release(folder) {
  if (readPid(folder) === process.pid) fs.rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** @param {string} folder */
function readPid(folder) {
  try {
    return Number(fs.readFileSync(path.join(folder, 'pid'), 'utf8')) || 0;
  } catch {
    return 0;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : null;
}
