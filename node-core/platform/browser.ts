import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import { Socket } from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Clock } from '../protocol/ports/clock.ts';
import { explainExit } from './explain-exit.ts';
import { findBrowser } from './find-browser.ts';
import { type Handover, writeHandover } from './handover-file.ts';

/**
 * A page of the browser shell is let in by a one-time token:
 * - A window that is opened here gets it from a file (0600, below `<data>/run`) that posts it as the form field `token`
 *   to `POST /session`; the node answers 303 to `/` with a session cookie (HttpOnly, SameSite=Strict). That request comes
 *   from a file, so its Origin is `null`; and the browser sends the new cookie only with what the page itself requests
 *   afterwards (`/rpc`), so `/` and its files are served without it.
 * - A person who opens the page by hand gets `http://127.0.0.1:PORT/#token=<one-time>`; the part after `#` reaches no
 *   server, and the page's own script posts it and takes it out of the address.
 * Each token serves once and is short-lived; the two ways need two tokens.
 */
export interface BrowserRequest {
  /** `http://127.0.0.1:6777` */
  readonly address: string;
  /** One-time, base64url. */
  readonly token: string;
  readonly dataFolder: string;
  /** Resolves when the node has exchanged the token. */
  readonly tokenUsed: Promise<void>;
  readonly clock: Clock;
  readonly platform: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly isRoot: boolean;
}

/** What became of the window. */
export type BrowserOutcome =
  | {
      readonly kind: 'opened';
      /** Path of the browser. */
      readonly browser: string;
      /** The page has reported. If not, the window may be slow or may have failed: say the URL as well. */
      readonly isSeen: boolean;
      /** Resolves when the person closes the window. Never, if a browser that ran already shows it. */
      readonly closed: Promise<void>;
      /** Closes the window. */
      close(): void;
    }
  | {
      readonly kind: 'not-opened';
      /** The end of a sentence: "no Chromium ... was found". */
      readonly reason: string;
    };

/** A browser that ends within this time has not opened a window; ms. */
export const settlesWithinMs = 5_000;
/** The file with the token is deleted after this time even if nobody used it; ms. */
const handoverLifeMs = 60_000;

/**
 * A window that looks like an application's, in a profile of its own. Chromium asks its maker for accounts, the time and
 * updates of itself whatever its documented switches say; those questions end on this computer. Links that a person
 * opens work. Never `--no-sandbox`.
 */
export function browserArguments(profileFolder: string, pageUrl: string): readonly string[] {
  return [
    `--app=${pageUrl}`,
    `--user-data-dir=${profileFolder}`,
    '--class=Nunba',
    '--window-size=1200,820',
    '--no-first-run',
    '--no-default-browser-check',
    '--no-pings',
    '--disable-background-networking',
    '--disable-breakpad',
    '--disable-client-side-phishing-detection',
    '--disable-component-update',
    '--disable-default-apps',
    '--disable-domain-reliability',
    '--disable-extensions',
    '--disable-field-trial-config',
    '--disable-quic',
    '--disable-search-engine-choice-screen',
    '--disable-sync',
    `--disable-features=${unaskedFeatures.join(',')}`,
    `--gaia-url=${nobody}`,
    `--host-resolver-rules=${makersHosts.map((host) => `MAP ${host} ~NOTFOUND`).join(' , ')}`,
  ];
}

/** Parts of the browser that connect by themselves. */
const unaskedFeatures = [
  'AimEnabled',
  'AutofillServerCommunication',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PreconnectToSearch',
  'Translate',
] as const;

/** Where the browser looks for updates and the time; nothing that a page or a person would open. */
const makersHosts = ['update.googleapis.com', 'clients2.google.com'] as const;

/** The discard port of this computer, in place of the service that the browser asks for signed-in accounts. */
const nobody = 'https://127.0.0.1:9';

/** Opens the page in a window of the system's Chromium-family browser; says why when that is not possible. */
export async function openBrowserWindow(request: BrowserRequest): Promise<BrowserOutcome> {
  const { platform, environment, isRoot, dataFolder } = request;
  const found = findBrowser({ platform, environment, isExecutable });
  if (found.kind === 'none') return { kind: 'not-opened', reason: found.reason };
  const obstacle = obstacleTo(platform, environment, isRoot);
  if (obstacle) return { kind: 'not-opened', reason: obstacle };

  const handover = await writeHandover(path.join(dataFolder, 'run'), request.address, request.token);
  const profile = path.join(dataFolder, 'browser');
  fs.mkdirSync(profile, { recursive: true, mode: 0o700 });
  const child = spawn(found.file, browserArguments(profile, pathToFileURL(handover.file).href), {
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  child.unref();
  const outcome = await settle(child, found.file, request);
  deleteWhenDone(handover, outcome, request);
  return outcome;
}

function obstacleTo(platform: string, environment: BrowserRequest['environment'], isRoot: boolean): string | null {
  if (platform !== 'linux') return null;
  if (!environment.DISPLAY && !environment.WAYLAND_DISPLAY) return 'there is no display';
  if (isRoot) return 'as root a browser starts only without its sandbox, which Nunba never switches off';
  return null;
}

/** Waits until the page reports, the browser fails, or it has run long enough to be believed. */
function settle(child: ChildProcess, browser: string, { tokenUsed, clock }: BrowserRequest): Promise<BrowserOutcome> {
  const errors = collectErrors(child);
  const closed = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
  });
  return new Promise((resolve) => {
    let hasEnded = false;
    const opened = (isSeen: boolean): BrowserOutcome =>
      hasEnded
        ? { kind: 'opened', browser, isSeen, closed: new Promise(() => undefined), close: () => undefined }
        : { kind: 'opened', browser, isSeen, closed, close: () => child.kill() };
    const failed = (reason: string): BrowserOutcome => ({ kind: 'not-opened', reason });
    const timer = clock.after(settlesWithinMs, () =>
      resolve(hasEnded ? failed('the browser ended at once') : opened(false)),
    );
    const end = (outcome: BrowserOutcome): void => {
      timer.cancel();
      resolve(outcome);
    };
    void tokenUsed.then(() => end(opened(true)));
    child.once('error', (error) => end(failed(`the browser could not start: ${error.message}`)));
    child.once('close', (code, signal) => {
      // A browser that already runs in this profile takes the page over, and the new process ends in peace.
      hasEnded = true;
      const exit = { code, signal, errorText: errors.text() };
      if (code !== 0) end(failed(`the browser could not start: ${explainExit(exit)}`));
    });
  });
}

/** The end of what the browser says. Its pipe does not keep this process alive. */
function collectErrors(child: ChildProcess): { text(): string } {
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-8_192);
  });
  if (child.stderr instanceof Socket) child.stderr.unref();
  return { text: () => text };
}

/** The file goes when the token is used, when there is no window, and after a while in any case. */
function deleteWhenDone(handover: Handover, outcome: BrowserOutcome, { tokenUsed, clock }: BrowserRequest): void {
  const remove = (): void => {
    timer.cancel();
    // A file that cannot be deleted holds a token that has served or expired.
    handover.remove().catch(() => undefined);
  };
  const timer = clock.after(handoverLifeMs, remove);
  if (outcome.kind === 'not-opened') remove();
  void tokenUsed.then(remove);
}

function isExecutable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}
