import { request as httpRequest } from 'node:http';
import { describe, expect, it } from 'vitest';
import { otherAddresses } from '../../../node-core/agents/models/other-addresses.ts';
import { httpListener, modelServer, tcpListener } from '../../builders/model-server.ts';
import { draft, testModels } from '../../builders/models.ts';
import { accessTo } from '../../builders/provider-access.ts';
import { failedStep, mended, test } from '../../builders/tested-provider.ts';
import { failing } from '../../builders/watch-models.ts';
import { createFakeBreaker, type FakeBreaker } from '../../doubles/breaker.ts';
import { refuses } from '../../doubles/model-server/reply.ts';

describe('a test while the agents are paused', () => {
  const paused = { kind: 'agents-paused', since: 0 };
  const testing = (url: string, breaker: FakeBreaker) =>
    testModels({ breaker }).then(({ models }) =>
      failing(
        Promise.resolve(models.handlers.calls['models.test']({ draft: draft({ url }), providerId: null, model: '' })),
      ),
    );

  it('looks at the address and the list, and prompts no model', async () => {
    const server = await modelServer();
    const breaker = createFakeBreaker();
    breaker.trip();
    expect(await testing(`${server.url}/v1`, breaker)).toEqual(paused);
    expect([server.requests.length, server.prompts().length]).toEqual([1, 0]);
  });

  it('takes back the prompt that a pause meets on its way', async () => {
    const server = await modelServer();
    server.script(() => ({ kind: 'silence' }));
    const breaker = createFakeBreaker();
    const running = testing(`${server.url}/v1`, breaker);
    const prompt = await server.nextPrompt();
    breaker.trip();
    expect(await running).toEqual(paused);
    expect(await prompt.over).toBe(true);
  });
});

describe('what answers a test', () => {
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
