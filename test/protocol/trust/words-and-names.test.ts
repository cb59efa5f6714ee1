import { describe, expect, test } from 'vitest';
import { capabilitiesOf, mayIssue } from '../../../node-core/protocol/trust/capabilities.ts';
import { isBelow, readDomainSuffix, readFqdn } from '../../../node-core/protocol/trust/fqdn.ts';
import { areSameWords, readWords, wordsOfDigest } from '../../../node-core/protocol/trust/words.ts';
import { createKeyWords } from '../../../node-core/trust/verification/key-words.ts';

/** Of that key, by `hashlib.scrypt`. */
const pythonWords = ['convince', 'chair', 'envelope', 'excite'];

describe('four words', () => {
  test.each([
    ['000000000000', ['abandon', 'abandon', 'abandon', 'abandon']],
    ['ffffffffffff', ['zoo', 'zoo', 'zoo', 'zoo']],
    // 11 bits each: 1, 2, 3, 4 and four ones that do not count.
    ['00200801804f', ['ability', 'able', 'about', 'above']],
  ])('of %s', (digest, words) => expect(wordsOfDigest(Buffer.from(digest, 'hex'))).toEqual(words));

  test('want 44 bits', () => expect(() => wordsOfDigest(new Uint8Array(5))).toThrow(RangeError));

  test.each([
    ['zoo able about ability', true],
    ['  Zoo, ABLE-about\tability\n', true],
    ['zoo able about', false],
    ['zoo able about ability zoo', false],
    ['zoo able about zebroid', false],
    ['', false],
    ['zoo '.repeat(60), false],
  ])('read from %j: %s', (text, isRead) => {
    expect(readWords(text)).toEqual(isRead ? ['zoo', 'able', 'about', 'ability'] : null);
  });

  test('are compared in their order', () => {
    expect(areSameWords(['zoo', 'able'], ['zoo', 'able'])).toBe(true);
    expect(areSameWords(['zoo', 'able'], ['able', 'zoo'])).toBe(false);
    expect(areSameWords(['zoo'], ['zoo', 'able'])).toBe(false);
  });

  test('of a key: as Python reckons them, once', async () => {
    const wordsOf = createKeyWords();
    const anchor = 'b8890e74da7f5e45e66e96b7e2e3c92f9b18c67cef17fdc0d42a305b48e6d3f5';
    const first = wordsOf(anchor);
    expect(wordsOf(anchor)).toBe(first);
    expect(await first).toEqual(pythonWords);
  });
});

describe('domain names', () => {
  test.each([
    ['node.example.org', 'node.example.org'],
    ['Node.Example.ORG.', 'node.example.org'],
    ['xn--mnchen-3ya.de', 'xn--mnchen-3ya.de'],
    [`${'a'.repeat(63)}.org`, `${'a'.repeat(63)}.org`],
    [`${'a'.repeat(64)}.org`, null],
    [`${'abcdefgh.'.repeat(29)}org`, null],
    ['localhost', null],
    ['192.168.0.1', null],
    ['-a.example.org', null],
    ['a-.example.org', null],
    ['a..example.org', null],
    ['.example.org', null],
    ['a_b.example.org', null],
    ['münchen.de', null],
    ['a.example.org\n', null],
    ['a.example.org:80', null],
    ['', null],
  ])('%j', (text, name) => expect(readFqdn(text)).toBe(name));

  test.each([
    ['a.example.org', '.example.org', true],
    ['b.a.example.org', 'example.org', true],
    ['example.org', 'example.org', false],
    ['badexample.org', 'example.org', false],
    ['a.example.org.evil.net', 'example.org', false],
  ])('%s below %s: %s', (name, suffix, expected) => {
    expect(isBelow(name, readDomainSuffix(suffix) ?? 'none')).toBe(expected);
  });

  test('a suffix that is none', () => expect(readDomainSuffix('..org')).toBeNull());
});

describe('capabilities', () => {
  test.each([
    ['central', true, [], false],
    ['regional', false, ['mesh', 'work'], false],
    ['regional', true, ['mesh', 'work', 'issue'], true],
    ['local', true, ['mesh', 'work'], false],
  ] as const)('of a %s, allowed to issue: %s', (tier, allowed, capabilities, issues) => {
    expect(capabilitiesOf(tier, allowed)).toEqual(capabilities);
    expect(mayIssue({ tier, capabilities })).toBe(issues);
  });

  test('a local never issues, whatever its certificate says', () => {
    expect(mayIssue({ tier: 'local', capabilities: ['issue'] })).toBe(false);
  });
});
