import { describe, expect, test } from 'vitest';
import { readPageAddress, readRedirect } from '../../../../node-core/agents/web/page-address.ts';
import { isPublicAddress } from '../../../../node-core/agents/web/public-address.ts';

const read = (text: string) => readPageAddress(text, isPublicAddress);
const page = (text: string) => {
  const found = read(text);
  if (found.kind !== 'page') throw new Error(found.reason);
  return found.page;
};

test.each([
  ['https://example.org', 'https://example.org/', 'example.org'],
  [' HTTPS://Example.ORG:443/A?b=c#d ', 'https://example.org/A?b=c', 'example.org'],
  ['http://example.org:80/', 'http://example.org/', 'example.org'],
  ['https://example.org:8443/', 'https://example.org:8443/', 'example.org:8443'],
  ['https://example.org./', 'https://example.org/', 'example.org'],
  ['https://bücher.example.org/ü', 'https://xn--bcher-kva.example.org/%C3%BC', 'xn--bcher-kva.example.org'],
  ['https://аpple.com/', 'https://xn--pple-43d.com/', 'xn--pple-43d.com'],
  ['http://8.8.8.8/', 'http://8.8.8.8/', '8.8.8.8'],
  ['http://[2606:4700:4700::1111]/', 'http://[2606:4700:4700::1111]/', '[2606:4700:4700::1111]'],
])('%j is the page %j at %j', (text, url, host) => {
  expect(page(text)).toEqual({ url: new URL(url), host });
});

test.each([
  ['', 'no address'],
  ['example.org', 'no address'],
  ['/page', 'no address'],
  ['file:///etc/passwd', 'https: and http:'],
  ['ftp://example.org/', 'https: and http:'],
  ['javascript:alert(1)', 'https: and http:'],
  ['data:text/html,x', 'https: and http:'],
  ['https://user:secret@example.org/', 'password'],
  ['https://example.org@evil.example/', 'password'],
  ['http://localhost/', 'not in the open web'],
  ['http://LOCALHOST.:6777/', 'not in the open web'],
  ['http://a.localhost/', 'not in the open web'],
  ['http://router/', 'not in the open web'],
  ['http://printer.local/', 'not in the open web'],
  ['http://db.internal/', 'not in the open web'],
  ['http://x.onion/', 'not in the open web'],
  ['http://127.0.0.1/', 'not in the open web'],
  ['http://127.1/', 'not in the open web'],
  ['http://0x7f000001/', 'not in the open web'],
  ['http://2130706433/', 'not in the open web'],
  ['http://0177.0.0.1/', 'not in the open web'],
  ['http://１２７.0.0.1/', 'not in the open web'],
  ['http://169.254.169.254/latest/meta-data/', 'not in the open web'],
  ['http://[::1]/', 'not in the open web'],
  ['http://[::ffff:10.0.0.1]/', 'not in the open web'],
  [`https://example.org/${'a'.repeat(2000)}`, 'longer than'],
  [`https://example.org/${'ü'.repeat(1900)}`, 'too long'],
])('%j is refused', (text, reason) => {
  const found = read(text);
  expect(found).toMatchObject({ kind: 'refused', reason: expect.stringContaining(reason) });
});

describe('redirects', () => {
  const from = page('https://example.org/a/b');
  test.each([
    ['/c', 'same-host', 'https://example.org/c'],
    ['c', 'same-host', 'https://example.org/a/c'],
    ['https://example.org/d', 'same-host', 'https://example.org/d'],
    ['http://example.org/d', 'other-host', 'http://example.org/d'],
    ['https://example.org:8443/', 'other-host', 'https://example.org:8443/'],
    ['https://www.example.org/', 'other-host', 'https://www.example.org/'],
    ['//evil.example/', 'other-host', 'https://evil.example/'],
  ])('%j is %s', (location, kind, url) => {
    expect(readRedirect(location, from, isPublicAddress)).toMatchObject({ kind, page: { url: new URL(url) } });
  });

  test('an upgrade to https stays at the host', () => {
    const to = readRedirect('https://example.org/', page('http://example.org/'), isPublicAddress);
    expect(to?.kind).toBe('same-host');
  });

  test.each([
    'http://127.0.0.1/',
    'http://169.254.169.254/',
    'file:///etc/passwd',
    'http://[',
    'https://a:b@example.org/',
  ])('%j leads nowhere', (location) => {
    expect(readRedirect(location, from, isPublicAddress)).toBeNull();
  });
});
