import fs from 'node:fs';
import process from 'node:process';
import { chromium } from '@playwright/test';
import { describeFailure, playwrightFailures } from './failures.ts';
import { installTestBrowser, lookForTestBrowser, type TestBrowser } from './find-test-browser.ts';
import { runTool } from './run-tool.ts';
import { judgeRun, playwrightTotals, type Totals } from './totals.ts';

/** How Playwright's specs are run. */
export interface SpecRun {
  readonly browserFile: string;
  /** Where the JSON report is written. */
  readonly report: string;
  /** More arguments for `playwright test`. */
  readonly args: readonly string[];
  /** On top of ours. */
  readonly environment: Readonly<Record<string, string>>;
}

/** The browser for the specs, installed if that is how this system gets one. */
export function resolveTestBrowser(): TestBrowser {
  const found = lookForTestBrowser(chromium.executablePath());
  return found.kind === 'install' && installTestBrowser() ? lookForTestBrowser(chromium.executablePath()) : found;
}

/** Runs the specs and gives what they came to. */
export async function runSpecs(root: string, { browserFile, report, args, environment }: SpecRun): Promise<Totals> {
  const whole = {
    ...process.env,
    ...environment,
    E2E_BROWSER: browserFile,
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  };
  const config = ['--config', 'test/e2e/playwright.config.ts'];
  const exitCode = await runTool(root, ['@playwright/test', 'playwright', 'test', ...config, ...args], whole);
  for (const failure of readReport(report, playwrightFailures) ?? []) console.log(describeFailure(failure));
  return judgeRun(readReport(report, playwrightTotals), exitCode);
}

/** What a runner wrote down; `null` if it wrote nothing. */
export function readReport<Result>(file: string, parse: (report: unknown) => Result): Result | null {
  return fs.existsSync(file) ? parse(JSON.parse(fs.readFileSync(file, 'utf8'))) : null;
}
