import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canTrust, decideExternal, type ExternalLink } from '../../../../electron/links/external-link.ts';

const trusted = ['example.org', 'example.org:8443'];
const asked = (address: string): Extract<ExternalLink, { kind: 'ask' }> => {
  const link = decideExternal(address, trusted);
  if (link.kind !== 'ask') throw new Error(`${address}: ${link.kind}`);
  return link;
};

test.each([
  ['https://example.org/a?b#c', 'https://example.org/a?b#c'],
  ['HTTPS://EXAMPLE.org', 'https://example.org/'],
  ['https://example.org:8443/', 'https://example.org:8443/'],
])('%s of a trusted host opens without a question', (text, address) => {
  expect(decideExternal(text, trusted)).toEqual({ kind: 'open', address });
});

test.each([
  ['http://example.org/', 'example.org'],
  ['https://www.example.org/', 'www.example.org'],
  ['https://example.org:444/', 'example.org:444'],
  ['https://example.org.evil.test/', 'example.org.evil.test'],
  ['https://evil.test/example.org', 'evil.test'],
  ['https://example.org./', 'example.org.'],
  ['http://127.0.0.1:6777/', '127.0.0.1:6777'],
  ['https://[::1]/', '[::1]'],
  ['mailto:anna@example.org?subject=Hi', null],
])('%s asks first, naming %s', (text, host) => {
  expect(asked(text)).toMatchObject({ host, drawnHost: null, shown: text });
});

test.each([
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,x',
  'app://nunba/',
  'nunba://new?text=x',
  'ms-settings:',
  'smb://example.org/share',
  'https://user:secret@example.org/',
  'https://example.org@evil.test/',
  'https://:@example.org:x/',
  '\\\\example.org\\share',
  '//example.org/',
  'https://',
  '',
  `https://example.org/${'a'.repeat(2_000)}`,
])('%s is not opened, whoever is trusted', (text) => {
  expect(decideExternal(text, trusted)).toEqual({ kind: 'refused' });
});

test('a host whose letters pose as others is shown as it is written and as it is drawn', () => {
  expect(asked('https://аррӏе.com/login')).toMatchObject({ host: 'xn--80ak6aa92e.com', drawnHost: 'аррӏе.com' });
});

test('only a host that is reached over a protected connection can be trusted for good', () => {
  expect(canTrust(asked('https://www.example.org/'))).toBe(true);
  expect(canTrust(asked('http://example.org/'))).toBe(false);
});

test('of a long address its beginning and its end are shown', () => {
  const { shown } = asked(`https://evil.test/${'a'.repeat(1_000)}?q=the-end`);
  expect(shown.length).toBeLessThanOrEqual(300);
  expect(shown).toMatch(/^https:\/\/evil\.test\/a+ … a+\?q=the-end$/);
});

test('whatever is opened is web or mail, with nothing in it that cannot be seen', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.webUrl(),
    fc.tuple(fc.constantFrom('https://', 'http://', 'mailto:', 'file://'), fc.string()).map((two) => two.join('')),
  );
  fc.assert(
    fc.property(text, (address) => {
      const link = decideExternal(address, trusted);
      if (link.kind !== 'refused') expect(link.address).toMatch(/^(?:https?:\/\/|mailto:)[\x20-\x7e]*$/);
    }),
  );
});
