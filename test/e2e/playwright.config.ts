import path from 'node:path';
import process from 'node:process';
import { chromium, defineConfig } from '@playwright/test';
import { lookForTestBrowser } from '../../build/find-test-browser.ts';
import { chromiumFlags } from '../builders/chromium-flags.ts';
import { findDesktopProgram } from './desktop/desktop-program.ts';

const output = path.join(import.meta.dirname, '../../test-output');
const browser = lookForTestBrowser(chromium.executablePath());
if (browser.kind === 'found') process.env.E2E_BROWSER = browser.file;
// Workers read this file as well; the first reader says it.
if (process.env.TEST_WORKER_INDEX === undefined && process.env.E2E_DESKTOP === undefined) {
  const { kind } = findDesktopProgram();
  process.env.E2E_DESKTOP = kind;
  const name = kind === 'electron' ? 'Electron' : "the stand-in, which proves nothing about Electron's own parts";
  process.stdout.write(`[e2e] the desktop specs run on ${name}\n`);
}

/** The page and the shell in a real Chromium, one test at a time. */
export default defineConfig({
  testDir: import.meta.dirname,
  testMatch: '**/*.spec.ts',
  outputDir: path.join(output, 'playwright'),
  workers: 1,
  fullyParallel: false,
  forbidOnly: process.env.CI === 'true',
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ? [['list'], ['json']] : [['list']],
  use: {
    browserName: 'chromium',
    viewport: { width: 1200, height: 820 },
    colorScheme: 'light',
    locale: 'en-US',
    actionTimeout: 15_000,
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(browser.kind === 'found' ? { executablePath: browser.file } : {}),
      args: [...chromiumFlags],
    },
  },
});
