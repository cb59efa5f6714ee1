import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { ProviderAccess } from '../../../node-core/agents/models/language-model.ts';
import { otherAddresses } from '../../../node-core/agents/models/other-addresses.ts';
import { testProvider } from '../../../node-core/agents/models/test-provider.ts';
import type { TestReport } from '../../../node-core/api/model-views.ts';
import { systemClock } from '../../../node-core/platform/system-clock.ts';
import type { Clock } from '../../../node-core/protocol/ports/clock.ts';
import { fingerprintOf } from '../../builders/certificate.ts';
import { closedPort, httpListener, modelServer, tcpListener } from '../../builders/model-server.ts';
import { accessTo, allKinds } from '../../builders/provider-access.ts';
import { createFakeClock } from '../../doubles/clock.ts';
import { refuses } from '../../doubles/model-server/reply.ts';
import { selfSigned } from '../../doubles/model-server/self-signed.ts';

interface Subject extends Partial<ProviderAccess> {
  readonly url: string;
  readonly model?: string;
}

const means = (clock: Clock = systemClock, ownPorts: readonly number[] = []) => ({
  clock,
  ownPorts,
  signal: new AbortController().signal,
});

const subject = ({ model, ...access }: Subject) => ({
  access: { kind: 'openai-compatible' as const, key: null, trustedCertificate: null, ...access },
  model: model ?? null,
});

const test = (given: Subject, clock?: Clock): Promise<TestReport> => testProvider(subject(given), means(clock));

/** The subject with the proposed fix applied, as the page applies it. */
const mended = (given: Subject, { fix }: TestReport): Subject => {
  switch (fix?.kind) {
    case 'use-url':
      return { ...given, url: fix.url };
    case 'use-model':
      return { ...given, model: fix.model };
    case 'trust-certificate':
      return { ...given, trustedCertificate: fix.fingerprint };
    default:
      return given;
  }
};

const failedStep = (report: TestReport): string | undefined =>
  report.steps.find(({ state }) => state === 'failed')?.step;

const states = (report: TestReport): string => report.steps.map(({ state }) => state[0]).join('');

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

  it.each([null, 'wrong-key'])('finds that the key %s is refused, and passes with the right one', async (key) => {
    const server = await modelServer({ key: 'right-key' });
    const given = { url: `${server.url}/v1`, key };
    const report = await test(given);
    expect(report).toMatchObject({
      problem: { kind: 'unauthorized', hasKey: key !== null },
      fix: { kind: 'enter-key' },
    });
    expect(failedStep(report)).toBe('key');
    expect((await test({ ...given, key: 'right-key' })).problem).toBeNull();
  });

  it('finds a key that only answers are asked for', async () => {
    const server = await modelServer();
    server.script(() => refuses(401, 'No auth credentials found'));
    const report = await test({ url: `${server.url}/v1` });
    expect(report).toMatchObject({ problem: { kind: 'unauthorized', hasKey: false }, fix: { kind: 'enter-key' } });
    expect(failedStep(report)).toBe('key');
  });

  it('finds Google’s refused key', async () => {
    const google = await httpListener((_, response) =>
      response
        .writeHead(400)
        .end(JSON.stringify({ error: { code: 400, message: 'API key not valid.', status: 'INVALID_ARGUMENT' } })),
    );
    const report = await test({ kind: 'google', url: `${google.url}/v1beta`, key: 'wrong' });
    expect(report).toMatchObject({ problem: { kind: 'unauthorized', hasKey: true }, fix: { kind: 'enter-key' } });
  });

  it.each([
    ['test-model-vis', 'test-model-vision'],
    ['llama3', 'test-model'],
  ])('finds that there is no model %s, and passes with %s', async (model, near) => {
    const server = await modelServer();
    const given = { url: `${server.url}/v1`, model };
    const report = await test(given);
    expect(report).toMatchObject({
      problem: { kind: 'no-such-model', model, available: ['test-model', 'test-model-vision'] },
      fix: { kind: 'use-model', model: near },
    });
    expect(failedStep(report)).toBe('models');
    expect((await test(mended(given, report))).problem).toBeNull();
  });

  it('finds that no model is loaded', async () => {
    const server = await modelServer({ models: [] });
    expect(await test({ url: `${server.url}/v1` })).toMatchObject({
      problem: { kind: 'no-models' },
      fix: { kind: 'test-again' },
    });
  });

  it.each([
    ['at the root', ''],
    ['with a copied page', '/ui'],
  ])('finds that /v1 is missing %s, and passes with it', async (_where, path) => {
    const server = await modelServer();
    const given = { url: `${server.url}${path}` };
    const report = await test(given);
    expect(report).toMatchObject({
      problem: { kind: 'missing-v1' },
      fix: { kind: 'use-url', url: `${server.url}/v1` },
    });
    expect(failedStep(report)).toBe('http');
    expect((await test(mended(given, report))).problem).toBeNull();
  });

  it('finds that /v1 is missing where the root is a page for people', async () => {
    const server = await modelServer();
    const front = await httpListener(async (request, response) => {
      if (!request.url?.startsWith('/v1/'))
        return response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>');
      const method = request.method ?? 'GET';
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const body = method === 'POST' ? { body: Buffer.concat(chunks) } : {};
      const answer = await fetch(`${server.url}${request.url}`, { method, ...body });
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
      return response.end(await answer.text());
    });
    const report = await test({ url: front.url });
    expect(report).toMatchObject({ problem: { kind: 'missing-v1' }, fix: { kind: 'use-url', url: `${front.url}/v1` } });
    expect((await test(mended({ url: front.url }, report))).problem).toBeNull();
  });

  it('finds HTML instead of JSON', async () => {
    const page = await httpListener((_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in</html>'),
    );
    const report = await test({ url: `${page.url}/v1` });
    expect(report).toMatchObject({ problem: { kind: 'html' }, fix: { kind: 'edit-url' } });
    expect(failedStep(report)).toBe('http');
  });

  it('finds JSON that is no list', async () => {
    const other = await httpListener((_, response) => response.end('{"name":"printer"}'));
    expect(await test({ url: `${other.url}/v1` })).toMatchObject({
      problem: { kind: 'other', status: 200, detail: 'It answered, but not with a list of models.' },
      fix: { kind: 'edit-url' },
    });
  });

  it('finds what speaks no HTTP at all', async () => {
    const smtp = await tcpListener((socket) => socket.write('220 mail.example.com ESMTP\r\n'));
    expect(await test({ url: `${smtp.url}/v1` })).toMatchObject({ problem: { kind: 'other', status: null } });
  });

  it('finds a moved address, and passes at the new one', async () => {
    const server = await modelServer();
    const mover = await httpListener((request, response) =>
      response.writeHead(308, { location: `${server.url}/v1${request.url}` }).end(),
    );
    const given = { url: mover.url };
    const report = await test(given);
    expect(report).toMatchObject({
      problem: { kind: 'other', status: 308 },
      fix: { kind: 'use-url', url: `${server.url}/v1` },
    });
    expect((await test(mended(given, report))).problem).toBeNull();
  });

  it('tells the server’s own words when it is broken', async () => {
    const broken = await httpListener((_, response) =>
      response.writeHead(503).end('{"error":{"message":"loading model"}}'),
    );
    expect(await test({ url: `${broken.url}/v1` })).toMatchObject({
      problem: { kind: 'other', status: 503, detail: 'loading model' },
      fix: { kind: 'test-again' },
    });
  });

  it('tests a service that has no list by the model that is named', async () => {
    const server = await modelServer();
    const front = await httpListener((request, response) => {
      if (request.method === 'GET') return response.writeHead(404).end('{}');
      const onward = {
        method: 'POST',
        headers: request.headers,
        port: server.port,
        host: '127.0.0.1',
        path: request.url ?? '',
      };
      return request.pipe(
        httpRequest(onward, (answer) => answer.pipe(response.writeHead(answer.statusCode ?? 500, answer.headers))),
      );
    });
    const report = await test({ url: `${front.url}/v1`, model: 'test-model' });
    expect(report.problem).toBeNull();
    expect(report.steps.find(({ step }) => step === 'models')?.state).toBe('not-needed');
  });

  it('never proposes another computer', () => {
    const access = accessTo({ url: 'https://llm.example.com:8443' }, 'openai-compatible', {
      url: 'https://llm.example.com:8443/ui',
    });
    const proposed = otherAddresses(access, 'https://evil.example/v1/models');
    expect(proposed[0]).toBe('https://llm.example.com:8443/ui/v1');
    expect(new Set(proposed.map((url) => new URL(url).hostname))).toEqual(new Set(['llm.example.com']));
  });
});
