import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { Client } from '../../node-core/api/client.ts';
import type { StatusView } from '../../node-core/api/node-views.ts';
import { connectRunning } from '../../node-core/commands/reach-node.ts';
import { freePort } from '../builders/free-port.ts';
import { builtNode, spawnNode, temporaryFolder } from './spawn-node.ts';
import { type Measurement, median } from './statistics.ts';

const runs = 5;

/** From the word to join until the node says that it is in the hive and well, and what a look at everything costs it. */
export async function measureJoin(): Promise<readonly Measurement[]> {
  const keys = temporaryFolder();
  const steward = path.join(path.dirname(builtNode), 'steward.js');
  execFileSync(process.execPath, [steward, 'keygen', '--out', path.join(keys, 'key'), '--no-copy']);
  const port = await freePort();
  const central = await spawnNode({}, temporaryFolder(), [
    ...['--tier', 'central', '--master-key', path.join(keys, 'key/master_private_key.hex')],
    ...['--public-url', `https://localhost:${port}`, '--hive-port', String(port), '--hive-host', '127.0.0.1'],
  ]);
  try {
    const desk = await connected(central.dataFolder);
    const joins: number[] = [];
    const looks: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      const order = { tier: null, uses: 1, expiresInSeconds: 3_600, mayIssue: false };
      const { link } = await desk.call('authority.createInvite', order);
      const node = await spawnNode();
      const client = await connected(node.dataFolder);
      joins.push(await timed(() => joined(client, link)));
      looks.push(await timed(() => client.call('status.check', {})));
      client.close();
      await node.stop();
    }
    desk.close();
    const note = `median of ${runs}, three processes over https on loopback, new folders`;
    return [
      { name: 'join by invite until healthy', value: median(joins), unit: 'ms', budget: 5_000, note },
      {
        name: 'health: a look at everything',
        value: median(looks),
        unit: 'ms',
        budget: null,
        note: `median of ${runs}, of a member with an empty database`,
      },
    ];
  } finally {
    await central.stop();
    fs.rmSync(keys, { recursive: true, force: true });
  }
}

async function connected(dataFolder: string): Promise<Client> {
  const client = await connectRunning(dataFolder);
  if (!client) throw new Error('The node does not answer its commands.');
  return client;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** Joins, and waits until the watched status says so. */
function joined(client: Client, link: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = client.watch(
      'status.watch',
      {},
      {
        next({ state, tier }: StatusView) {
          if (tier === 'flat' || state !== 'healthy') return;
          queueMicrotask(() => stop());
          resolve();
        },
        ended: () => reject(new Error('The node went away.')),
      },
    );
    client.call('trust.join', { link }).catch(reject);
  });
}
