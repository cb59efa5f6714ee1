import { once } from 'node:events';
import net from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { Channel } from '../../node-core/api/channel.ts';
import { waitUntil } from '../builders/wait.ts';
import { adminToken, startTestListener, type TestListener } from '../doubles/http-node.ts';

interface SilentReader {
  readonly listener: TestListener;
  readonly socket: net.Socket;
  /** The server's end of its channel. */
  readonly far: Channel;
}

/** Shakes hands for a WebSocket and then neither reads nor answers. */
async function connectSilently(): Promise<SilentReader> {
  const served = Promise.withResolvers<Channel>();
  const listener = await startTestListener(undefined, {
    attach: (channel) => {
      channel.onFrame(() => undefined);
      served.resolve(channel);
    },
  });
  const socket = net.connect(listener.port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(
    [
      'GET /rpc HTTP/1.1',
      `Host: 127.0.0.1:${listener.port}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      `Authorization: Bearer ${adminToken}`,
      '',
      '',
    ].join('\r\n'),
  );
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toMatch(/^HTTP\/1\.1 101/);
  socket.pause();
  return { listener, socket, far: await served.promise };
}

test('a reader who lets too much wait is disconnected, so that memory stays bounded', async () => {
  const { far } = await connectSilently();
  const closed = new Promise<void>((resolve) => far.onClose(resolve));
  const frame = { t: 's', i: '1', r: 'x'.repeat(1024 * 1024) };
  let isClosed = false;
  void closed.then(() => {
    isClosed = true;
  });
  let sent = 0;
  while (!isClosed && sent < 200) {
    far.post(frame);
    sent += 1;
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(isClosed).toBe(true);
  expect(sent).toBeGreaterThan(16);
});

test('an end that does not answer is found out, and its connection given up', async () => {
  const { far, listener } = await connectSilently();
  let isClosed = false;
  far.onClose(() => {
    isClosed = true;
  });
  await listener.clock.advance(30_000);
  expect(isClosed).toBe(false);
  await listener.clock.advance(30_000);
  await waitUntil(() => isClosed);
  expect(listener.clock.pendingTimers()).toBe(0);
});
