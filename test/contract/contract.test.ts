import { describe, expect, test } from 'vitest';
import type { Channel } from '../../node-core/api/channel.ts';
import { createClient } from '../../node-core/api/client.ts';
import { type CallName, contract, type SubscriptionName } from '../../node-core/api/contract.ts';
import { failureSchema } from '../../node-core/api/failure-schema.ts';
import { type Failure, FailureError, failureOf } from '../../node-core/api/failures.ts';
import { serveContractLate } from '../../node-core/api/late-server.ts';
import { sampleOf, samplesOf } from '../builders/contract-samples.ts';
import { waitUntil } from '../builders/wait.ts';
import { createRecordingHandlers, type RecordingHandlers } from '../doubles/recording-handlers.ts';
import { type Carrier, carriers } from './carriers.ts';

const callNames = Object.keys(contract.calls) as CallName[];
const subscriptionNames = Object.keys(contract.subscriptions) as SubscriptionName[];

interface Connection extends RecordingHandlers {
  readonly client: ReturnType<typeof createClient>;
  /** The server's end. */
  readonly far: Channel;
  readonly bugs: unknown[];
}

async function connect(carrier: Carrier): Promise<Connection> {
  const recording = createRecordingHandlers();
  const bugs: unknown[] = [];
  const served = Promise.withResolvers<Channel>();
  const near = await carrier.open((channel) => {
    served.resolve(channel);
    serveContractLate(channel, recording.handlers, (error) => {
      bugs.push(error);
      return 'INCIDENT';
    });
  });
  return { ...recording, client: createClient(near), far: await served.promise, bugs };
}

/** Any call by its name, with input that the contract may not allow. */
const callAny = ({ client }: Connection, name: string, input: unknown): Promise<unknown> =>
  client.call(name as 'status.get', input as Record<string, never>);

/** Everything a subscription says, and how it ends. */
function watchAny(
  { client }: Connection,
  name: SubscriptionName,
  input: unknown = sampleOf(contract.subscriptions[name].input),
) {
  const items: unknown[] = [];
  const ended = Promise.withResolvers<Failure>();
  const stop = client.watch(name as 'status.watch', input as Record<string, never>, {
    next: (item) => items.push(item),
    ended: ended.resolve,
  });
  return { items, ended: ended.promise, stop, arrived: (count: number) => waitUntil(() => items.length >= count) };
}

describe.each(carriers)('the contract over $name', (carrier) => {
  test.each(callNames)('%s is answered', async (name) => {
    const connection = await connect(carrier);
    const input = sampleOf(contract.calls[name].input);
    expect(await callAny(connection, name, input)).toEqual(sampleOf(contract.calls[name].output));
    expect(connection.calls).toEqual([{ name, input: contract.calls[name].input.parse(input) }]);
  });

  test.each(subscriptionNames)('%s begins with the present value and goes on', async (name) => {
    const connection = await connect(carrier);
    const items = samplesOf(contract.subscriptions[name].item);
    const watched = watchAny(connection, name);
    await watched.arrived(1);
    for (const item of items) connection.opened[0]?.sink.next(item);
    await watched.arrived(1 + items.length);
    expect(watched.items).toEqual([items[0], ...items]);
    expect(connection.opened[0]?.input).toEqual(sampleOf(contract.subscriptions[name].input));
  });

  test('input that the contract does not allow reaches no handler', async () => {
    const connection = await connect(carrier);
    for (const [name, input] of [
      ['thread.send', { conversationId: 'no id', text: 'x', attachmentIds: [] }],
      ['thread.page', { conversationId: '01ARZ3NDEKTSV4RRFFQ69G5FAV', from: -1, count: 10 }],
      ['models.choose', undefined],
      ['no.such', {}],
      ['__proto__', {}],
      ['constructor', {}],
    ] as const) {
      expect(failureOf(await callAny(connection, name, input).catch((error) => error))?.kind).toMatch(/invalid-input/);
    }
    const watched = watchAny(connection, 'thread.watch', { conversationId: 'no id' });
    expect(await watched.ended).toMatchObject({ kind: 'invalid-input', field: 'conversationId' });
    expect([connection.calls, connection.opened]).toEqual([[], []]);
  });

  test('an answer that the contract does not allow is a bug of the server and never leaves it', async () => {
    const connection = await connect(carrier);
    connection.answer('api.token', () => ({ token: 17, secret: 'secret' }));
    const error = await connection.client.call('api.token', {}).catch((thrown) => thrown);
    expect(failureOf(error)).toEqual({ kind: 'bug', incident: 'INCIDENT' });
    connection.first('status.watch', { state: 'odd' });
    expect(await watchAny(connection, 'status.watch').ended).toEqual({ kind: 'bug', incident: 'INCIDENT' });
    expect(connection.bugs).toHaveLength(2);
  });

  test('an answer that the contract does not allow is refused by the client too', async () => {
    const near = await carrier.open((far) => {
      far.onFrame((frame) => {
        const { i } = Object(frame);
        far.post({ t: 's', i, r: { isOk: true, value: { token: 17 } } });
      });
      far.onClose(() => undefined);
    });
    await expect(createClient(near).call('api.token', {})).rejects.toThrow();
  });

  test('fields that the contract does not name are left out, on both sides', async () => {
    const connection = await connect(carrier);
    connection.answer('api.token', () => ({ token: 'abc', leaked: 'secret' }));
    expect(await callAny(connection, 'api.token', { more: 1 })).toEqual({ token: 'abc' });
    expect(connection.calls).toEqual([{ name: 'api.token', input: {} }]);
  });

  test.each(failureSchema.unwrap().options.map((option) => sampleOf(option) as Failure))(
    '$kind arrives as it was',
    async (failure) => {
      const connection = await connect(carrier);
      connection.answer('status.get', () => {
        throw new FailureError(failure);
      });
      const error = await connection.client.call('status.get', {}).catch((thrown) => thrown);
      expect(error).toBeInstanceOf(FailureError);
      expect(failureOf(error)).toEqual(failure);
    },
  );

  test('anything else that is thrown arrives as an incident, without its words', async () => {
    const connection = await connect(carrier);
    connection.answer('status.get', () => {
      throw new Error('secret words');
    });
    const error = await connection.client.call('status.get', {}).catch((thrown) => thrown);
    expect(failureOf(error)).toEqual({ kind: 'bug', incident: 'INCIDENT' });
    expect(JSON.stringify(error)).not.toContain('secret');
  });

  test('answers find their questions, whatever order they come in', async () => {
    const connection = await connect(carrier);
    const gates = ['a', 'b', 'c'].map(() => Promise.withResolvers<void>());
    let asked = 0;
    connection.answer('api.token', async () => {
      const index = asked;
      asked += 1;
      await gates[index]?.promise;
      return { token: String(index) };
    });
    const calls = gates.map(() => connection.client.call('api.token', {}));
    await waitUntil(() => asked === 3);
    for (const gate of [...gates].reverse()) gate.resolve();
    expect(await Promise.all(calls)).toEqual([{ token: '0' }, { token: '1' }, { token: '2' }]);
  });

  test('who no longer watches is told nothing, and the handler is', async () => {
    const connection = await connect(carrier);
    const watched = watchAny(connection, 'status.watch');
    await watched.arrived(1);
    watched.stop();
    watched.stop();
    await waitUntil(() => connection.stopped.length === 1);
    connection.opened[0]?.sink.next(sampleOf(contract.subscriptions['status.watch'].item));
    await connection.client.call('status.get', {});
    expect([watched.items.length, connection.stopped]).toEqual([1, ['status.watch']]);
  });

  test.each(['client', 'server'] as const)('when the %s goes, everything ends once', async (side) => {
    const connection = await connect(carrier);
    connection.answer('status.get', () => new Promise(() => undefined));
    const watched = watchAny(connection, 'agents.watch');
    await watched.arrived(1);
    const call = connection.client.call('status.get', {}).catch(failureOf);
    await waitUntil(() => connection.calls.length === 1);
    const closed = new Promise<void>((resolve) => connection.client.onClose(resolve));
    if (side === 'client') connection.client.close();
    else connection.far.close();
    await closed;
    expect(await call).toEqual({ kind: 'disconnected' });
    expect(await watched.ended).toEqual({ kind: 'disconnected' });
    await waitUntil(() => connection.stopped.length === 1);
    expect(await connection.client.call('status.get', {}).catch(failureOf)).toEqual({ kind: 'disconnected' });
  });

  test('a client cannot hold more subscriptions than a page needs', async () => {
    const connection = await connect(carrier);
    const watched = Array.from({ length: 201 }, () => watchAny(connection, 'status.watch'));
    expect(await watched.at(-1)?.ended).toMatchObject({ kind: 'invalid-input' });
    expect(connection.opened).toHaveLength(200);
  });

  test('an attachment of the largest size passes', async () => {
    const connection = await connect(carrier);
    const base64 = 'A'.repeat(4 * Math.ceil((10 * 1024 * 1024) / 3));
    const input = { conversationId: '01ARZ3NDEKTSV4RRFFQ69G5FAV', name: 'big.png', mediaType: 'image/png', base64 };
    await connection.client.call('attachments.add', input);
    expect(connection.calls.map(({ input: received }) => Object(received).base64.length)).toEqual([base64.length]);
  });
});
