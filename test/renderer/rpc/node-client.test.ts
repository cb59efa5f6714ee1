import { expect, test } from 'vitest';
import { type Channel, channelPair } from '../../../node-core/api/channel.ts';
import type { Handlers } from '../../../node-core/api/contract.ts';
import { type Failure, FailureError, failureOf } from '../../../node-core/api/failures.ts';
import { defaultSettings, type Settings } from '../../../node-core/api/node-views.ts';
import { serveContract } from '../../../node-core/api/server.ts';
import { NoSessionError } from '../../../renderer/rpc/no-session-error.ts';
import { createNodeClient, type NodeClient } from '../../../renderer/rpc/node-client.ts';

/** A node that answers only what these tests ask, and a network that can be broken. */
class Network {
  readonly waits: { delayMs: number; action: () => void }[] = [];
  settings: Settings = defaultSettings;
  refusal: Error | null = null;
  endsAt: Failure | null = null;
  connections = 0;
  #far: Channel | null = null;

  readonly client: NodeClient = createNodeClient({
    connect: async () => this.connect(),
    after: (delayMs, action) => {
      this.waits.push({ delayMs, action });
      return () => undefined;
    },
    random: () => 0,
  });

  connect(): Channel {
    if (this.refusal) throw this.refusal;
    this.connections += 1;
    const [near, far] = channelPair();
    this.#far = far;
    serveContract(far, this.handlers(), () => 'incident');
    return near;
  }

  break(): void {
    this.#far?.close();
  }

  /** Lets the next waiting attempt begin. */
  async retry(): Promise<void> {
    this.waits.shift()?.action();
    await settled();
  }

  handlers(): Handlers {
    const handlers = {
      calls: { 'settings.update': () => this.settings },
      subscriptions: {
        'settings.watch': (_: unknown, sink: { next(item: Settings): void }) => {
          if (this.endsAt) throw new FailureError(this.endsAt);
          sink.next(this.settings);
          return () => undefined;
        },
      },
    };
    // The other calls are never made here.
    return handlers as unknown as Handlers;
  }
}

const settled = async (): Promise<void> => {
  for (let round = 0; round < 30; round += 1) await Promise.resolve();
};

test('a call before the first connection waits for it', async () => {
  const network = new Network();
  expect(network.client.connection().kind).toBe('connecting');
  await expect(network.client.call('settings.update', {})).resolves.toEqual(defaultSettings);
  expect(network.client.connection().kind).toBe('connected');
});

test('a subscription outlives the connection and hears the present value again', async () => {
  const network = new Network();
  const heard: string[] = [];
  network.client.watch('settings.watch', {}, { next: ({ theme }) => heard.push(theme) });
  await settled();
  network.settings = { ...defaultSettings, theme: 'dark' };
  network.break();
  await settled();
  expect(network.client.connection().kind).toBe('lost');
  await network.retry();
  expect(network.client.connection().kind).toBe('connected');
  expect(heard).toEqual(['system', 'dark']);
});

test('a subscription that was ended is not made again', async () => {
  const network = new Network();
  const heard: string[] = [];
  const stop = network.client.watch('settings.watch', {}, { next: ({ theme }) => heard.push(theme) });
  await settled();
  stop();
  network.break();
  await settled();
  await network.retry();
  expect(heard).toEqual(['system']);
});

test('a subscription that the node refuses ends with its failure', async () => {
  const network = new Network();
  network.endsAt = { kind: 'not-found', what: 'conversation' };
  const ends: Failure[] = [];
  network.client.watch('settings.watch', {}, { next: () => undefined, ended: (failure) => ends.push(failure) });
  await settled();
  expect(ends).toEqual([{ kind: 'not-found', what: 'conversation' }]);
});

test('a call while the connection is lost fails at once', async () => {
  const network = new Network();
  await settled();
  network.break();
  await settled();
  const error: unknown = await network.client.call('settings.update', {}).catch((reason: unknown) => reason);
  expect(failureOf(error)).toEqual({ kind: 'disconnected' });
});

test('waits longer after each attempt that fails, and anew after one that succeeded', async () => {
  const network = new Network();
  await settled();
  network.refusal = new Error('refused');
  network.break();
  await settled();
  const waited: number[] = [];
  for (let attempt = 0; attempt < 3; attempt += 1) {
    waited.push(network.waits[0]?.delayMs ?? -1);
    await network.retry();
  }
  network.refusal = null;
  await network.retry();
  network.break();
  await settled();
  expect([...waited, network.waits[0]?.delayMs]).toEqual([250, 500, 1_000, 250]);
});

test('without a session it asks no more and refuses what waits', async () => {
  const network = new Network();
  network.refusal = new NoSessionError();
  const client = createNodeClient({
    connect: async () => network.connect(),
    after: () => expect.unreachable('it must not try again'),
    random: () => 0,
  });
  const error: unknown = await client.call('settings.update', {}).catch((reason: unknown) => reason);
  expect(failureOf(error)).toEqual({ kind: 'disconnected' });
  expect(client.connection().kind).toBe('no-session');
});

test('after closing nothing is tried again', async () => {
  const network = new Network();
  await settled();
  network.client.close();
  await settled();
  expect(network.waits).toEqual([]);
  expect(network.connections).toBe(1);
});
