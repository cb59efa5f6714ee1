import { once } from 'node:events';
import net from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { failureOf } from '../../../node-core/api/failures.ts';
import { listenAt, listenNear } from '../../../node-core/http/personal-listener.ts';
import { startTestListener } from '../../doubles/http-node.ts';

async function taken(): Promise<number> {
  const server = net.createServer((socket) => socket.end('hello\n'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as net.AddressInfo).port;
}

test('a port that another Nunba has says so, and which one is free', async () => {
  const first = await startTestListener();
  const refusal = await listenAt(first.node, '127.0.0.1', first.port).catch(failureOf);
  expect(refusal).toMatchObject({ kind: 'port-taken', port: first.port, heldBy: 'another Nunba (1.2.3)' });
  const freePort = refusal && 'freePort' in refusal ? refusal.freePort : null;
  const second = await listenAt(first.node, '127.0.0.1', freePort ?? 0);
  expect(second.port).toBe(freePort);
  await second.close();
});

test('where it may, it listens on the next free port instead, and says why', async () => {
  const first = await startTestListener();
  const second = await listenNear(first.node, '127.0.0.1', first.port);
  onTestFinished(second.close);
  const third = await listenNear(first.node, '127.0.0.1', first.port);
  onTestFinished(third.close);
  expect(new Set([first.port, second.port, third.port]).size).toBe(3);
  expect(third.obstacle).toMatchObject({ kind: 'port-taken', port: first.port, heldBy: 'another Nunba (1.2.3)' });
  expect((await fetch(`${third.address}/health`)).status).toBe(200);
});

test('a port that nobody has is listened on without a word', async () => {
  const { node } = await startTestListener();
  const listening = await listenNear(node, '127.0.0.1', 0);
  onTestFinished(listening.close);
  expect(listening.obstacle).toBeNull();
});

test('what no other port would mend is refused', async () => {
  const { node } = await startTestListener();
  expect(await listenNear(node, '192.0.2.1', 0).catch(failureOf)).toMatchObject({ kind: 'config-invalid' });
});

test('a port that something else has says that', async () => {
  const { node } = await startTestListener();
  const refusal = await listenAt(node, '127.0.0.1', await taken()).catch(failureOf);
  expect(refusal).toMatchObject({ kind: 'port-taken', heldBy: 'another program' });
});

test('an address that this computer does not have is one sentence', async () => {
  const { node } = await startTestListener();
  const refusal = await listenAt(node, '192.0.2.1', 0).catch(failureOf);
  expect(refusal).toMatchObject({ kind: 'config-invalid', name: '--host' });
});
