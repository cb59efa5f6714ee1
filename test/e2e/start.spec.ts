import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { expect } from '@playwright/test';
import { test, waitUntilReady } from './fixtures.ts';
import { runProgram } from './run-program.ts';

const launcher = path.join(import.meta.dirname, '../../build/start.ts');

test.describe('npm start on a computer without a display', () => {
  test.skip(process.platform !== 'linux', 'only Linux has computers without a display');

  test('says which window it chose and why, serves the page, and stops in good order', async ({ home, page }) => {
    const dataFolder = path.join(home, 'data');
    const start = runProgram([launcher, '--port', '0', '--data', dataFolder], home);
    try {
      const [url] = await start.says(/http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]+/);
      await start.says(/\[start\] Nunba opens in a browser window: Electron needs a display/);
      await start.says(/No window was opened: there is no display/);
      await page.goto(url);
      await waitUntilReady(page);
      await page.goto('about:blank');

      start.child.kill('SIGINT');
      expect(await start.ended).toBe(0);
      expect(fs.readdirSync(dataFolder)).not.toContain('nunba.db-wal');
    } finally {
      await start.stop();
    }
  });

  test('a second start with the same data says that Nunba runs already', async ({ home, startNode }) => {
    const node = await startNode();
    const start = runProgram([launcher, '--port', '0', '--data', node.dataFolder], home);
    try {
      await start.ended;
      expect(start.output()).toContain(node.address);
    } finally {
      await start.stop();
    }
  });
});
