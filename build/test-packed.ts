import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { resolveTestBrowser, runSpecs } from './run-specs.ts';
import { describeTotals } from './totals.ts';

/**
 * `npm run test:packed`: the desktop specs once more, on the files that `npm run dist:check` packed and extracted. They
 * find what packaging forgot: a file that the globs left out, a package that was not bundled.
 */
const root = path.dirname(import.meta.dirname);
const output = path.join(root, 'test-output');
const app = path.join(output, 'packed-app');
const report = path.join(output, 'playwright-packed.json');

const browser = resolveTestBrowser();
if (!fs.existsSync(path.join(app, 'package.json'))) {
  console.error('Nothing is packed yet: run `npm run dist:check` first.');
  process.exitCode = 1;
} else if (browser.kind !== 'found') {
  console.error(browser.kind === 'none' ? browser.reason : 'Chromium could not be installed with apt-get.');
  process.exitCode = 1;
} else {
  process.exitCode = await runOnPacked(browser.file);
}

async function runOnPacked(browserFile: string): Promise<number> {
  fs.rmSync(report, { force: true });
  const args = ['--output', path.join(output, 'playwright-packed'), 'test/e2e/desktop'];
  const totals = await runSpecs(root, { browserFile, report, args, environment: { E2E_APP: app } });
  console.log(`[test:packed] desktop specs on the packed files: ${describeTotals(totals)}`);
  console.log(describeTotals(totals));
  return totals.failed > 0 ? 1 : 0;
}
