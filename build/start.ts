import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { chooseShell, fetchFlag } from './launch/choose-shell.ts';
import { electronPackage, findElectron } from './launch/electron-binary.ts';
import { fetchElectron } from './launch/fetch-electron.ts';
import { failureOfToday, rememberFailure } from './launch/fetch-memory.ts';
import { createProgressLine } from './launch/progress-line.ts';
import { runElectron } from './launch/run-electron.ts';

/**
 * `npm start`: opens Nunba in Electron where that can run, in a browser window elsewhere, and says in one line which
 * and why. Arguments are passed on; `--fetch-electron` tries its download again on a day on which it failed.
 */
const root = path.dirname(import.meta.dirname);
const args = process.argv.slice(2).filter((argument) => argument !== fetchFlag);
const isFetchAsked = process.argv.includes(fetchFlag);

await open();

async function open(): Promise<void> {
  const choice = chooseNow(failureOfToday(root, new Date()));
  if (choice.kind === 'fetch-electron') return fetchAndOpen();
  if (choice.kind === 'electron') return openElectron();
  await openBrowser(choice.reason);
}

function chooseNow(failedToday: string | null): ReturnType<typeof chooseShell> {
  return chooseShell({
    platform: process.platform,
    environment: process.env,
    isRoot: process.getuid?.() === 0,
    electronFile: electronFile(),
    failedToday,
    isFetchAsked,
  });
}

function electronFile(): string | null {
  return findElectron(root, process.env.ELECTRON_OVERRIDE_DIST_PATH, process.platform);
}

/** Downloads Electron. `null` when it is there, else why it is not; that is remembered for the day. */
async function fetchNow(): Promise<string | null> {
  say('Electron is not installed yet; fetching it once (Ctrl+C ends this, and the next start tries again).');
  const line = createProgressLine(process.stderr, '[start] Electron');
  const outcome = await fetchElectron({
    root,
    environment: process.env,
    idleTimeoutMs: 20_000,
    unpackTimeoutMs: 120_000,
    onProgress: line.update,
  });
  line.end();
  if (outcome.kind === 'fetched') return null;
  rememberFailure(root, new Date(), outcome.reason);
  return outcome.reason;
}

async function fetchAndOpen(): Promise<void> {
  const failure = await fetchNow();
  if (failure === null) return openElectron();
  await openBrowser(`Electron could not be fetched (${failure}); today only "npm start -- ${fetchFlag}" tries again`);
}

async function openElectron(): Promise<void> {
  const file = electronFile();
  if (!file) return openBrowser(`the download left no Electron in ${electronPackage(root)}`);
  say('Nunba opens in Electron, which is installed; Ctrl+C here or closing the window ends it.');
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  const run = await runElectron({
    file,
    args: [root, ...args],
    folder: process.cwd(),
    environment: process.env,
    startsWithinMs: 5_000,
    signal: stopping.signal,
    stopsWithinMs: 10_000,
    errorOutput: process.stderr,
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, stop);
  if (run.kind === 'ended') process.exitCode = run.exitCode;
  else await openBrowser(`Electron could not start: ${run.reason}`);
}

/** The node runs in this process, so that Ctrl+C and exit codes are its own. */
async function openBrowser(reason: string): Promise<void> {
  say(`Nunba opens in a browser window: ${reason}.`);
  const main = path.join(root, 'dist', 'node-core', 'main.js');
  process.argv = [process.execPath, main, 'serve', '--ui', '--open', ...args];
  await import(pathToFileURL(main).href);
}

function say(message: string): void {
  console.error(`[start] ${message}`);
}
