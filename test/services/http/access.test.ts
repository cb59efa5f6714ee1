import http from 'node:http';
import { describe, expect, test } from 'vitest';
import { isOwnHost, isOwnOrigin } from '../../../node-core/http/request-origin.ts';
import { tempFolder } from '../../builders/temp-folder.ts';
import { adminToken, chatToken, startTestListener, type TestListener } from '../../doubles/http-node.ts';

const chat = { authorization: `Bearer ${chatToken}` };
const admin = { authorization: `Bearer ${adminToken}` };

/** A request with headers that `fetch` would not send. */
function raw(
  { port }: TestListener,
  options: http.RequestOptions,
): Promise<{ readonly status: number; readonly headers: http.IncomingHttpHeaders }> {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, agent: false, ...options }, (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0, headers: response.headers });
    });
    request.on('error', reject);
    request.end();
  });
}

describe('host names', () => {
  test.each([
    ['127.0.0.1:6777', true],
    ['localhost:6777', true],
    ['localhost', true],
    ['[::1]:6777', true],
    ['192.168.1.20:6777', true],
    ['evil.example:6777', false],
    ['localhost.evil.example', false],
    ['127.0.0.1.evil.example', false],
    ['127.0.0.1:6777@evil.example', false],
    ['', false],
    [undefined, false],
  ])('%s: %s', (header, isOwn) => {
    expect(isOwnHost(header, '127.0.0.1')).toBe(isOwn);
  });

  test('a name counts when the node was told to listen on it', () => {
    expect(isOwnHost('Nunba.Lan:6777', 'nunba.lan')).toBe(true);
  });

  test('an origin is one of our own only with the same host and port', () => {
    expect(isOwnOrigin('http://127.0.0.1:6777', '127.0.0.1:6777')).toBe(true);
    expect(isOwnOrigin('http://127.0.0.1:3000', '127.0.0.1:6777')).toBe(false);
    expect(isOwnOrigin('https://127.0.0.1:6777', '127.0.0.1:6777')).toBe(false);
    expect(isOwnOrigin('null', '127.0.0.1:6777')).toBe(false);
  });
});

describe('who gets in', () => {
  test.each([
    ['GET', '/health', {}, 200],
    ['GET', '/ready', {}, 200],
    ['GET', '/status', {}, 401],
    ['GET', '/status', chat, 200],
    ['GET', '/status', admin, 200],
    ['GET', '/v1/models', {}, 401],
    ['GET', '/v1/models', { authorization: 'Bearer wrong-token-wrong-token' }, 401],
    ['GET', '/v1/models', { authorization: `Basic ${chatToken}` }, 401],
    ['GET', '/v1/models', chat, 200],
    ['POST', '/page-token', chat, 401],
    ['POST', '/page-token', admin, 200],
    ['GET', '/nothing-here', chat, 404],
  ])('%s %s with %j: %i', async (method, path, headers, status) => {
    const listener = await startTestListener(undefined, { page: tempFolder() });
    expect((await raw(listener, { method, path, headers })).status).toBe(status);
  });

  test('another host name or another origin is refused before anything else', async () => {
    const listener = await startTestListener();
    expect((await raw(listener, { path: '/health', headers: { host: 'evil.example' } })).status).toBe(421);
    expect((await raw(listener, { path: '/health', headers: { origin: 'http://evil.example' } })).status).toBe(403);
    expect((await raw(listener, { path: '/v1/models', headers: { ...chat, origin: 'null' } })).status).toBe(403);
    const own = { ...chat, origin: listener.address };
    expect((await raw(listener, { path: '/v1/models', headers: own })).status).toBe(200);
  });

  test('no answer invites other pages, and each tells the browser to be strict', async () => {
    const listener = await startTestListener();
    const preflight = { origin: 'http://evil.example', 'access-control-request-method': 'POST' };
    for (const options of [{ path: '/health' }, { path: '/chat', method: 'OPTIONS', headers: preflight }]) {
      const { headers } = await raw(listener, options);
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
    const { headers } = await raw(listener, { path: '/health' });
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });
});

describe('bodies', () => {
  test.each([
    ['text/plain', '{"prompt":"hi"}', 415],
    ['application/x-www-form-urlencoded', 'prompt=hi', 415],
    ['application/json', '{"prompt":', 400],
    ['application/json', '[]', 400],
    ['application/json', 'null', 400],
    ['application/json', JSON.stringify({ prompt: 'x'.repeat(1024 * 1024) }), 413],
    ['application/json', '{"prompt":"hi"}', 200],
  ])('%s %.20s: %i', async (type, body, status) => {
    const listener = await startTestListener();
    const answer = await listener.post('/chat', body, { ...chat, 'content-type': type });
    expect(answer.status).toBe(status);
    await answer.text();
  });
});

test('where no page is served nobody gets a token for one', async () => {
  const listener = await startTestListener();
  expect((await raw(listener, { method: 'POST', path: '/page-token', headers: admin })).status).toBe(404);
});

test('a node that stops is not ready; details are for those with a token', async () => {
  const listener = await startTestListener(undefined, { readiness: () => 'stopping' });
  const open = await listener.get('/ready', {});
  expect(open.status).toBe(503);
  expect(await open.json()).toEqual({ status: 'stopping' });
  expect(await (await listener.get('/ready')).json()).toMatchObject({ details: { dataFolder: '/data' } });
  expect(await (await listener.get('/health', {})).json()).toEqual({ status: 'ok', name: 'Nunba', version: '1.2.3' });
});
