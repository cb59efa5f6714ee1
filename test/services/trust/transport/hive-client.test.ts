import { createPrivateKey } from 'node:crypto';
import { once } from 'node:events';
import net from 'node:net';
import path from 'node:path';
import tls from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { failureOf } from '../../../../node-core/api/failures.ts';
import { answerTimeoutMs, createHiveClient } from '../../../../node-core/trust/transport/create-hive-client.ts';
import { makeCertificate } from '../../../../node-core/trust/transport/self-made-certificate.ts';
import { selfMadeCertificate, type TlsCertificate } from '../../../../node-core/trust/transport/tls-certificate.ts';
import { freePort } from '../../../builders/free-port.ts';
import { tempFolder } from '../../../builders/temp-folder.ts';
import { createFakeClock } from '../../../doubles/clock.ts';
import {
  createFakeHiveTime,
  createTestCaller,
  hiveStartMs,
  regionalChain,
  startTestHive,
} from '../../../doubles/trust/hive-listener.ts';
import { createSeededIdentity } from '../../../doubles/trust/identity.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const make = (folder = tempFolder(), hosts: readonly string[] = []): Promise<TlsCertificate> =>
  selfMadeCertificate({ folder, hosts, nowMs: Date.now() });
/** Another certificate for the key of one. */
const reissue = (
  tlsOf: TlsCertificate,
  names: readonly string[],
  startsAtMs: number,
  endsAtMs: number,
): TlsCertificate => ({
  ...tlsOf,
  certificate: makeCertificate({ key: createPrivateKey(tlsOf.key), names, startsAtMs, endsAtMs }),
});
const tlsRefusal = { kind: 'unreachable', cause: 'tls' };

/** Sends exactly these bytes to whoever connects, over TLS or plainly; counts what it was sent. */
async function rawServer(answer: string | null, secured: TlsCertificate | null = null) {
  const received: Buffer[] = [];
  const serve = (socket: net.Socket): void => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      received.push(chunk);
      if (answer !== null) socket.end(answer);
    });
  };
  const server =
    secured === null
      ? net.createServer(serve)
      : tls.createServer({ key: secured.key, cert: secured.certificate }, serve);
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as net.AddressInfo;
  return { base: `${secured === null ? 'http' : 'https'}://127.0.0.1:${port}`, port, received };
}

const json = (body: string, more = ''): string =>
  `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n${more}\r\n${body}`;

describe('whom it speaks to', () => {
  test('with a pin: the key, whichever certificate it has; nobody else', async () => {
    const right = await make();
    const { listening } = await startTestHive({ tls: right });
    const call = createTestCaller();
    expect(await call({ base: listening.address, pin: right.pin })).toMatchObject({ status: 200, shownPin: right.pin });
    const other = await make();
    expect(await call({ base: listening.address, pin: other.pin })).toEqual(tlsRefusal);
    const ended = reissue(right, ['elsewhere.example.org'], Date.now() - 3 * day, Date.now() - day);
    const renewed = await startTestHive({ tls: ended });
    expect(await call({ base: renewed.listening.address, pin: right.pin })).toMatchObject({ status: 200 });
    const changed = await startTestHive({ tls: other });
    expect(await call({ base: changed.listening.address, pin: right.pin })).toEqual(tlsRefusal);
  });

  test('without a pin: a known authority, the right name, in time', async () => {
    const known = await make();
    const { listening } = await startTestHive({ tls: known });
    expect(await createTestCaller()({ base: listening.address })).toEqual(tlsRefusal);
    const call = createTestCaller({ caBundle: `a line before\n${known.certificate}` });
    expect(await call({ base: listening.address })).toMatchObject({ status: 200 });
    const wrong = reissue(known, ['elsewhere.example.org'], Date.now() - day, Date.now() + day);
    const ended = reissue(known, ['127.0.0.1'], Date.now() - 3 * day, Date.now() - day);
    for (const bad of [wrong, ended]) {
      const server = await startTestHive({ tls: bad });
      const trusting = createTestCaller({ caBundle: bad.certificate });
      expect(await trusting({ base: server.listening.address })).toEqual(tlsRefusal);
    }
  });

  test('sends nothing to a server whose certificate it refuses', async () => {
    const { base, received } = await rawServer(json('{}'), await make());
    const call = createTestCaller();
    const order = { base, method: 'POST' as const, path: '/register', body: { secret: 1 } };
    expect(await call({ ...order, pin: 'a'.repeat(64) })).toEqual(tlsRefusal);
    expect(await call(order)).toEqual(tlsRefusal);
    expect(received).toEqual([]);
  });

  test('plain http goes to this computer alone', async () => {
    const { listening } = await startTestHive({ tls: null });
    const call = createTestCaller();
    expect(await call({ base: listening.address })).toMatchObject({ status: 200, shownPin: null });
    expect(await call({ base: `http://localhost:${listening.port}` })).toMatchObject({ status: 200 });
    for (const host of ['192.0.2.1', '10.0.0.1', 'hive.example.org', '[2001:db8::1]']) {
      expect(await call({ base: `http://${host}:1` })).toEqual(tlsRefusal);
    }
  });

  test('a path cannot lead to another host, nor an address to another scheme', async () => {
    const call = createTestCaller();
    expect(await call({ base: 'https://127.0.0.1:1', path: '//192.0.2.1/' })).toMatchObject({ cause: 'network' });
    expect(await call({ base: 'ftp://127.0.0.1' })).toEqual(tlsRefusal);
    expect(await call({ base: 'nonsense' })).toMatchObject({ cause: 'network' });
  });

  test('a bundle without a certificate is refused when the node starts', () => {
    expect(() => createTestCaller({ caBundle: 'nothing' })).toThrow();
    try {
      createTestCaller({ caBundle: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' });
      expect.unreachable();
    } catch (error) {
      expect(failureOf(error)).toMatchObject({ kind: 'config-invalid', name: 'HEVOLVE_CA_BUNDLE' });
    }
  });
});

describe('what it takes for an answer', () => {
  const ask = async (answer: string) => {
    const { base } = await rawServer(answer);
    return createTestCaller()({ base });
  };
  const large = `"${'x'.repeat(1024 * 1024)}"`;

  test.each([
    [
      'a whole one',
      json('{"a":1}', 'retry-after: 7\r\netag: "e"\r\n'),
      { body: { a: 1 }, retryAfterSeconds: 7, etag: '"e"' },
    ],
    ['an empty one', 'HTTP/1.1 304 Not Modified\r\n\r\n', { status: 304, body: null }],
    ['one that was cut', json('{"a":1}').slice(0, -2), { kind: 'unreachable', cause: 'closed' }],
    ['a head that was cut', 'HTTP/1.1 200 OK\r\ncontent-ty', { kind: 'unreachable' }],
    [
      'one that switches to another protocol',
      'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n',
      { kind: 'unreachable', cause: 'closed' },
    ],
    ['no JSON', json('{"a":'), { kind: 'unreachable', cause: 'not-json' }],
    ['JSON that calls itself text', json('{}').replace('application/json', 'text/html'), { cause: 'not-json' }],
    ['one that states more than 1 MiB', json(large), { cause: 'too-large' }],
    [
      'one that does not state its size, and is larger',
      `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n${large}`,
      { cause: 'too-large' },
    ],
    ['what is no HTTP', 'SSH-2.0-OpenSSH\r\n', { kind: 'unreachable', cause: 'network' }],
  ])('%s', async (_, answer, expected) => {
    expect(await ask(answer)).toMatchObject(expected);
  });

  test('a redirect is an answer like any other', async () => {
    const target = await rawServer(json('{}'));
    const head = `HTTP/1.1 307 Temporary Redirect\r\nlocation: ${target.base}/x\r\ncontent-length: 0\r\n\r\n`;
    expect(await ask(head)).toMatchObject({ kind: 'answered', status: 307, body: null });
    expect(target.received).toEqual([]);
  });

  test('nobody there', async () => {
    expect(await createTestCaller()({ base: `http://127.0.0.1:${await freePort()}` })).toMatchObject({
      cause: 'refused',
    });
  });

  test('a server that never answers is given up after 15 s, also in the middle of an answer', async () => {
    for (const answer of [null, 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 10\r\n\r\n{']) {
      const clock = createFakeClock(hiveStartMs);
      const silent = net.createServer((socket) => {
        socket.on('error', () => undefined);
        socket.once('data', () => answer !== null && socket.write(answer));
      });
      silent.listen(0, '127.0.0.1');
      await once(silent, 'listening');
      onTestFinished(() => void silent.close());
      const { port } = silent.address() as net.AddressInfo;
      const asking = createTestCaller({ clock })({ base: `http://127.0.0.1:${port}` });
      await once(silent, 'connection');
      await clock.advance(answerTimeoutMs);
      expect(await asking).toEqual({ kind: 'unreachable', cause: 'timeout' });
      expect(clock.pendingTimers()).toBe(0);
    }
  });

  test('only the caller’s own signal makes it reject', async () => {
    const { base } = await rawServer(null);
    const abort = new AbortController();
    const asking = createTestCaller()({ base, signal: abort.signal });
    abort.abort(new Error('the node stops'));
    await expect(asking).rejects.toThrow('the node stops');
  });
});

describe('a clock that is wrong', () => {
  const member = createSeededIdentity('member');
  const renew = { method: 'POST', path: '/renew', signed: 'node', body: {} } as const;

  test.each([-6, 6, -14_400])(
    'by %i minutes: it signs once more with the hive’s time and keeps the difference',
    async (minutes) => {
      const { listening, desk, clock } = await startTestHive({ known: [regionalChain(member.publicKey)] });
      const hiveTime = createFakeHiveTime(clock, minutes * minute);
      const call = createTestCaller({ hiveTime });
      const to = { base: listening.address, pin: listening.pin };
      expect(await call({ ...to, ...renew })).toMatchObject({ status: 200 });
      expect(hiveTime.learned).toEqual([hiveStartMs]);
      expect(await call({ ...to, ...renew })).toMatchObject({ status: 200 });
      expect(hiveTime.learned).toHaveLength(1);
      expect(desk.asked).toHaveLength(2);
    },
  );

  test('is right where a signed request is taken over TLS, which is told; nothing else is', async () => {
    const known = { known: [regionalChain(member.publicKey)] };
    const { listening, clock } = await startTestHive(known);
    const plain = await startTestHive({ ...known, tls: null });
    let accepted = 0;
    const onAccepted = (): void => {
      accepted += 1;
    };
    const { request } = createHiveClient({
      identity: member,
      clock,
      hiveTime: createFakeHiveTime(clock),
      federationKeys: { current: () => null },
      chain: () => null,
      caBundle: null,
      onAccepted,
    });
    const { signal } = new AbortController();
    const to = { base: listening.address, pin: listening.pin, signal };
    expect(await request({ ...to, method: 'GET', path: '/health', signed: 'no' })).toMatchObject({ status: 200 });
    const plainly = { base: plain.listening.address, pin: null, signal };
    expect(await request({ ...plainly, ...renew })).toMatchObject({ status: 200 });
    expect(accepted).toBe(0);
    expect(await request({ ...to, ...renew })).toMatchObject({ status: 200 });
    expect(accepted).toBe(1);
  });

  test('is not learned over plain http, nor for a request that was not signed', async () => {
    const { listening, clock } = await startTestHive({ tls: null });
    const hiveTime = createFakeHiveTime(clock, 6 * minute);
    const call = createTestCaller({ hiveTime });
    const refused = { status: 401, body: { reason: 'clock', now: '2026-06-01T12:00:00+00:00' } };
    expect(await call({ base: listening.address, ...renew })).toMatchObject(refused);
    const secured = await make();
    const body = JSON.stringify({ reason: 'clock', error: 'x', now: '2026-06-01T12:00:00+00:00' });
    const { base } = await rawServer(json(body).replace('200 OK', '401 Unauthorized'), secured);
    expect(await call({ base, pin: secured.pin, path: '/register' })).toMatchObject({ status: 401 });
    expect(hiveTime.learned).toEqual([]);
  });

  test('is learned once: a server that refuses again has the last word', async () => {
    const secured = await make(path.join(tempFolder(), 'tls'));
    const body = JSON.stringify({ reason: 'clock', error: 'x', now: '2030-01-01T00:00:00+00:00' });
    const { base, received } = await rawServer(json(body).replace('200 OK', '401 Unauthorized'), secured);
    const hiveTime = createFakeHiveTime(createFakeClock(hiveStartMs));
    const answer = await createTestCaller({ hiveTime })({ base, pin: secured.pin, ...renew });
    expect(answer).toMatchObject({ status: 401, body: { reason: 'clock' } });
    expect(hiveTime.learned).toEqual([Date.UTC(2030, 0, 1)]);
    expect(received.length).toBe(2);
  });
});
