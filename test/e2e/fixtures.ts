import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { environmentOf, modelTest } from './model-fixture.ts';
import { startChatting } from './person.ts';
import { type RunningProgram, runProgram, temporaryHome } from './run-program.ts';
import { type PageFaults, watchPages } from './watch-page.ts';

const root = path.join(import.meta.dirname, '../..');
const builtNode = path.join(root, 'dist/node-core/main.js');

/** What a test may say about the node it wants. */
export interface NodeOptions {
  /** Environment on top of a bare one: endpoints, keys. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Absolute; a new one unless given. Give one to start a node again on what another has left. */
  readonly dataFolder?: string;
  /** 0, any free port, unless given. */
  readonly port?: number;
  /** More flags of `nunba-node serve`. */
  readonly args?: readonly string[];
  /** Entry of a copy of the program; that of the built one unless given. */
  readonly main?: string;
}

/** A built node that serves its page. */
export interface StartedNode extends RunningProgram {
  /** `http://127.0.0.1:PORT` */
  readonly address: string;
  /** With a one-time token: opens the page once. */
  readonly pageUrl: string;
  readonly dataFolder: string;
}

interface Fixtures {
  /** An empty home folder of the test, below which data folders may be made. */
  readonly home: string;
  /** Starts a node; it is stopped when the test ends. */
  readonly startNode: (options?: NodeOptions) => Promise<StartedNode>;
  /** Opens the page of a node and waits until it can be used. */
  readonly openPage: (node: StartedNode) => Promise<Page>;
  /** Fails the test, when it is over, with every error of its pages that it did not expect. */
  readonly faults: PageFaults;
  /** The page of a node whose environment names `models`, at a new chat. */
  readonly chatPage: Page;
  /** Keeps a picture as `test-output/screenshots/<name>.png`. */
  readonly picture: (page: Page, name: string) => Promise<void>;
}

/** Playwright's `test`, with nodes. */
export const test = modelTest.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
  home: async ({}, use) => {
    const home = temporaryHome();
    await use(home.folder);
    home.remove();
  },

  startNode: async ({ home }, use) => {
    const started: StartedNode[] = [];
    await use(async (options = {}) => {
      const node = await startNode(home, started.length, options);
      started.push(node);
      return node;
    });
    for (const node of started) await node.stop();
  },

  faults: [
    // Nodes end after this, so that what a page says of their end is no fault.
    async ({ context, startNode: _ }, use) => {
      const faults = watchPages(context);
      await use(faults);
      expect(faults.unexpected(), 'errors of the page that the test did not expect').toEqual([]);
    },
    { auto: true },
  ],

  chatPage: async ({ models, startNode, openPage }, use) => {
    const page = await openPage(await startNode({ environment: environmentOf(models) }));
    await startChatting(page);
    await use(page);
  },

  openPage: async ({ page }, use) => {
    await use(async (node) => {
      await page.goto(node.pageUrl);
      await waitUntilReady(page);
      return page;
    });
  },

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
  picture: async ({}, use) => {
    await use(async (page, name) => {
      await page.screenshot({
        path: path.join(root, 'test-output/screenshots', `${name}.png`),
        animations: 'disabled',
      });
    });
  },
});

/** Waits until the page says that its first screen can be used. */
export async function waitUntilReady(page: Page): Promise<void> {
  await page.locator('html[data-ready="true"]').waitFor({ state: 'attached' });
}

/** Starts a node that nobody stops but the caller. @param index tells its data folder from others below `home` */
export async function startNode(home: string, index: number, options: NodeOptions): Promise<StartedNode> {
  const dataFolder = options.dataFolder ?? path.join(home, `data-${index}`);
  const args = ['serve', '--ui', '--data', dataFolder, '--port', String(options.port ?? 0), ...(options.args ?? [])];
  const program = runProgram([options.main ?? builtNode, ...args], home, options.environment);
  try {
    const [pageUrl] = await program.says(/http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]+/);
    return { ...program, address: new URL(pageUrl).origin, pageUrl, dataFolder };
  } catch (error) {
    await program.stop();
    throw error;
  }
}
