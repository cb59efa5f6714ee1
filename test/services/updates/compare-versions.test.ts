import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareVersions, isVersion } from '../../../electron/updates/compare-versions.ts';

/** Semantic versioning 2.0, section 11, and its neighbours; each is older than the next. */
const inOrder = [
  '0.0.9',
  '0.1.0',
  '0.9.0',
  '0.10.0',
  '1.0.0-1',
  '1.0.0-alpha',
  '1.0.0-alpha.1',
  '1.0.0-alpha.beta',
  '1.0.0-beta',
  '1.0.0-beta.2',
  '1.0.0-beta.11',
  '1.0.0-rc.1',
  '1.0.0',
  '1.0.1-0',
  '2.0.0',
  '2.1.0',
  '2.1.1',
  '99999999999999999999.0.0',
];

test('every version is older than all that follow it', () => {
  for (const [at, older] of inOrder.entries()) {
    expect(compareVersions(older, older)).toBe(0);
    for (const newer of inOrder.slice(at + 1)) {
      expect([older, newer, compareVersions(older, newer) < 0, compareVersions(newer, older) > 0]).toEqual([
        older,
        newer,
        true,
        true,
      ]);
    }
  }
});

test('the order is one', () => {
  const part = fc.nat(20).map(String);
  const word = fc.oneof(part, fc.constantFrom('a', 'beta', 'rc', 'x-1'));
  const version = fc
    .tuple(part, part, part, fc.array(word, { maxLength: 3 }))
    .map(([a, b, c, before]) => `${a}.${b}.${c}${before.length > 0 ? `-${before.join('.')}` : ''}`);
  fc.assert(
    fc.property(version, version, version, (a, b, c) => {
      expect(isVersion(a)).toBe(true);
      expect(Math.sign(compareVersions(a, b)) + Math.sign(compareVersions(b, a))).toBe(0);
      if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0)
        expect(compareVersions(a, c)).toBeLessThanOrEqual(0);
    }),
  );
});

test.each([
  '',
  '1',
  '1.2',
  'v1.2.3',
  '1.2.3+build',
  '01.2.3',
  '1.2.3-',
  '1.2.3-01',
  '1.2.3-a..b',
  '1.2.3/../x',
  ' 1.2.3',
])('%j is no version', (text) => expect(isVersion(text)).toBe(false));
