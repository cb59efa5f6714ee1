import { once } from 'node:events';
import tls from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { FailureError, failureOf } from '../../../../node-core/api/failures.ts';
import { listenHive } from '../../../../node-core/http/hive/hive-listener.ts';
import { selfMadeCertificate } from '../../../../node-core/trust/transport/tls-certificate.ts';
import { tempFolder } from '../../../builders/temp-folder.ts';
import {
  bodyOf,
  createTestCaller,
  hiveStartMs,
  regionalChain,
  renewalGraceMs,
  startTestHive,
} from '../../../doubles/trust/hive-listener.ts';
import { createSeededIdentity } from '../../../doubles/trust/identity.ts';

const member = createSeededIdentity('member');

test.each(['127.0.0.1', '::1'])('answers over TLS on %s, to whoever has its pin', async (host) => {
  const { listening } = await startTestHive({ host });
  const answer = await createTestCaller()({ base: listening.address, pin: listening.pin });
  expect(answer).toMatchObject({ status: 200, body: { status: 'ok', name: 'Nunba' }, shownPin: listening.pin });
});

describe('the routes of enrolment', () => {
  test('hand the body and the caller to the desk, and send its reply as it is', async () => {
    const reply = { status: 202, body: { status: 'pending', poll_after: 30 }, retryAfterSeconds: 30, etag: '"x"' };
    const { listening, desk } = await startTestHive({ reply: () => reply });
    const call = createTestCaller();
    const to = { base: listening.address, pin: listening.pin, method: 'POST' as const };
    expect(await call({ ...to, path: '/register', body: { a: 1 } })).toMatchObject({
      status: 202,
      body: reply.body,
      retryAfterSeconds: 30,
      etag: '"x"',
    });
    await call({ ...to, path: '/register/answer', body: [2] });
    await call({ ...to, method: 'GET', path: '/revocations?after=abc', etag: '"y"' });
    const caller = { address: '127.0.0.1', isLoopback: true };
    expect(desk.asked).toEqual([
      ['register', { a: 1 }, { ...caller, presented: null }],
      ['answer', [2], caller],
      ['revocations', 'abc', '"y"'],
    ]);
  });

  test('a poll is signed by the applicant, a renewal and a leave by a member', async () => {
    const chain = regionalChain(member.publicKey);
    const { listening, desk } = await startTestHive({ known: [chain] });
    const call = createTestCaller();
    const to = { base: listening.address, pin: listening.pin, signed: 'node' as const };
    expect(await call({ ...to, path: '/register/abc' })).toMatchObject({ status: 200 });
    expect(await call({ ...to, method: 'POST', path: '/renew', body: { sealing_key: 'x' } })).toMatchObject({
      status: 200,
    });
    expect(await call({ ...to, method: 'POST', path: '/leave' })).toMatchObject({ status: 200 });
    expect(desk.asked).toEqual([
      ['poll', 'abc', member.publicKey],
      ['renew', { sealing_key: 'x' }, { publicKey: member.publicKey, chain }],
      ['leave', { publicKey: member.publicKey, chain }],
    ]);
  });

  test('without a signature they are refused', async () => {
    const { listening, desk } = await startTestHive();
    const call = createTestCaller();
    const to = { base: listening.address, pin: listening.pin };
    for (const order of [
      { path: '/register/abc' },
      { path: '/renew', method: 'POST' },
      { path: '/leave', method: 'POST' },
    ] as const) {
      expect(await call({ ...to, ...order })).toMatchObject({ status: 401, body: { reason: 'not-signed' } });
    }
    expect(desk.asked).toEqual([]);
  });

  test('a member may send its chain, also one that ended, but not too long ago', async () => {
    const day = 24 * 60 * 60_000;
    const { listening } = await startTestHive();
    const renew = async (endedAgoMs: number) => {
      const issued = hiveStartMs - endedAgoMs - 7 * day;
      const call = createTestCaller({ chain: regionalChain(member.publicKey, issued, issued + 7 * day) });
      const to = { base: listening.address, pin: listening.pin, method: 'POST' as const, path: '/renew', body: {} };
      return call({ ...to, signed: 'node', presentsChain: true });
    };
    expect(await renew(60 * day)).toMatchObject({ status: 200 });
    expect(await renew(renewalGraceMs + day)).toMatchObject({ status: 403, body: { reason: 'lapsed-too-long' } });
  });

  test('somebody else’s chain, none, and a revoked one are refused with their reason', async () => {
    const stranger = regionalChain(createSeededIdentity('other').publicKey);
    const revoked = regionalChain(member.publicKey);
    const { listening } = await startTestHive({
      revoked: new Map([[revoked.certificate.serial, 'it was stolen']]),
    });
    const renew = (chain: typeof stranger | null) =>
      createTestCaller({ chain })({
        base: listening.address,
        pin: listening.pin,
        method: 'POST',
        path: '/renew',
        signed: 'node',
        presentsChain: true,
      });
    expect(await renew(stranger)).toMatchObject({ status: 403, body: { reason: 'not-a-member' } });
    expect(await renew(null)).toMatchObject({ status: 403, body: { reason: 'not-a-member' } });
    const refusal = await renew(revoked);
    expect(refusal).toMatchObject({ status: 403, body: { reason: 'revoked' } });
    expect(bodyOf(refusal)).toMatchObject({ error: expect.stringContaining('it was stolen') });
  });
});

describe('refusals', () => {
  test('have a reason each: no such place, no JSON, too large, no desk, a bug', async () => {
    const failing = await startTestHive({
      reply: () => {
        throw new Error('unforeseen');
      },
    });
    const call = createTestCaller();
    const to = { base: failing.listening.address, pin: failing.listening.pin, method: 'POST' as const };
    expect(await call({ ...to, path: '/nowhere' })).toMatchObject({ status: 404, body: { reason: 'not-found' } });
    const large = { ...to, path: '/register', body: 'x'.repeat(1024 * 1024) };
    expect(await call(large)).toMatchObject({ status: 413, body: { reason: 'too-large' } });
    expect(await call({ ...to, path: '/register', body: {} })).toMatchObject({ status: 500, body: { reason: 'bug' } });
    expect(failing.bugs).toEqual([new Error('unforeseen')]);
    const silent = await startTestHive({ node: { desk: () => null } });
    const toSilent = { base: silent.listening.address, pin: silent.listening.pin };
    expect(await call({ ...toSilent, path: '/revocations' })).toMatchObject({
      status: 403,
      body: { reason: 'not-issuing' },
    });
  });

  test('a failure of a service keeps its sentence', async () => {
    const { listening, bugs } = await startTestHive({
      reply: () => {
        throw new FailureError({ kind: 'storage-full' });
      },
    });
    const to = { base: listening.address, pin: listening.pin, method: 'POST' as const, path: '/register', body: {} };
    expect(await createTestCaller()(to)).toMatchObject({ status: 507, body: { reason: 'storage-full' } });
    expect(bugs).toEqual([]);
  });

  test.each([
    ['text that is no JSON', 'application/json', '{"a":', 400],
    ['bytes that are no text', 'application/json', new Uint8Array([0x22, 0xff, 0x22]), 400],
    ['another type', 'text/plain', 'a', 415],
  ])('%s', async (_, type, body, status) => {
    const { listening } = await startTestHive({ tls: null });
    const answer = await fetch(`${listening.address}/register`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ reason: 'malformed' });
  });
});

describe('who asks', () => {
  const proxied = (trustedProxies: readonly string[]) => startTestHive({ tls: null, node: { trustedProxies } });
  const register = (address: string, forwarded: string) =>
    fetch(`${address}/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': forwarded },
      body: '{}',
    });

  test('is told by a declared proxy alone: the last address that is not its own', async () => {
    const behind = await proxied(['127.0.0.1']);
    await register(behind.listening.address, '127.0.0.1, 203.0.113.9, 127.0.0.1');
    await register(behind.listening.address, '10.0.0.1, not an address');
    await register(behind.listening.address, '');
    expect(behind.desk.asked.map(([, , caller]) => caller)).toEqual([
      { address: '203.0.113.9', isLoopback: false, presented: null },
      { address: '127.0.0.1', isLoopback: false, presented: null },
      { address: '127.0.0.1', isLoopback: false, presented: null },
    ]);
    const open = await proxied([]);
    await register(open.listening.address, '203.0.113.9');
    expect(open.desk.asked[0]?.[2]).toEqual({ address: '127.0.0.1', isLoopback: true, presented: null });
  });

  test('a stranger’s address may send 300 requests a minute, members and this computer more', async () => {
    const chain = regionalChain(member.publicKey);
    const { listening, clock } = await startTestHive({
      tls: null,
      known: [chain],
      node: { trustedProxies: ['127.0.0.1'], publicUrls: [new URL(`http://hive.example.org`)] },
    });
    const statuses = async (count: number, from: string) => {
      const answers = await Promise.all(Array.from({ length: count }, () => register(listening.address, from)));
      return answers.filter(({ status }) => status === 429);
    };
    const refused = await statuses(302, '203.0.113.9');
    expect(refused).toHaveLength(2);
    expect(refused[0]?.headers.get('retry-after')).toBe('1');
    expect(await refused[0]?.json()).toMatchObject({ reason: 'too-many' });
    expect(await statuses(1, '203.0.113.10')).toHaveLength(0);
    await clock.advance(200);
    expect(await statuses(2, '203.0.113.9')).toHaveLength(1);
  });

  test('the members behind an address do not use up what strangers may send', async () => {
    const chain = regionalChain(member.publicKey);
    const { listening } = await startTestHive({ tls: null, known: [chain], node: { trustedProxies: ['127.0.0.1'] } });
    const call = createTestCaller();
    const to = { base: listening.address, method: 'POST' as const };
    const strangers = (count: number) =>
      Promise.all(Array.from({ length: count }, () => call({ ...to, path: '/register', body: {} })));
    await strangers(298);
    for (let count = 0; count < 5; count += 1) {
      expect(await call({ ...to, path: '/renew', signed: 'node' })).toMatchObject({ status: 200 });
    }
    const answers = await strangers(3);
    expect(answers.filter((answer) => answer.kind === 'answered' && answer.status === 429)).toHaveLength(1);
  });
});

describe('how it is opened', () => {
  test('nothing older than TLS 1.3 is spoken', async () => {
    const { listening } = await startTestHive();
    const socket = tls.connect({ port: listening.port, rejectUnauthorized: false, maxVersion: 'TLSv1.2' });
    const [error] = await once(socket, 'error');
    expect(error).toMatchObject({ code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION' });
  });

  test('a chain of four certificates fits into the headers, and more is refused', async () => {
    const { listening } = await startTestHive({ tls: null });
    const ask = (sizeBytes: number) =>
      fetch(`${listening.address}/health`, { headers: { 'nunba-certificate': 'A'.repeat(sizeBytes) } });
    expect((await ask(23_000)).status).toBe(200);
    expect((await ask(40_000)).status).toBe(431);
  });

  test('plain http stays on this computer', async () => {
    const { node } = await startTestHive();
    const opening = listenHive({ node, host: '0.0.0.0', port: 0, tls: null });
    expect(failureOf(await opening.catch((error: unknown) => error))).toMatchObject({ kind: 'config-invalid' });
  });

  test('a port that is taken is named', async () => {
    const { node, listening } = await startTestHive({ tls: null });
    const opening = listenHive({ node, host: '127.0.0.1', port: listening.port, tls: null });
    expect(failureOf(await opening.catch((error: unknown) => error))).toMatchObject({
      kind: 'port-taken',
      port: listening.port,
    });
  });

  test('the certificate that is made anew is shown from the next day on, with the same pin', async () => {
    const { node, clock } = await startTestHive();
    const folder = tempFolder();
    const make = (hosts: readonly string[]) => selfMadeCertificate({ folder, hosts, nowMs: Date.now() });
    const first = await make([]);
    const second = await make(['new.example.org']);
    const listening = await listenHive({
      node,
      host: '127.0.0.1',
      port: 0,
      tls: first,
      remakeTls: async () => second,
    });
    onTestFinished(() => listening.close());
    const call = createTestCaller({ caBundle: second.certificate });
    // Without a pin only the certificate in the bundle is known.
    expect(await call({ base: listening.address })).toMatchObject({ kind: 'unreachable', cause: 'tls' });
    await clock.advance(24 * 60 * 60_000);
    expect(await call({ base: listening.address })).toMatchObject({ status: 200, shownPin: first.pin });
  });

  test('what a domain is asked for is this node’s own answer, or nothing', async () => {
    const answer = { enrolment_id: 'a'.repeat(32), public_key: 'b'.repeat(64), signature: 'c'.repeat(128) };
    const { listening } = await startTestHive({
      node: { challengeAnswer: (id) => (id === answer.enrolment_id ? answer : null) },
    });
    const to = { base: listening.address, pin: listening.pin };
    const path = '/.well-known/hart-challenge';
    const call = createTestCaller();
    expect(bodyOf(await call({ ...to, path: `${path}?enrolment=${answer.enrolment_id}` }))).toEqual(answer);
    for (const query of ['', '?enrolment=x', '?enrolment=a&enrolment=b']) {
      expect(await call({ ...to, path: `${path}${query}` })).toMatchObject({
        status: 404,
        body: { reason: 'unknown-enrolment' },
      });
    }
  });
});
