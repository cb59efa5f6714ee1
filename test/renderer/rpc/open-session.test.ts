import { afterEach, expect, test, vi } from 'vitest';
import { openSession, tokenOf } from '../../../renderer/rpc/open-session.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  window.location.hash = '';
});

test.each([
  ['#token=abc', 'abc'],
  ['#chat&token=abc', 'abc'],
  ['#token=', null],
  ['#chat/01', null],
  ['', null],
])('the token of %s is %s', (hash, token) => {
  expect(tokenOf(hash)).toBe(token);
});

test('posts the token and takes it out of the address', async () => {
  const asked: [string, RequestInit][] = [];
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    asked.push([url, init]);
    return Promise.resolve(new Response(null, { status: 204 }));
  });
  window.location.hash = '#token=one-time-secret';
  await openSession();
  expect(asked).toHaveLength(1);
  expect(asked[0]?.[0]).toBe('/session');
  expect(asked[0]?.[1]).toMatchObject({ method: 'POST', body: '{"token":"one-time-secret"}' });
  expect(window.location.href).not.toContain('one-time-secret');
});

test('a node that does not answer is no error yet', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new Error('refused')));
  window.location.hash = '#token=one-time-secret';
  await expect(openSession()).resolves.toBeUndefined();
  expect(window.location.hash).not.toContain('token');
});

test('without a token nothing is asked', async () => {
  vi.stubGlobal('fetch', () => expect.unreachable('nothing must be asked'));
  await openSession();
});
