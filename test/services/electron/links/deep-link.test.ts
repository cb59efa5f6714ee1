import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mostLinkBytes, readDeepLink } from '../../../../electron/links/deep-link.ts';
import { linkedChatSchema, linkedJoinSchema } from '../../../../node-core/api/shell-views.ts';
import { hostileLinks } from './hostile-links.ts';

const longest = `nunba://new?text=${'a'.repeat(mostLinkBytes - 'nunba://new?text='.length)}`;

test.each([
  ['nunba://new', null, ''],
  ['nunba://new/', null, ''],
  ['nunba://new?', null, ''],
  ['nunba://new?agent=&text=', null, ''],
  ['nunba://new?agent=coder', 'coder', ''],
  ['nunba://new?text=a&agent=agent-01', 'agent-01', 'a'],
  ['nunba://new/?text=What%20is%20a%20hive%3F', null, 'What is a hive?'],
  ['nunba://new?text=1+%2B+1=2', null, '1 + 1=2'],
  ['nunba://new?text=one%0Atwo%09three', null, 'one\ntwo\tthree'],
  ['nunba://new?text=%2520', null, '%20'],
  ['nunba://new?text=nunba://join', null, 'nunba://join'],
  ['nunba://new?text=%F0%9F%91%A9%F0%9F%8F%BD%E2%80%8D%F0%9F%92%BB%E2%9D%A4%EF%B8%8F', null, '👩🏽‍💻❤️'],
  ['nunba://new?text=%E0%A4%95%E0%A5%8D%E2%80%8D%E0%A4%B7', null, 'क्‍ष'],
  ['nunba://new?text=%D7%A9%D7%9C%D7%95%D7%9D', null, 'שלום'],
])('%s opens a chat', (address, agentId, text) => {
  expect(readDeepLink(address)).toEqual({ kind: 'new', agentId, text });
});

const invitation = `at=https://hive.example:6776&anchor=${'a'.repeat(64)}&tier=local`;

test.each([
  `nunba://join?${invitation}`,
  `nunba://join/?${invitation}`,
  `nunba://join?${invitation}&name=Lake+side%20%C3%A9`,
  `nunba://join?${invitation}&invite=0123456789abcdef.${'s'.repeat(32)}&tls=${'b'.repeat(64)}`,
  `nunba://join?central=http%3A%2F%2F127.0.0.1%3A6776&anchor=${'a'.repeat(64)}&tier=regional&later=1`,
])('%s is an invitation, handed on as it is', (address) => {
  expect(readDeepLink(address)).toEqual({ kind: 'join', link: address });
});

test('there are at least 40 hostile ones, each with a name of its own', () => {
  expect(hostileLinks.length).toBeGreaterThanOrEqual(40);
  expect(new Set(hostileLinks.map(({ name }) => name)).size).toBe(hostileLinks.length);
  expect(new Set(hostileLinks.map(({ reason }) => reason)).size).toBe(7);
});

test.each(hostileLinks)('refuses $name: $reason', ({ address, reason }) => {
  expect(readDeepLink(address)).toEqual({ kind: 'refused', reason });
});

test('the longest address fits what the page is told', () => {
  const link = readDeepLink(longest);
  if (link.kind !== 'new') throw new Error(link.kind);
  const { agentId, text } = link;
  expect(linkedChatSchema.safeParse({ id: 'x', source: 'link', agentId, text }).success).toBe(true);
  expect(readDeepLink(`${longest}a`)).toEqual({ kind: 'refused', reason: 'too-long' });
});

test('any text is answered, and what passes fits the page and is seen as it is', () => {
  const part = fc.oneof(
    fc.constantFrom(
      'nunba://',
      'new',
      'join',
      '?',
      '&',
      '=',
      'agent=',
      'text=',
      '%',
      '%00',
      '%E2%80%AE',
      '/',
      '#',
      '+',
    ),
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }).map(encodeURIComponent),
  );
  const texts = fc.oneof(
    fc.array(part, { maxLength: 12 }).map((parts) => parts.join('')),
    fc.array(part, { maxLength: 6 }).map((parts) => `nunba://new?text=${parts.join('')}`),
    fc.array(part, { maxLength: 3 }).map((parts) => `nunba://join?${invitation}&name=${parts.join('')}`),
    fc.string({ unit: 'binary', maxLength: 65_536 }),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const link = readDeepLink(text);
      if (link.kind === 'refused') return;
      if (link.kind === 'join') {
        expect(linkedJoinSchema.parse({ id: 'x', source: 'link', link: link.link })).toBeDefined();
        return;
      }
      expect(linkedChatSchema.parse({ id: 'x', source: 'link', agentId: link.agentId, text: link.text })).toBeDefined();
      expect(link.text.replaceAll(/[\n\t]/g, '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u200b]/u);
    }),
    { numRuns: 300 },
  );
});

test.each([
  ['nunba://new?text=', '%E2%80%8D'],
  ['', 'nunba://'],
  ['nunba://new?', 'text=&'],
  ['', ' '],
  ['', '\0'],
])('a long row of %j%j ends at once', (start, piece) => {
  const text = (start + piece.repeat(65_536)).slice(0, 65_536);
  expect(readDeepLink(text)).toEqual({ kind: 'refused', reason: 'too-long' });
  expect(readDeepLink(text.slice(0, mostLinkBytes)).kind).toBe('refused');
});
