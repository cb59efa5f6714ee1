import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { testProvider } from '../../../node-core/agents/models/test-provider.ts';
import { systemClock } from '../../../node-core/platform/system-clock.ts';
import { fingerprintOf } from '../../builders/certificate.ts';
import { closedPort, modelServer, tcpListener } from '../../builders/model-server.ts';
import { accessTo, allKinds } from '../../builders/provider-access.ts';
import { failedStep, means, mended, states, subject, test } from '../../builders/tested-provider.ts';
import { createFakeClock } from '../../doubles/clock.ts';
import { selfSigned } from '../../doubles/model-server/self-signed.ts';

describe('testProvider', () => {
  it.each(allKinds)('passes every step of a good %s', async (kind) => {
    const server = await modelServer({ key: 'canary-key-0123456789' });
    const report = await testProvider({ access: accessTo(server, kind), model: 'test-model' }, means());
    expect(report).toMatchObject({ problem: null, fix: null, models: ['test-model', 'test-model-vision'] });
    expect(report.steps.map(({ step, state }) => [step, state])).toEqual([
      ['address', 'passed'],
      ['dns', 'not-needed'],
      ['connect', 'passed'],
      ['tls', 'not-needed'],
      ['http', 'passed'],
      ['key', 'passed'],
      ['models', 'passed'],
      ['answer', 'passed'],
    ]);
  });

  it('looks up a name', async () => {
    const server = await modelServer();
    const report = await test({ url: `http://localhost:${server.port}/v1` });
    expect(report.problem).toBeNull();
    expect(report.steps[1]).toMatchObject({ step: 'dns', state: 'passed' });
  });

  it('stops the answer at its first word', async () => {
    const server = await modelServer({ play: 'stall' });
    expect((await test({ url: `${server.url}/v1` })).problem).toBeNull();
    const prompt = server.prompts()[0];
    expect(await prompt?.over).toBe(true);
    expect(server.prompts()).toHaveLength(1);
  });

  it.each([
    ['not an address', 'is not a web address'],
    ['ftp://files.example.com', 'must begin with http:// or https://'],
  ])('refuses the address %j', async (url, reason) => {
    const report = await test({ url: url.replaceAll(' ', '%') });
    expect(report).toMatchObject({ problem: { kind: 'bad-address', reason }, fix: { kind: 'edit-url' } });
    expect(states(report)).toBe('fnnnnnnn');
  });

  it.each(['127.0.0.1', 'localhost', '[::1]', '0.0.0.0'])('refuses our own address as %s', async (host) => {
    const given = subject({ url: `http://${host}:6777/v1` });
    const report = await testProvider(given, means(systemClock, [6777]));
    expect(report).toMatchObject({ problem: { kind: 'own-address' }, fix: { kind: 'edit-url' } });
  });

  it('finds that a name is unknown', async () => {
    const host = `${'a'.repeat(64)}.test`;
    const report = await test({ url: `https://${host}/v1` });
    expect(report).toMatchObject({ problem: { kind: 'dns', host }, fix: { kind: 'edit-url' } });
    expect(failedStep(report)).toBe('dns');
  });

  it('finds that nobody listens, and passes once somebody does', async () => {
    const port = await closedPort();
    const given = { url: `http://127.0.0.1:${port}/v1` };
    const report = await test(given);
    expect(report).toMatchObject({
      problem: { kind: 'refused', host: '127.0.0.1', port },
      fix: { kind: 'test-again' },
    });
    expect(failedStep(report)).toBe('connect');
    await modelServer({ port });
    expect((await test(mended(given, report))).problem).toBeNull();
  });

  it('finds a self-signed certificate, and passes when it is trusted', async () => {
    const server = await modelServer({ tls: selfSigned });
    const given = { url: `${server.url}/v1` };
    const report = await test(given);
    const fingerprint = fingerprintOf(selfSigned.cert);
    expect(report).toMatchObject({
      problem: { kind: 'self-signed', host: new URL(server.url).host, fingerprint },
      fix: { kind: 'trust-certificate', fingerprint },
    });
    expect(failedStep(report)).toBe('tls');
    expect(server.requests).toHaveLength(0);
    const again = await test(mended(given, report));
    expect(again.problem).toBeNull();
    expect(again.steps[3]).toMatchObject({ step: 'tls', state: 'passed' });
  });

  it('finds that there is no TLS, and passes with http', async () => {
    const server = await modelServer();
    const given = { url: `${server.url.replace('http:', 'https:')}/v1` };
    const report = await test(given);
    expect(report).toMatchObject({ problem: { kind: 'tls' }, fix: { kind: 'use-url', url: `${server.url}/v1` } });
    expect((await test(mended(given, report))).problem).toBeNull();
  });

  it('finds that TLS is wanted', async () => {
    const server = await modelServer({ tls: selfSigned });
    const given = {
      url: `${server.url.replace('https:', 'http:')}/v1`,
      trustedCertificate: fingerprintOf(selfSigned.cert),
    };
    const report = await test(given);
    expect(report).toMatchObject({ problem: { kind: 'other' }, fix: { kind: 'use-url', url: `${server.url}/v1` } });
    expect((await test(mended(given, report))).problem).toBeNull();
  });

  it('gives up a handshake that nobody answers', async () => {
    const clock = createFakeClock(0);
    const heard = Promise.withResolvers<void>();
    const mute = await tcpListener((socket) => void once(socket, 'data').then(() => heard.resolve()));
    const testing = test({ url: `${mute.url.replace('http:', 'https:')}/v1` }, clock);
    await heard.promise;
    await clock.advance(10_000);
    const report = await testing;
    expect(report).toMatchObject({ problem: { kind: 'timeout', seconds: 10 }, fix: { kind: 'test-again' } });
    expect(failedStep(report)).toBe('tls');
  });

  it('gives up a server that accepts and never answers', async () => {
    const clock = createFakeClock(0);
    const heard = Promise.withResolvers<void>();
    const mute = await tcpListener((socket) => void once(socket, 'data').then(() => heard.resolve()));
    const testing = test({ url: `${mute.url}/v1` }, clock);
    await heard.promise;
    await clock.advance(15_000);
    const report = await testing;
    expect(report).toMatchObject({ problem: { kind: 'timeout', seconds: 15 }, fix: { kind: 'test-again' } });
    expect(failedStep(report)).toBe('http');
  });

  it('gives up a model that lists but never answers', async () => {
    const clock = createFakeClock(0);
    const server = await modelServer({ play: 'silence' });
    const testing = test({ url: `${server.url}/v1` }, clock);
    await server.nextPrompt();
    await clock.advance(60_000);
    const report = await testing;
    expect(report).toMatchObject({ problem: { kind: 'timeout', seconds: 60 }, fix: { kind: 'test-again' } });
    expect(failedStep(report)).toBe('answer');
  });
});
