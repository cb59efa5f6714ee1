import { once } from 'node:events';
import net from 'node:net';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { createNode, type RunningNode } from '../../../node-core/node.ts';
import { createPlainHost } from '../../../node-core/platform/plain-host.ts';
import { findProgramFiles } from '../../../node-core/platform/program-files.ts';
import type { Host } from '../../../node-core/protocol/ports/host.ts';
import { damageTable } from '../../builders/damage-table.ts';
import { freePort } from '../../builders/free-port.ts';
import { nodeConfig } from '../../builders/node-config.ts';
import { startModelServer } from '../../doubles/model-server/start-model-server.ts';
import { waitUntilReady } from '../fixtures.ts';
import { environmentOf } from '../model-fixture.ts';
import { ask, startChatting } from '../person.ts';
import { test } from './hive-fixture.ts';
import { checkAll, row, verdict } from './hive-person.ts';

const limitPages = path.join(import.meta.dirname, '../../builders/limit-pages.mjs');
const check = (page: Page, code: string) => page.locator(`[data-check=${code}]`);

/** Each check is made to fail in earnest, and followed back to green by the button that it offers. */
test.describe('health', () => {
  test.setTimeout(240_000);

  test('a model that was stopped, and started again', async ({ startNode, openPage }) => {
    const first = await startModelServer();
    const { port } = new URL(first.url);
    const page = await openPage(await startNode({ environment: environmentOf(first) }));
    await startChatting(page);
    await ask(page, 'Hello', 'this is the answer');
    await row(page, 'Health').click();
    await verdict(page, 'model', 'passed');
    await first.stop();
    await checkAll(page);
    await verdict(page, 'model', 'degraded');
    await expect(page.locator('nav [data-state=degraded]')).toBeVisible();
    await expect(check(page, 'model')).toContainText('Nothing answers at');
    const second = await startModelServer({ port: Number(port) });
    await check(page, 'model').getByRole('button', { name: 'Check now' }).click();
    await verdict(page, 'model', 'passed');
    await expect(page.locator('nav [data-state=flat]')).toBeVisible();
    await second.stop();
  });

  test('a database that can grow no more', async ({ startNode, openPage, faults }) => {
    faults.expect(/503/);
    const node = await startNode({ environment: { NODE_OPTIONS: `--import=${limitPages}` } });
    const page = await openPage(node);
    await page.getByRole('button', { name: 'Later' }).click();
    await row(page, 'Health').click();
    await checkAll(page);
    await verdict(page, 'disk', 'passed');
    expect((await fetch(`${node.address}/ready`)).status).toBe(200);
    node.child.kill('SIGUSR2');
    await checkAll(page);
    await verdict(page, 'disk', 'failed');
    await expect(page.locator('nav [data-state=attention]')).toBeVisible();
    const ready = await fetch(`${node.address}/ready`);
    expect([ready.status, await ready.json()]).toEqual([503, { status: 'broken' }]);
    node.child.kill('SIGUSR2');
    await check(page, 'disk').getByRole('button', { name: 'Check now' }).click();
    await verdict(page, 'disk', 'passed');
    await expect(page.locator('nav [data-state=flat]')).toBeVisible();
  });

  test('a damaged database, mended by its backup', async ({ startNode, openPage, models }) => {
    const node = await startNode({ environment: environmentOf(models) });
    const page = await openPage(node);
    await startChatting(page);
    await ask(page, 'Remember this', 'this is the answer');
    await row(page, 'Health').click();
    await checkAll(page);
    await verdict(page, 'database', 'passed');
    await page.keyboard.press('Control+,');
    await page.getByRole('navigation', { name: 'Settings' }).getByRole('button', { name: 'Storage' }).click();
    await page.getByRole('button', { name: 'Back up now' }).click();
    await expect(page.getByText(/^Backed up as/)).toBeVisible();
    damageTable(path.join(node.dataFolder, 'nunba.db'), 'messages');
    await row(page, 'Health').click();
    await checkAll(page);
    await verdict(page, 'database', 'failed');
    await expect(page.locator('nav [data-state=attention]')).toBeVisible();
    await check(page, 'database').getByRole('button', { name: 'Open Storage' }).click();
    await page.getByRole('button', { name: 'Restore', exact: true }).first().click();
    await page.getByRole('radio', { name: /^Replace/ }).check();
    await page.getByRole('dialog').getByRole('button', { name: 'Restore', exact: true }).click();
    await expect(page.getByText(/Everything is as it was in the backup/).first()).toBeVisible();
    await row(page, 'Health').click();
    await verdict(page, 'database', 'passed');
    await page.getByRole('region', { name: 'Today' }).getByRole('button').first().click();
    await expect(page.getByText('Remember this').first()).toBeVisible();
  });

  test('a clock that runs behind what is stored, and is set right', async ({ page, home }) => {
    let shiftMs = 3 * 24 * 3_600_000;
    const node = await composed(path.join(home, 'shifted'), () => Date.now() - shiftMs);
    try {
      const { address } = await node.listen();
      await page.goto(`${address}/#token=${node.openPage().token}`);
      await waitUntilReady(page);
      await page.getByRole('button', { name: 'Later' }).click();
      await row(page, 'Health').click();
      await verdict(page, 'clock', 'degraded');
      await expect(check(page, 'clock')).toContainText(/Files here are [23] days newer/);
      shiftMs = 0;
      await check(page, 'clock').getByRole('button', { name: 'Check now' }).click();
      await verdict(page, 'clock', 'passed');
    } finally {
      await node.stop();
    }
  });

  test('a parent that was stopped, and started again', async ({ hive, home, startNode, openPage }) => {
    const central = await hive.startCentral();
    const dataFolder = path.join(home, 'member');
    await hive.command({ dataFolder }, 'join', await hive.invite(central), '--yes');
    const page = await openPage(await startNode({ dataFolder }));
    await page.getByRole('button', { name: 'Later' }).click();
    await row(page, 'Health').click();
    await verdict(page, 'parent', 'passed');
    await central.kill();
    await expect(check(page, 'parent')).toHaveAttribute('data-verdict', 'degraded', { timeout: 150_000 });
    await expect(page.locator('nav [data-state=degraded]')).toBeVisible();
    await expect(check(page, 'parent')).toContainText('Chats and agents go on');
    const back = await central.again();
    await check(page, 'parent').getByRole('button', { name: 'Check now' }).click();
    await verdict(page, 'parent', 'passed');
    await expect(page.locator('nav [data-state=healthy]')).toBeVisible();
    await back.stop();
  });

  test('a port for the hive that another program has, and frees', async ({ hive, home, page }) => {
    const central = await hive.startCentral();
    const dataFolder = path.join(home, 'deaf');
    await hive.command({ dataFolder }, 'join', await hive.invite(central), '--yes');
    const port = await freePort();
    const other = net.createServer((socket) => socket.destroy()).listen(port, '127.0.0.1');
    await once(other, 'listening');
    const base = nodeConfig(dataFolder);
    const config = { ...base, tier: 'regional' as const, hive: { ...base.hive, host: '127.0.0.1', port } };
    const node = await createNode(config, createPlainHost(findProgramFiles(import.meta.dirname)));
    try {
      await expect(node.listen()).rejects.toMatchObject({ failure: { name: '--hive-port' } });
      // As the desktop does: a person's own page does not wait for the hive.
      const { address } = await node.listen('use-next');
      await page.goto(`${address}/#token=${node.openPage().token}`);
      await waitUntilReady(page);
      await page.getByRole('button', { name: 'Later' }).click();
      await row(page, 'Health').click();
      await verdict(page, 'hive-port', 'degraded');
      await expect(page.locator('nav [data-state=degraded]')).toBeVisible();
      await expect(check(page, 'hive-port')).toContainText(`Port ${port} is another program’s`);
      const { state } = await (await node.client()).call('status.check', { code: 'hive-port' });
      expect(state).toBe('degraded');
      other.close();
      await once(other, 'close');
      await check(page, 'hive-port').getByRole('button', { name: 'Check now' }).click();
      await verdict(page, 'hive-port', 'passed');
      await expect(page.locator('nav [data-state=healthy]')).toBeVisible();
      await expect(check(page, 'hive-port')).toContainText(`127.0.0.1:${port}`);
    } finally {
      await node.stop();
      other.close();
    }
  });
});

/** A node in this process, on a computer whose clock says something else. */
async function composed(dataFolder: string, now: () => number): Promise<RunningNode> {
  const program = findProgramFiles(import.meta.dirname);
  const host: Host = createPlainHost(program);
  return createNode(nodeConfig(dataFolder), { ...host, clock: { ...host.clock, now } });
}
