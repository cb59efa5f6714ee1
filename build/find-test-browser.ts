import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import process from 'node:process';
import { findBrowser } from '../node-core/platform/find-browser.ts';

/** What decides which browser drives the tests. */
export interface TestBrowserFacts {
  readonly platform: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where Playwright keeps the browser it brings. */
  readonly playwrightFile: string;
  readonly isExecutable: (file: string) => boolean;
  readonly isRoot: boolean;
  /** The text of `/etc/os-release`, or empty. */
  readonly osRelease: string;
}

/** The browser of the tests, or what to do to get one. */
export type TestBrowser =
  | { readonly kind: 'found'; readonly file: string }
  | { readonly kind: 'install' }
  | { readonly kind: 'none'; readonly reason: string };

/** The command that brings Playwright's own browser. */
const ownBrowserCommand = 'npx playwright install chromium';
const aptPackages = ['chromium', 'fonts-dejavu-core'];
/** The program behind Debian's script, which adds the person's own flags. */
const debianFile = '/usr/lib/chromium/chromium';

/**
 * Playwright's own browser, else the system's. Where there is none, a CI that is root on Debian or Ubuntu may install
 * one; elsewhere the reason names the command. Tests are never skipped for want of a browser.
 */
export function findTestBrowser(facts: TestBrowserFacts): TestBrowser {
  const { playwrightFile, isExecutable, environment, platform } = facts;
  const file = [environment.E2E_BROWSER, playwrightFile, debianFile].find((one) => one && isExecutable(one));
  if (file) return { kind: 'found', file };
  const found = findBrowser({ platform, isExecutable, environment: { ...environment, NUNBA_BROWSER: undefined } });
  if (found.kind === 'found') return found;
  const hasApt = platform === 'linux' && /^ID(?:_LIKE)?=.*\b(?:debian|ubuntu)\b/m.test(facts.osRelease);
  if (hasApt && facts.isRoot && environment.CI === 'true') return { kind: 'install' };
  const command = hasApt ? `sudo apt-get install ${aptPackages.join(' ')}` : ownBrowserCommand;
  return { kind: 'none', reason: `The tests need a Chromium or Chrome, and there is none; "${command}" installs one.` };
}

/** Looks on this machine. @param playwrightFile where Playwright keeps the browser it brings */
export function lookForTestBrowser(playwrightFile: string): TestBrowser {
  return findTestBrowser({
    platform: process.platform,
    environment: process.env,
    playwrightFile,
    isExecutable,
    isRoot: process.getuid?.() === 0,
    osRelease: fs.existsSync('/etc/os-release') ? fs.readFileSync('/etc/os-release', 'utf8') : '',
  });
}

/** Installs Chromium with apt; false when that failed. */
export function installTestBrowser(): boolean {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args: string[]): boolean =>
    spawnSync('apt-get', args, { stdio: 'inherit', env: environment }).status === 0;
  return apt('update') && apt('install', '-y', '--no-install-recommends', ...aptPackages);
}

function isExecutable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}
