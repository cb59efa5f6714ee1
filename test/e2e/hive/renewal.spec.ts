import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import type { NodeConfig } from '../../../node-core/config/node-config.ts';
import { createNode, type RunningNode } from '../../../node-core/node.ts';
import { createPlainHost } from '../../../node-core/platform/plain-host.ts';
import { findProgramFiles } from '../../../node-core/platform/program-files.ts';
import { systemClock } from '../../../node-core/platform/system-clock.ts';
import type { Clock } from '../../../node-core/protocol/ports/clock.ts';
import { masterKeyOf } from '../../../node-core/trust/signer/master-key.ts';
import { sequenceFile } from '../../../node-core/trust/signer/signed-sequence.ts';
import { createSignerServer } from '../../../node-core/trust/signer/signer-server.ts';
import { type ListeningSigner, listenForNodes } from '../../../node-core/trust/signer/signer-socket.ts';
import { freePort } from '../../builders/free-port.ts';
import { nodeConfig } from '../../builders/node-config.ts';
import { createRecordedLog } from '../../doubles/recorded-log.ts';
import { test, waitUntilReady } from '../fixtures.ts';

const day = 24 * 60 * 60_000;
const check = (page: Page) => page.locator('[data-check=certificate]');

/** Central, its signer and a member, all in this process, on one clock that the test can put forward. */
class ShiftedHive {
  shiftMs = 0;
  readonly #home: string;
  readonly #clock: Clock = { ...systemClock, now: () => Date.now() + this.shiftMs };
  readonly #nodes: RunningNode[] = [];
  #signer: ListeningSigner | null = null;

  constructor(home: string) {
    this.#home = home;
  }

  async start(): Promise<{ readonly central: RunningNode; readonly member: RunningNode }> {
    const centralFolder = path.join(this.#home, 'central');
    await this.startSigner();
    const port = await freePort();
    const base = nodeConfig(centralFolder);
    const central = await this.#run({
      ...base,
      tier: 'central',
      isTierAsked: true,
      hive: {
        ...base.hive,
        publicUrl: `https://localhost:${port}`,
        host: '127.0.0.1',
        port,
        signer: { kind: 'socket', path: this.#socket() },
      },
    });
    const member = await this.#run(nodeConfig(path.join(this.#home, 'member')));
    return { central, member };
  }

  async startSigner(): Promise<void> {
    const server = await createSignerServer({
      key: masterKeyOf(Buffer.alloc(32, 9)),
      // The key of the one central is made when it starts, after this.
      centralKeys: Object.assign(new Set<string>(), { has: () => true }),
      perHour: 100,
      sequences: sequenceFile(path.join(this.#home, 'sequence.json')),
      clock: this.#clock,
      log: createRecordedLog(),
    });
    this.#signer = await listenForNodes(server, this.#socket());
  }

  async stopSigner(): Promise<void> {
    await this.#signer?.close();
    this.#signer = null;
  }

  async stop(): Promise<void> {
    for (const node of [...this.#nodes].reverse()) await node.stop();
    await this.stopSigner();
  }

  async #run(config: NodeConfig): Promise<RunningNode> {
    const node = await createNode(config, this.#host());
    this.#nodes.push(node);
    await node.listen();
    return node;
  }

  #socket(): string {
    return path.join(this.#home, 'signer.sock');
  }

  #host() {
    return { ...createPlainHost(findProgramFiles(import.meta.dirname)), clock: this.#clock };
  }
}

test('a renewal that is refused near the end of the certificate, and works again', async ({ page, home }) => {
  test.setTimeout(180_000);
  const hive = new ShiftedHive(home);
  try {
    const { central, member } = await hive.start();
    const order = { tier: null, uses: 1, expiresInSeconds: 3_600, mayIssue: false };
    const { link } = await (await central.client()).call('authority.createInvite', order);
    await (await member.client()).call('trust.join', { link });
    await expect.poll(() => member.status().tier).toBe('regional');
    await page.goto(`${member.status().address}/#token=${member.openPage().token}`);
    await waitUntilReady(page);
    await page.getByRole('button', { name: 'Later' }).click();
    await page.getByRole('region', { name: 'This computer' }).getByRole('button', { name: 'Health' }).click();
    await expect(check(page)).toHaveAttribute('data-verdict', 'passed');

    await hive.stopSigner();
    hive.shiftMs = 6 * day;
    // What notices that much time went by looks each 15 s.
    await expect(check(page)).toHaveAttribute('data-verdict', 'degraded', { timeout: 60_000 });
    await expect(check(page)).toContainText('The certificate ends soon and was not renewed yet');
    await expect(page.locator('nav [data-state=degraded]')).toBeVisible();

    await hive.startSigner();
    await check(page).getByRole('button', { name: 'Renew now' }).click();
    await expect(check(page)).toHaveAttribute('data-verdict', 'passed', { timeout: 60_000 });
    await expect(page.locator('nav [data-state=healthy]')).toBeVisible();
    const { membership, history } = await (await member.client()).call('trust.get', {});
    expect(membership?.expiresAt).toBeGreaterThan(Date.now() + 12 * day);
    expect(history.map(({ kind }) => kind)).toEqual(['renewed', 'renewal-failed', 'joined']);
  } finally {
    await hive.stop();
  }
});
