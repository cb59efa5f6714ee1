import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { chromium, expect, type Page } from '@playwright/test';
import { lookForTestBrowser } from '../../../build/find-test-browser.ts';
import { readReport } from '../../../build/run-specs.ts';
import { runTool } from '../../../build/run-tool.ts';
import { describeTotals, judgeRun, playwrightTotals } from '../../../build/totals.ts';
import { startModelServer } from '../../doubles/model-server/start-model-server.ts';
import { environmentOf } from '../model-fixture.ts';
import { answered, ask, prompts, send, startChatting } from '../person.ts';
import { temporaryHome } from '../run-program.ts';
import { Desktop } from './desktop.ts';
import { processesOf } from './processes-of.ts';
import { describeSoak, type SoakRun, type SuiteRun } from './soak-report.ts';
import { readSpecTimes } from './spec-times.ts';

/**
 * `npm run test:desktop:soak -- --runs 50 --suites 5`: launches the built app on a fresh home, chats, kills the node,
 * chats again and quits, as often as asked; then runs all desktop specs, as often as asked. It writes how long each step
 * and each spec took. A run that fails or leaves a process behind ends the soak with exit code 1, after all runs.
 */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '50' },
    suites: { type: 'string', default: '0' },
    log: { type: 'string' },
  },
  allowPositionals: true,
});
const runTimeoutMs = 120_000;

const browser = lookForTestBrowser(chromium.executablePath());
if (browser.kind === 'found') process.env.E2E_BROWSER = browser.file;

const runs: SoakRun[] = [];
let kind = '';
for (let number = 1; number <= Number(values.runs); number += 1) {
  const run = await soakOnce(number);
  runs.push(run);
  const outcome = run.failure ?? 'well';
  process.stdout.write(`[soak] ${number} of ${values.runs} on the ${kind}: ${outcome}\n`);
}
const suites: SuiteRun[] = [];
for (let number = 1; number <= Number(values.suites); number += 1) {
  const suite = await runSuite(number);
  suites.push(suite);
  process.stdout.write(`[soak] suite ${number} of ${values.suites}: ${describeTotals(suite.totals)}\n`);
}
const failed =
  runs.filter(({ failure }) => failure !== null).length + suites.filter(({ totals }) => totals.failed > 0).length;
const machine = { cores: os.availableParallelism(), kind, at: new Date().toISOString() };
const report = describeSoak({ runs, suites, machine });
if (values.log) fs.writeFileSync(path.resolve(values.log), report);
process.stdout.write(report);
process.exit(failed > 0 ? 1 : 0);

/** All desktop specs once, without a second try of any. */
async function runSuite(number: number): Promise<SuiteRun> {
  const root = path.resolve(import.meta.dirname, '../../..');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'nunba-soak-'));
  const file = path.join(folder, 'report.json');
  const startedAt = performance.now();
  try {
    const specs = ['--config', 'test/e2e/playwright.config.ts', '--retries', '0', '--output', folder];
    const exitCode = await runTool(root, ['@playwright/test', 'playwright', 'test', ...specs, 'test/e2e/desktop'], {
      ...process.env,
      PLAYWRIGHT_JSON_OUTPUT_FILE: file,
    });
    const totals = judgeRun(readReport(file, playwrightTotals), exitCode);
    return { number, totals, ms: performance.now() - startedAt, specs: readReport(file, readSpecTimes) ?? [] };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function soakOnce(number: number): Promise<SoakRun> {
  const home = temporaryHome();
  const models = await startModelServer();
  const desktop = new Desktop(home.folder, { environment: environmentOf(models) });
  kind = desktop.kind;
  const steps: Record<string, number> = {};
  let failure: string | null = null;
  let step = 'launch';
  const measure = async <Result>(name: string, action: () => Promise<Result>): Promise<Result> => {
    step = name;
    const startedAt = performance.now();
    const result = await action();
    steps[name] = performance.now() - startedAt;
    return result;
  };
  const timer = setTimeout(() => {
    failure = `hung in "${step}"`;
    desktop.kill().catch(() => undefined);
  }, runTimeoutMs);
  try {
    await play(desktop, measure);
    expect(desktop.unexpectedFaults()).toEqual([]);
    // The browser's crash handler sees only after the browser that it is over.
    const left = () => processesOf(home.folder);
    await expect.poll(left, { message: 'processes left behind', timeout: 5_000 }).toEqual([]);
  } catch (error) {
    failure ??= `failed in "${step}": ${error instanceof Error ? error.message : String(error)}\n${desktop.output}`;
  } finally {
    clearTimeout(timer);
    await desktop.quit().catch(() => undefined);
    await models.stop();
    home.remove();
  }
  return { number, steps, failure };
}

type Measure = <Result>(name: string, action: () => Promise<Result>) => Promise<Result>;

async function play(desktop: Desktop, measure: Measure): Promise<void> {
  await measure('launch', () => desktop.launch());
  const page = await measure('ready', () => desktop.page());
  await measure('chat', async () => {
    await startChatting(page);
    await ask(page, 'What do you hear?', /\S/);
  });
  const killed = desktop.nodePid();
  await measure('node killed', async () => {
    process.kill(killed, 'SIGKILL');
    const asked = { timeout: 30_000, intervals: [50] };
    await expect.poll(() => desktop.nodePidOrNull(), asked).not.toBe(killed);
    await expect.poll(() => desktop.nodePidOrNull(), asked).not.toBeNull();
  });
  await measure('chat again', () => askWhenConnected(page, 'And now?'));
  await measure('quit', () => desktop.quit());
}

/** Until the page has found the new node, what is sent stays with the person, who sends it again. */
async function askWhenConnected(page: Page, text: string): Promise<void> {
  await expect(async () => {
    await send(page, text);
    await expect(prompts(page).last()).toContainText(text, { timeout: 500 });
  }).toPass({ timeout: 40_000, intervals: [50] });
  await answered(page);
}
