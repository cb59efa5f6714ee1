import { chromium, type Page } from '@playwright/test';
import { lookForTestBrowser } from '../../build/find-test-browser.ts';
import { chromiumFlags } from '../builders/chromium-flags.ts';
import { seedFolder } from './seed.ts';
import { type SpawnedNode, spawnNode, temporaryFolder } from './spawn-node.ts';
import { type Measurement, median } from './statistics.ts';
import type { TokenSource } from './token-source.ts';

const title = 'Ten thousand messages';
const runs = 7;

/** The URL that the node printed; it opens the page once. */
function pageUrl(node: SpawnedNode): string {
  const found = /http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]+/.exec(node.output());
  if (!found) throw new Error('The node printed no page.');
  return found[0];
}

const interactive = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const look = (): void => {
          if (document.documentElement.dataset.ready === 'true') resolve(performance.now());
          else requestAnimationFrame(look);
        };
        look();
      }),
  );

/** Page in a real Chromium: start to interactive, and a conversation of 10,000 messages. */
export async function measurePage(source: TokenSource): Promise<readonly Measurement[]> {
  const dataFolder = temporaryFolder();
  await seedFolder(dataFolder, [{ title, count: 10_000 }]);
  const node = await spawnNode({ HEVOLVE_LLM_ENDPOINT_URL: source.url, HEVOLVE_LLM_MODEL_NAME: 'ticker' }, dataFolder, [
    '--ui',
  ]);
  const found = lookForTestBrowser(chromium.executablePath());
  if (found.kind !== 'found') throw new Error('No Chromium for the bench.');
  const browser = await chromium.launch({ executablePath: found.file, args: [...chromiumFlags] });
  try {
    const page = await browser.newPage({ viewport: { width: 1200, height: 820 } });
    await page.goto(pageUrl(node));
    const cold = await interactive(page);
    await page.getByRole('button', { name: 'Start chatting' }).click();
    await page.getByRole('button', { name: 'New chat' }).first().waitFor();
    const warm: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      await page.reload();
      warm.push(await interactive(page));
    }
    return [
      { name: 'page interactive, cold', value: cold, unit: 'ms', budget: 1000, note: 'first load of a new profile' },
      {
        name: 'page interactive, warm',
        value: median(warm),
        unit: 'ms',
        budget: 1000,
        note: `median of ${runs} reloads`,
      },
      ...(await measureLongThread(page)),
    ];
  } finally {
    await browser.close();
    await node.stop();
  }
}

async function measureLongThread(page: Page): Promise<readonly Measurement[]> {
  const row = page
    .getByRole('link', { name: title })
    .or(page.getByRole('button', { name: title }))
    .first();
  const newChat = page.getByRole('button', { name: 'New chat' }).first();
  const opened: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    await newChat.click();
    await page.getByText('rareword9999').waitFor({ state: 'detached' });
    const target = await row.elementHandle();
    opened.push(
      await page.evaluate(
        (element) =>
          new Promise<number>((resolve) => {
            const started = performance.now();
            (element as HTMLElement).click();
            const look = (): void => {
              if (document.body.textContent?.includes('rareword9999')) resolve(performance.now() - started);
              else requestAnimationFrame(look);
            };
            look();
          }),
        target,
      ),
    );
  }
  const rows = await page.locator('[data-index]').count();
  const scroll = await scrollThrough(page);
  const longest = await longestTaskWhileStreaming(page);
  return [
    {
      name: 'open 10,000 messages',
      value: median(opened),
      unit: 'ms',
      budget: 200,
      note: `click to text, median of ${runs}`,
    },
    { name: 'rows in the DOM', value: rows, unit: 'rows', budget: 150, note: '10,000 messages' },
    {
      name: 'slowest frame while scrolling',
      value: scroll,
      unit: 'ms',
      budget: null,
      note: '60 wheel steps through 10,000 messages',
    },
    {
      name: 'longest task while streaming',
      value: longest,
      unit: 'ms',
      budget: 50,
      note: '200 tokens/s into 10,000 messages; tasks under 50 ms are not seen',
    },
  ];
}

async function scrollThrough(page: Page): Promise<number> {
  await page.evaluate(() => {
    const state = globalThis as unknown as { slowest: number; isDone: boolean };
    state.slowest = 0;
    state.isDone = false;
    let last = performance.now();
    const look = (): void => {
      const now = performance.now();
      state.slowest = Math.max(state.slowest, now - last);
      last = now;
      if (!state.isDone) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.mouse.move(700, 400);
  for (let step = 0; step < 60; step += 1) await page.mouse.wheel(0, -1500);
  return page.evaluate(() => {
    const state = globalThis as unknown as { slowest: number; isDone: boolean };
    state.isDone = true;
    return state.slowest;
  });
}

async function longestTaskWhileStreaming(page: Page): Promise<number> {
  await page.evaluate(() => {
    const state = globalThis as unknown as { longest: number };
    state.longest = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) state.longest = Math.max(state.longest, entry.duration);
    }).observe({ type: 'longtask' });
  });
  const composer = page.getByRole('textbox', { name: /^Message / });
  await composer.fill('tick');
  await composer.press('Enter');
  await page.getByRole('button', { name: 'Stop', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Stop', exact: true }).waitFor({ state: 'detached' });
  return page.evaluate(() => (globalThis as unknown as { longest: number }).longest);
}
