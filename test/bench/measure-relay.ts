import type { Client } from '../../node-core/api/client.ts';
import { type Measurement, median, percentile } from './statistics.ts';
import { latencies, monotonicMicroseconds, readDirectly, type TokenSource } from './token-source.ts';

const rounds = 3;

/** Latencies of a whole answer read through the node, ms. */
async function readRelayed(client: Client): Promise<readonly number[]> {
  const conversation = await client.call('conversations.create', { agentId: null, model: null });
  const found: number[] = [];
  await new Promise<void>((resolve, reject) => {
    const stop = client.watch(
      'thread.watch',
      { conversationId: conversation.id },
      {
        next: (item) => {
          if (item.kind === 'delta') found.push(...latencies(item.text, monotonicMicroseconds()));
          if (item.kind !== 'message' || item.message.role !== 'assistant') return;
          if (item.message.state.kind === 'failed') reject(new Error(JSON.stringify(item.message.state.failure)));
          if (item.message.state.kind !== 'complete') return;
          stop();
          resolve();
        },
        ended: (failure) => reject(new Error(failure.kind)),
      },
    );
    client
      .call('thread.send', { conversationId: conversation.id, text: 'tick', attachmentIds: [] })
      .catch((error: unknown) => reject(error));
  });
  return found;
}

/** What a token costs on its way through the node, beside a plain read of the same stream in the same run. */
export async function measureRelay(
  carrier: 'WebSocket' | 'MessagePort',
  client: Client,
  source: TokenSource,
): Promise<readonly Measurement[]> {
  await readRelayed(client);
  const direct: number[] = [];
  const relayed: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    direct.push(...(await readDirectly(source.url)));
    relayed.push(...(await readRelayed(client)));
  }
  const note = `${relayed.length} tokens at 200/s; direct p50 ${median(direct).toFixed(2)} ms, p99 ${percentile(direct, 0.99).toFixed(2)} ms`;
  return [
    {
      name: `token relay added, p50, ${carrier}`,
      value: median(relayed) - median(direct),
      unit: 'ms',
      budget: carrier === 'WebSocket' ? 0.25 : 0.1,
      note,
    },
    {
      name: `token relay total, p99, ${carrier}`,
      value: percentile(relayed, 0.99),
      unit: 'ms',
      budget: 2 * percentile(direct, 0.99) + 1,
      note: 'budget: 2x direct + 1 ms',
    },
  ];
}

/** From asking to stop until the provider's socket saw the connection close. */
export async function measureAbort(client: Client, source: TokenSource): Promise<Measurement> {
  const times: number[] = [];
  for (let run = 0; run < 9; run += 1) times.push(await abortOnce(client, source));
  return {
    name: 'stop reaches the provider’s socket',
    value: median(times),
    unit: 'ms',
    budget: 10,
    note: 'median of 9',
  };
}

async function abortOnce(client: Client, source: TokenSource): Promise<number> {
  const { id: conversationId } = await client.call('conversations.create', { agentId: null, model: null });
  const streaming = new Promise<void>((resolve) => {
    const stop = client.watch(
      'thread.watch',
      { conversationId },
      {
        next: (item) => {
          if (item.kind !== 'delta') return;
          stop();
          resolve();
        },
      },
    );
  });
  await client.call('thread.send', { conversationId, text: 'tick', attachmentIds: [] });
  await streaming;
  const closed = source.nextClose();
  const asked = monotonicMicroseconds();
  await client.call('thread.stop', { conversationId });
  return ((await closed) - asked) / 1000;
}
