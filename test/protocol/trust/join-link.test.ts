import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type JoinLink,
  joinLinkDefects,
  readJoinLink,
  writeJoinLink,
  writeJoinPage,
} from '../../../node-core/protocol/trust/join-link.ts';

const anchor = 'ab'.repeat(32);
const tls = 'cd'.repeat(32);
const plain: JoinLink = {
  at: 'https://hive.example.org:6776',
  anchor,
  tier: 'regional',
  invite: null,
  name: null,
  tls: null,
};
const rest = `anchor=${anchor}&tier=regional`;
const at = 'at=https://hive.example.org:6776';

describe('links that are read', () => {
  test.each<[string, string, Partial<JoinLink>]>([
    ['the shortest', `nunba://join?${at}&${rest}`, {}],
    ['blanks around it', `  nunba://join?${at}&${rest}\n`, {}],
    ['a slash after the action', `nunba://join/?${at}&${rest}`, {}],
    ['central for at', `nunba://join?central=https://hive.example.org:6776&${rest}`, {}],
    ['an encoded address with its slash', `nunba://join?at=https%3A%2F%2Fhive.example.org%3A6776%2F&${rest}`, {}],
    ['a tier', `nunba://join?${at}&anchor=${anchor}&tier=local`, { tier: 'local' }],
    [
      'an invite',
      `nunba://join?${at}&${rest}&invite=abcdef0123456789.${'s'.repeat(32)}`,
      { invite: { id: 'abcdef0123456789', secret: 's'.repeat(32) } },
    ],
    ['a name', `nunba://join?${at}&${rest}&name=Riverside%20Makers`, { name: 'Riverside Makers' }],
    ['an empty name', `nunba://join?${at}&${rest}&name=`, {}],
    ['a pin', `nunba://join?${at}&${rest}&tls=${tls}`, { tls }],
    ['what it does not know', `nunba://join?${at}&${rest}&colour=red&colour=blue`, {}],
    ['http to 127.0.0.1', `nunba://join?at=http://127.0.0.1:6776&${rest}`, { at: 'http://127.0.0.1:6776' }],
    ['http to [::1]', `nunba://join?at=http://[::1]:6776&${rest}`, { at: 'http://[::1]:6776' }],
    ['the page of the issuer', `https://hive.example.org:6776/join#${at}&${rest}`, {}],
  ])('%s', (_name, text, changes) => {
    expect(readJoinLink(text)).toEqual({ kind: 'link', link: { ...plain, ...changes } });
  });
});

const refused = [
  ['too-long', `nunba://join?${at}&${rest}&name=${'x'.repeat(2_048)}`],
  ['not-a-join-link', ''],
  ['not-a-join-link', 'join the hive'],
  ['not-a-join-link', `nunba://leave?${at}&${rest}`],
  ['not-a-join-link', `nunba://join/now?${at}&${rest}`],
  ['not-a-join-link', `https://hive.example.org/other#${at}&${rest}`],
  ['not-a-join-link', `https://hive.example.org/join?${at}&${rest}`],
  ['said-twice', `nunba://join?${at}&${rest}&anchor=${anchor}`],
  ['said-twice', `nunba://join?${at}&central=https://other.example.org&${rest}`],
  ['address-missing', `nunba://join?${rest}`],
  ['address-malformed', `nunba://join?at=hive&${rest}`],
  ['address-malformed', `nunba://join?at=https://hive.example.org/path&${rest}`],
  ['address-malformed', `nunba://join?at=https://user:word@hive.example.org&${rest}`],
  ['address-malformed', `nunba://join?at=https%3A%2F%2Fhive.example.org%2F%3Fa%3D1&${rest}`],
  ['address-not-https', `nunba://join?at=http://hive.example.org&${rest}`],
  ['address-not-https', `nunba://join?at=http://127.0.0.1.example.org&${rest}`],
  ['address-not-https', `nunba://join?at=ftp://hive.example.org&${rest}`],
  ['anchor-missing', `nunba://join?${at}&tier=regional`],
  ['anchor-malformed', `nunba://join?${at}&anchor=${anchor.toUpperCase()}&tier=regional`],
  ['anchor-malformed', `nunba://join?${at}&anchor=abc&tier=regional`],
  ['tier-missing', `nunba://join?${at}&anchor=${anchor}`],
  ['tier-unknown', `nunba://join?${at}&anchor=${anchor}&tier=central`],
  ['invite-malformed', `nunba://join?${at}&${rest}&invite=abcdef0123456789`],
  ['invite-malformed', `nunba://join?${at}&${rest}&invite=abcdef0123456789.short`],
  ['invite-malformed', `nunba://join?${at}&${rest}&invite=abcdef0123456789.${'s'.repeat(32)}.x`],
  ['name-malformed', `nunba://join?${at}&${rest}&name=${'x'.repeat(61)}`],
  ['name-malformed', `nunba://join?${at}&${rest}&name=%E2%80%AEevil`],
  ['tls-malformed', `nunba://join?${at}&${rest}&tls=abc`],
] as const;

describe('links that are refused', () => {
  test.each(refused)('%s: %s', (defect, text) => {
    expect(readJoinLink(text)).toEqual({ kind: 'refused', defect });
  });

  test('every defect stands in the table', () => {
    expect([...new Set(refused.map(([defect]) => defect))].sort()).toEqual([...joinLinkDefects].sort());
  });
});

test('what is written is read again, as a link and as a page', () => {
  const hex = fc.stringMatching(/^[0-9a-f]{64}$/);
  const links = fc.record({
    at: fc.constantFrom('https://hive.example.org', 'https://[2001:db8::1]:6776', 'http://127.0.0.1:1'),
    anchor: hex,
    tier: fc.constantFrom('regional' as const, 'local' as const),
    invite: fc.option(
      fc.record({ id: fc.stringMatching(/^[a-z0-9]{16}$/), secret: fc.stringMatching(/^[A-Za-z0-9_-]{32}$/) }),
    ),
    name: fc.option(fc.stringMatching(/^[^\p{C}\p{Zl}\p{Zp}]{1,60}$/u)),
    tls: fc.option(hex),
  });
  fc.assert(
    fc.property(links, (link) => {
      const text = writeJoinLink(link);
      fc.pre(text.length <= 2_000);
      expect(readJoinLink(text)).toEqual({ kind: 'link', link });
      expect(readJoinLink(writeJoinPage(link))).toEqual({ kind: 'link', link });
    }),
  );
});
