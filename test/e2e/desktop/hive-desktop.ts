import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import type { NodeState } from '../../../node-core/protocol/node-state.ts';
import { type StartedNode, startNode } from '../fixtures.ts';
import { type Hive, type HiveNode, hiveIn } from '../hive/hive-fixture.ts';
import { temporaryHome } from '../run-program.ts';
import type { Desktop } from './desktop.ts';
import { trayHostIn } from './fake-tray-host.ts';
import { test as desktopTest, standInOnly } from './fixture.ts';
import { answerQuestion, closeWindow, isVisible, menuOf, pictureOf, tooltipOf } from './tray-of.ts';

/** A hive whose stewards work by command alone. */
interface CommandHive extends Omit<Hive, 'openSteward'> {
  /** A regional below central, which takes in locals. */
  startRegional(central: HiveNode): Promise<HiveNode>;
  /** What a list of a node's steward holds, such as that of `members`. */
  listed(node: HiveNode, list: 'members' | 'requests'): Promise<readonly { readonly publicKey: string }[]>;
}

/** Playwright's `test` with the desktop app, and hives of real processes for it to join. */
export const test = desktopTest.extend<{ readonly hive: CommandHive }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
  hive: async ({}, use) => {
    const { folder, remove } = temporaryHome();
    const started: StartedNode[] = [];
    const start: Parameters<typeof hiveIn>[1] = async (options) => {
      const node = await startNode(folder, started.length, options);
      started.push(node);
      return node;
    };
    const hive = hiveIn(folder, start, () => Promise.reject(new Error('No browser is beside the app.')));
    await use({
      ...hive,
      async startRegional(central) {
        const dataFolder = path.join(folder, 'regional');
        await hive.command({ dataFolder }, 'join', await hive.invite(central, '--may-issue'), '--yes');
        return hive.startReachable(dataFolder);
      },
      listed: async (node, list) => JSON.parse(await hive.command(node, list, 'list', '--json'))[list],
    });
    for (const node of started) await node.stop();
    remove();
  },
});

/** Starts the app on a desktop that shows trays, which only the stand-in is. */
export async function launchWithTray(desktop: Desktop, args: readonly string[] = []): Promise<Page> {
  standInOnly(desktop);
  await desktop.launch({ args, environment: trayHostIn(desktop.home, true) });
  return desktop.page();
}

/** Closes the window to the tray. */
export async function hide(desktop: Desktop): Promise<void> {
  await expect.poll(() => desktop.seen(({ trays }) => trays.length)).toBe(1);
  await answerQuestion(desktop, 0, true);
  await expect(async () => {
    await closeWindow(desktop);
    expect(await isVisible(desktop)).toBe(false);
  }).toPass();
}

/** The foot of the sidebar, the tray's picture, its tooltip and its menu say one state in the same words. */
export async function expectSaid(
  desktop: Desktop,
  page: Page,
  { state, sentence, timeout = 15_000 }: { readonly state: NodeState; readonly sentence: string; timeout?: number },
): Promise<void> {
  await expect(page.locator(`nav [data-state="${state}"]`)).toBeVisible({ timeout });
  await expect(page.locator('nav').getByText(sentence, { exact: true })).toBeVisible();
  await expect
    .poll(() => pictureOf(desktop), { timeout })
    .toMatch(new RegExp(`[/\\\\]${state}(-light|Template)?\\.png$`));
  await expect.poll(async () => (await tooltipOf(desktop)).startsWith(`Nunba: ${sentence}, `)).toBe(true);
  await expect.poll(async () => (await menuOf(desktop))[0]?.startsWith(`${sentence}, `)).toBe(true);
}

/** The row of the sidebar that shows a page about this computer. */
export const row = (page: Page, name: string) =>
  page.getByRole('region', { name: 'This computer' }).getByRole('button', { name });

/** What the system has shown the person, oldest first. */
export const notified = (desktop: Desktop): Promise<readonly { readonly title: string; readonly body: string }[]> =>
  desktop.seen(({ notifications }) => notifications.map(({ title, body }) => ({ title, body })));

/** Clicks the newest of the system's notifications. */
export const clickNotification = (desktop: Desktop): Promise<void> =>
  desktop.seen(({ notifications }) => void notifications.at(-1)?.emit('click'));
