import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fetchEnginePackages } from './engine/fetch-packages.ts';
import { describeFailure, vitestFailures } from './failures.ts';
import { readReport, resolveTestBrowser, runSpecs } from './run-specs.ts';
import { runTool } from './run-tool.ts';
import { addTotals, describeTotals, judgeRun, type Totals, vitestTotals } from './totals.ts';

/**
 * `npm test`: every test there is, the last line counts them. Reports and screenshots are left in `test-output`.
 * `--desktop-later` is for the CI, which runs the desktop specs on the packed files alone (`npm run test:packed`).
 */
const root = path.dirname(import.meta.dirname);
const output = path.join(root, 'test-output');

const browser = resolveTestBrowser();
if (browser.kind !== 'found') {
  console.error(browser.kind === 'none' ? browser.reason : 'Chromium could not be installed with apt-get.');
  process.exitCode = 1;
} else {
  process.exitCode = await runAll(browser.file);
}

async function runAll(browserFile: string): Promise<number> {
  fs.rmSync(output, { recursive: true, force: true });
  await fetchEnginePackages(root);
  const vitest = await runVitest();
  const playwright = await runPlaywright(browserFile);
  const totals = addTotals([vitest, playwright]);
  console.log(`[test] unit, page, contract, integration: ${describeTotals(vitest)}`);
  console.log(`[test] e2e in ${browserFile}: ${describeTotals(playwright)}`);
  console.log(describeTotals(totals));
  return totals.failed > 0 ? 1 : 0;
}

async function runVitest(): Promise<Totals> {
  const report = path.join(output, 'vitest.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const exitCode = await runTool(root, ['vitest', 'vitest', 'run', '--config', 'build/vitest.config.ts', ...reporters]);
  const failures = readReport(report, (written) => vitestFailures(written, root)) ?? [];
  for (const failure of failures) console.log(describeFailure(failure));
  return judgeRun(readReport(report, vitestTotals), exitCode);
}

async function runPlaywright(browserFile: string): Promise<Totals> {
  const args = process.argv.includes('--desktop-later') ? ['test/e2e/(?!desktop/)'] : [];
  return runSpecs(root, { browserFile, report: path.join(output, 'playwright.json'), args, environment: {} });
}
