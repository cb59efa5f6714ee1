import { once } from 'node:events';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Channel, frameSchema, maxFrameBytes } from '../../node-core/api/channel.ts';
import { createClient } from '../../node-core/api/client.ts';
import { contract } from '../../node-core/api/contract.ts';
import { serveContractLate } from '../../node-core/api/late-server.ts';
import { openNodeSocket } from '../../node-core/commands/open-node-socket.ts';
import { sampleOf } from '../builders/contract-samples.ts';
import { adminToken, chatToken, startTestListener } from '../doubles/http-node.ts';
import { createRecordingHandlers } from '../doubles/recording-handlers.ts';
import { carriers, openSocket } from './carriers.ts';

const names = fc.constantFrom(...Object.keys(contract.calls), ...Object.keys(contract.subscriptions), '__proto__', '');
/** Frames that look right and are not, and anything at all. */
const junk = fc.oneof(
  fc.jsonValue(),
  fc.record(
    {
      t: fc.constantFrom('q', 's', 'x'),
      i: fc.oneof(fc.string(), fc.integer()),
      m: fc.constantFrom('call', 'open', 'close', 'item', 'ended', '$close', 'constructor'),
      a: fc.oneof(fc.tuple(names, fc.jsonValue()), fc.tuple(fc.integer(), names, fc.jsonValue()), fc.jsonValue()),
      o: fc.oneof(fc.boolean(), fc.string()),
      r: fc.jsonValue(),
      e: fc.jsonValue(),
    },
    { requiredKeys: ['t'] },
  ),
);

const serve = (channel: Channel): void =>
  serveContractLate(channel, createRecordingHandlers().handlers, () => 'INCIDENT');
const statusOf = (channel: Channel): Promise<unknown> => createClient(channel).call('status.get', {});

describe.each(carriers)('frames over $name', (carrier) => {
  test('no frame from a client harms the server: it answers, is silent, or hangs up', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(junk, { minLength: 1, maxLength: 8 }), async (frames) => {
        const served = Promise.withResolvers<Channel>();
        const near = await carrier.open((channel) => {
          serve(channel);
          served.resolve(channel);
        });
        let isClosed = false;
        near.onClose(() => {
          isClosed = true;
        });
        for (const frame of frames) near.post(frame);
        const isUnderstood = frames.every((frame) => frameSchema.safeParse(frame).success);
        const outcome = await statusOf(near).then(
          () => 'answered',
          () => 'hung up',
        );
        expect(outcome).toBe(isUnderstood ? 'answered' : 'hung up');
        expect(isClosed).toBe(!isUnderstood);
        near.close();
        (await served.promise).close();
      }),
      { numRuns: 60 },
    );
  });

  test('no frame from a server harms the client', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(junk, { minLength: 1, maxLength: 8 }), async (frames) => {
        const served = Promise.withResolvers<Channel>();
        const near = await carrier.open((channel) => {
          serve(channel);
          served.resolve(channel);
        });
        const client = createClient(near);
        const seen: unknown[] = [];
        client.watch('status.watch', {}, { next: (item) => seen.push(item) });
        for (const frame of frames) (await served.promise).post(frame);
        const status = await client.call('status.get', {}).catch(() => null);
        if (status !== null) expect(status).toEqual(sampleOf(contract.calls['status.get'].output));
        for (const item of seen) expect(contract.subscriptions['status.watch'].item.safeParse(item).success).toBe(true);
        client.close();
      }),
      { numRuns: 60 },
    );
  });
});

describe('what is no frame on a WebSocket', () => {
  const closing = async (send: (socket: WebSocket) => void): Promise<number> => {
    const { address } = await startTestListener(undefined, { attach: serve });
    const socket = await openSocket(address);
    send(socket);
    const [event] = (await once(socket, 'close')) as [CloseEvent];
    return event.code;
  };

  test('no JSON, and bytes, close it', async () => {
    expect(await closing((socket) => socket.send('{"t":'))).toBe(1003);
    expect(await closing((socket) => socket.send(new Uint8Array([1, 2, 3])))).toBe(1003);
  });

  test('a frame larger than any attachment closes it', async () => {
    expect(await closing((socket) => socket.send(`"${'x'.repeat(maxFrameBytes)}"`))).toBe(1009);
  });
});

describe('who may connect to /rpc', () => {
  const attempt = async (headers: Record<string, string>): Promise<string> => {
    const { node, address } = await startTestListener(undefined, { attach: serve });
    const session = (await node.sessions.exchange(node.sessions.mint().token)) ?? '';
    const port = new URL(address).port;
    const filled = Object.entries(headers).map(([name, value]) => [
      name,
      value.replace('SESSION', `nunba-session-${port}=${session}`).replace('ORIGIN', address),
    ]);
    const socket = await openNodeSocket(address, Object.fromEntries(filled), 5_000);
    socket?.close();
    return socket ? 'open' : 'refused';
  };

  test.each([
    [{ authorization: `Bearer ${adminToken}` }, 'open'],
    [{ cookie: 'SESSION', origin: 'ORIGIN' }, 'open'],
    [{}, 'refused'],
    [{ authorization: `Bearer ${chatToken}` }, 'refused'],
    [{ cookie: 'SESSION' }, 'refused'],
    [{ cookie: 'SESSION', origin: 'http://evil.example' }, 'refused'],
    [{ cookie: 'SESSION', origin: 'null' }, 'refused'],
    [{ origin: 'ORIGIN' }, 'refused'],
    [{ cookie: 'nunba-session-1=x', origin: 'ORIGIN' }, 'refused'],
    [{ authorization: `Bearer ${adminToken}`, origin: 'http://evil.example' }, 'refused'],
  ])('%j: %s', async (headers, outcome) => {
    expect(await attempt(headers)).toBe(outcome);
  });
});
