import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import type { Readable, Writable } from 'node:stream';
import { chromiumFlags } from '../builders/chromium-flags.ts';
import { DevTools } from './devtools.ts';

const closeTimeoutMs = 5_000;
const stepMs = 20;
/** Of macOS; other systems take a few bytes more. */
const longestSocketPath = 104;
const socketName = '/org.chromium.Chromium.XXXXXX/SingletonSocket';

const quietFlags = [
  ...chromiumFlags,
  '--headless',
  '--no-startup-window',
  '--no-default-browser-check',
  '--disable-breakpad',
  '--disable-default-apps',
  '--disable-extensions',
  '--disable-back-forward-cache',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--password-store=basic',
  '--use-mock-keychain',
  '--force-color-profile=srgb',
  '--window-size=1200,820',
  // Electron's pages hear when the other end of a port closes; Chromium's hear it on request.
  '--enable-blink-features=MessagePortCloseEvent',
  '--disable-features=Translate,OptimizationHints,MediaRouter,PaintHolding,HttpsUpgrades',
];

/** The Chromium behind all windows of one stand-in. It ends with the stand-in, however that ends. */
export interface RunningChromium {
  readonly devTools: DevTools;
  readonly pid: number;
  /** Resolves when it has ended. */
  readonly ended: Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts it with its profile in `folder`, where Electron keeps its own.
 * @param isAnnounced whether Playwright may join: the address of its DevTools is printed
 */
export async function startChromium(folder: string, isAnnounced: boolean): Promise<RunningChromium> {
  const profile = path.join(folder, 'stand-in');
  const temporary = temporaryFolder();
  for (const needed of [profile, temporary]) fs.mkdirSync(needed, { recursive: true });
  await formerHasGone(profile);
  const port = isAnnounced ? ['--remote-debugging-port=0'] : [];
  const args = [...quietFlags, `--user-data-dir=${profile}`, '--remote-debugging-pipe', ...port];
  const child = spawn(process.env.E2E_BROWSER ?? 'chromium', args, {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, TMPDIR: temporary },
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  await passOnErrors(child, isAnnounced);
  const devTools = new DevTools(child.stdio[3] as Writable, child.stdio[4] as Readable);
  return { devTools, pid: child.pid ?? 0, ended, close: () => close(child, devTools, ended) };
}

/** For Chromium's socket: in the home of the test, so that it goes with it, if the system takes a path that long. */
function temporaryFolder(): string {
  const inHome = path.join(os.homedir(), '.t');
  return inHome.length + socketName.length < longestSocketPath ? inHome : os.tmpdir();
}

/** Resolves when it can be spoken to. Only the address is passed on: Chromium complains a lot about small machines. */
function passOnErrors(child: ChildProcess, isAnnounced: boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stderr?.setEncoding('utf8').on('data', (part: string) => {
      if (process.env.STAND_IN_VERBOSE) process.stderr.write(part);
      text = (text + part).slice(-4_096);
      const address = /^DevTools listening on ws:.*$/m.exec(text);
      if (!address) return;
      text = '';
      process.stderr.write(`${address[0]}\n`);
      resolve();
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`stand-in: Chromium ended (${code}): ${text}`)));
    if (!isAnnounced) child.once('spawn', resolve);
  });
}

/** One that was killed a moment ago may still hold the profile; a new one would hand itself over to it and end. */
async function formerHasGone(profile: string): Promise<void> {
  const lock = path.join(profile, 'SingletonLock');
  const end = performance.now() + closeTimeoutMs;
  while (isHeld(lock) && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, stepMs));
  for (const name of ['SingletonLock', 'SingletonSocket', 'SingletonCookie']) {
    fs.rmSync(path.join(profile, name), { force: true });
  }
}

function isHeld(lock: string): boolean {
  try {
    const pid = Number(/-(\d+)$/.exec(fs.readlinkSync(lock))?.[1]);
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function close(child: ChildProcess, devTools: DevTools, ended: Promise<void>): Promise<void> {
  const timer = setTimeout(() => child.kill('SIGKILL'), closeTimeoutMs);
  devTools.send('Browser.close').catch(() => undefined);
  await ended;
  clearTimeout(timer);
}
