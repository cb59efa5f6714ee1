import fs from 'node:fs';
import process from 'node:process';
import { chromium, type Page } from '@playwright/test';
import { lookForTestBrowser } from '../../build/find-test-browser.ts';
import { Desktop } from '../e2e/desktop/desktop.ts';
import { descendants, residentMegabytes } from './processes.ts';
import { seedFolder } from './seed.ts';
import { temporaryFolder } from './spawn-node.ts';
import { type Measurement, median, percentile } from './statistics.ts';
import type { TokenSource } from './token-source.ts';

const title = 'A thousand messages';
const launches = 5;
const crashes = 3;
const trips = 1_000;
const settleMs = 8_000;

/** The desktop app: launch, the page's way back after a crash, its port, and memory. Says on what it was measured. */
export async function measureDesktop(source: TokenSource): Promise<readonly Measurement[]> {
  const found = lookForTestBrowser(chromium.executablePath());
  if (found.kind === 'found') process.env.E2E_BROWSER ??= found.file;
  const home = temporaryFolder();
  const environment = { HEVOLVE_LLM_ENDPOINT_URL: source.url, HEVOLVE_LLM_MODEL_NAME: 'ticker' };
  const desktop = new Desktop(home, { environment });
  await seedFolder(desktop.dataFolder, [{ title, count: 1_000 }]);
  const on = desktop.kind === 'stand-in' ? 'stand-in, says little about Electron: ' : 'Electron: ';
  const note = (text: string): string => `${on}${text}`;
  try {
    const launched = await measureLaunches(desktop);
    const page = await desktop.page();
    const atRest = await measureMemory(desktop, 'at idle', note(`${settleMs / 1_000} s after the start`));
    const round = await measureTrips(page);
    const after = await measureCrashes(desktop, page);
    await page.getByRole('button', { name: title, exact: true }).click();
    await page.getByText('rareword999').waitFor();
    const full = await measureMemory(desktop, 'with 1,000 messages', note('one conversation of them is open'));
    return [
      ms(
        'desktop: launch to interactive',
        median(launched),
        note(`median of ${launches} starts, driven by Playwright`),
      ),
      ms('desktop: page reconnected after a crash', median(after), note(`median of ${crashes}; 0.5 s of it is waited`)),
      ms('desktop: port round trip, p50', percentile(round, 0.5), note(`${trips} calls of status.get, one by one`)),
      ms('desktop: port round trip, p99', percentile(round, 0.99), note(`${trips} calls of status.get, one by one`)),
      ...atRest,
      ...full,
    ];
  } finally {
    await desktop.quit();
    fs.rmSync(home, { recursive: true, force: true, maxRetries: 10 });
  }
}

const ms = (name: string, value: number, note: string): Measurement => ({
  name,
  value,
  unit: 'ms',
  budget: null,
  note,
});

/** The last one is left running, past the welcome. */
async function measureLaunches(desktop: Desktop): Promise<readonly number[]> {
  await desktop.launch();
  await (await desktop.page()).getByRole('button', { name: 'Start chatting' }).click();
  const launched: number[] = [];
  for (let run = 0; run < launches; run += 1) {
    await desktop.quit();
    const started = performance.now();
    await desktop.launch();
    await desktop.page();
    launched.push(performance.now() - started);
  }
  return launched;
}

/** A second port of the page, and the contract's frames over it, without the client's own work. */
function measureTrips(page: Page): Promise<readonly number[]> {
  return page.evaluate(async (count) => {
    const port = await new Promise<MessagePort>((resolve) => {
      const take = (event: MessageEvent): void => {
        const [first] = event.ports;
        if (event.data !== 'nunba:port' || !first) return;
        window.removeEventListener('message', take);
        resolve(first);
      };
      window.addEventListener('message', take);
      (window as unknown as { nunbaShell: { requestPort(): void } }).nunbaShell.requestPort();
    });
    const trips: number[] = [];
    for (let trip = 0; trip < count; trip += 1) {
      const started = performance.now();
      await new Promise((resolve) => {
        port.onmessage = resolve;
        port.postMessage({ t: 'q', i: `bench-${trip}`, m: 'call', a: ['status.get', {}] });
      });
      trips.push(performance.now() - started);
    }
    port.close();
    return trips;
  }, trips);
}

/** From the end of the node's process to the page's new port. */
async function measureCrashes(desktop: Desktop, page: Page): Promise<readonly number[]> {
  const measured: number[] = [];
  for (let crash = 0; crash < crashes; crash += 1) {
    const returned = page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const take = (event: MessageEvent): void => {
            if (event.data !== 'nunba:port') return;
            window.removeEventListener('message', take);
            resolve(Date.now());
          };
          window.addEventListener('message', take);
          document.documentElement.dataset.benchListens = 'true';
        }),
    );
    await page.locator('html[data-bench-listens="true"]').waitFor({ state: 'attached' });
    const killedAt = Date.now();
    process.kill(desktop.nodePid(), 'SIGKILL');
    // Each restart waits twice as long as the one before; what is measured is as if it were the first.
    measured.push((await returned) - killedAt - 500 * (2 ** crash - 1));
    await page.evaluate(() => {
      delete document.documentElement.dataset.benchListens;
    });
  }
  return measured;
}

async function measureMemory(desktop: Desktop, when: string, note: string): Promise<readonly Measurement[]> {
  await new Promise((resolve) => setTimeout(resolve, settleMs));
  const main = desktop.app.process().pid ?? 0;
  const pages = descendants(main).filter(({ command }) => command.includes('--type=renderer'));
  const page = pages.length === 0 ? Number.NaN : Math.max(...pages.map(({ pid }) => residentMegabytes(pid)));
  const sizes = { main: residentMegabytes(main), node: residentMegabytes(desktop.nodePid()), page };
  return Object.entries(sizes).map(([name, value]) => ({
    name: `desktop: memory of ${name} ${when}`,
    value,
    unit: 'MB',
    budget: null,
    note,
  }));
}
