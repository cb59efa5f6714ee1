import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { StandInRequest } from '../../electron-stand-in/net-request.ts';

const server = http.createServer((request, response) => {
  if (request.url === '/from') response.writeHead(302, { location: '/to' }).end();
  else response.end(`${request.method} ${request.url} ${request.headers['x-test'] ?? ''}`);
});
let origin = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

function answerTo(request: StandInRequest): Promise<string> {
  return new Promise((resolve, reject) => {
    request.on('response', async (response: http.IncomingMessage) => {
      response.setEncoding('utf8');
      let text = '';
      for await (const part of response) text += part;
      resolve(text);
    });
    request.on('error', reject);
    request.end();
  });
}

it('asks with the headers it was given', async () => {
  const request = new StandInRequest({ url: `${origin}/file`, headers: { 'X-Test': 'word' } });
  expect(await answerTo(request)).toBe('GET /file word');
});

it('follows where a server sends it, unless it shall not', async () => {
  expect(await answerTo(new StandInRequest(`${origin}/from`))).toBe('GET /to ');
  const manual = new StandInRequest({ url: `${origin}/from`, redirect: 'manual' });
  await expect(answerTo(manual)).rejects.toThrow('Redirect was cancelled');
  const told = new StandInRequest({ url: `${origin}/from`, redirect: 'manual' });
  told.on('redirect', () => told.followRedirect());
  expect(await answerTo(told)).toBe('GET /to ');
});

it('reaches no other machine', async () => {
  await expect(answerTo(new StandInRequest('http://example.org/'))).rejects.toThrow('ERR_NAME_NOT_RESOLVED');
});

it('tells when it is aborted, and nothing after that', async () => {
  const request = new StandInRequest(`${origin}/file`);
  const told: string[] = [];
  for (const name of ['abort', 'close', 'response', 'error']) request.on(name, () => told.push(name));
  request.end();
  request.abort();
  await answerTo(new StandInRequest(`${origin}/file`));
  expect(told).toEqual(['abort', 'close']);
});
