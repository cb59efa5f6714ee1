/**
 * A flat node on a clock that only this program moves, through a first run, a chat and ten idle minutes. It is run as
 * a process of its own: `silent-node.ts <data folder> <port> <URL of a model>`.
 */
import path from 'node:path';
import process from 'node:process';
import type { Client } from '../../node-core/api/client.ts';
import type { CallResult } from '../../node-core/api/contract.ts';
import { createNode } from '../../node-core/node.ts';
import { forkChild } from '../../node-core/platform/fork-child.ts';
import { nodeConfig } from '../builders/node-config.ts';
import { createFakeClock, type FakeClock } from '../doubles/clock.ts';

/** What it tells its parent, beside what it reaches. */
export type SilentNodeReport =
  | { readonly kind: 'phase'; readonly name: 'first-run' | 'chat' | 'idle' | 'over' }
  | { readonly kind: 'answer'; readonly text: string }
  | { readonly kind: 'contacts'; readonly contacts: CallResult<'about.get'>['contacts'] };

const root = path.resolve(import.meta.dirname, '../..');
const idleMs = 10 * 60_000;

const tell = (report: SilentNodeReport): void => {
  process.send?.(report);
};

const [dataFolder = '', port = '', modelUrl = ''] = process.argv.slice(2);
await live(dataFolder, Number(port), modelUrl);

async function live(folder: string, listenPort: number, url: string): Promise<void> {
  const clock = createFakeClock(Date.UTC(2026, 5, 1));
  const node = await createNode(nodeConfig(folder, { port: listenPort, licencesFile: path.join(folder, 'none') }), {
    clock,
    keyring: null,
    paths: { resources: path.join(root, 'resources'), page: null },
    openPath: () => Promise.reject(new Error('This node has no desktop.')),
    fork: forkChild,
  });
  const { address } = await node.listen();
  const client = await node.client();
  for (const name of [
    'status.watch',
    'conversations.watch',
    'agents.watch',
    'models.watch',
    'settings.watch',
    'keys.watch',
  ] as const) {
    client.watch(name, {}, { next: () => undefined });
  }
  await firstRun(client, clock, url);
  await chat(client, clock);
  tell({ kind: 'phase', name: 'idle' });
  await clock.advance(idleMs);
  tell({ kind: 'contacts', contacts: (await client.call('about.get', {})).contacts });
  tell({ kind: 'phase', name: 'over' });
  await node.stop();
  if (!address.endsWith(`:${listenPort}`)) throw new Error(`It listened at ${address}.`);
}

/** As the welcome does it: looks for programs every 2 s, tests an address and adds it. */
async function firstRun(client: Client, clock: FakeClock, url: string): Promise<void> {
  tell({ kind: 'phase', name: 'first-run' });
  for (let look = 0; look < 3; look += 1) {
    await client.call('models.discover', {});
    await clock.advance(2000);
  }
  const draft = {
    kind: 'openai-compatible' as const,
    name: 'Chosen',
    url: `${url}/v1`,
    key: null,
    trustedCertificate: null,
  };
  await client.call('models.test', { draft, providerId: null, model: 'test-model' });
  await client.call('models.add', { draft, model: 'test-model' });
  await client.call('settings.update', { isWelcomed: true });
}

async function chat(client: Client, clock: FakeClock): Promise<void> {
  tell({ kind: 'phase', name: 'chat' });
  const { id } = await client.call('conversations.create', { agentId: null, model: null });
  client.watch('thread.watch', { conversationId: id }, { next: () => undefined });
  await client.call('thread.send', { conversationId: id, text: 'Are you there?', attachmentIds: [] });
  for (;;) {
    const page = await client.call('thread.page', { conversationId: id, from: 1, count: 1 });
    const [answer] = page.messages;
    if (answer?.role === 'assistant' && answer.state.kind !== 'queued' && answer.state.kind !== 'streaming') {
      return tell({ kind: 'answer', text: JSON.stringify(answer.parts) });
    }
    await clock.advance(50);
  }
}
