import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseEnvironmentFile } from '../../../node-core/config/environment-file.ts';

describe('.env files', () => {
  test.each([
    ['A=1', { A: '1' }],
    ['export A=1', { A: '1' }],
    ['A=1 # why', { A: '1' }],
    ['A="1 # not a comment"', { A: '1 # not a comment' }],
    ["A='one two'", { A: 'one two' }],
    ['A=1\r\nB=2\r\n', { A: '1', B: '2' }],
    ['\uFEFFA=1', { A: '1' }],
    ['# only a comment\n\n', {}],
    ['A=', { A: '' }],
  ])('%j', (text, expected) => {
    expect({ ...parseEnvironmentFile(text) }).toEqual(expected);
  });

  test('any text is read without failing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const value of Object.values(parseEnvironmentFile(text))) expect(typeof value).toBe('string');
      }),
    );
  });

  test('a quoted value comes back as it was, whatever ends the lines', () => {
    const name = fc.stringMatching(/^[A-Z][A-Z0-9_]{0,20}$/);
    const value = fc.stringMatching(/^[ -!#-[\]-~]{0,40}$/);
    fc.assert(
      fc.property(fc.dictionary(name, value, { maxKeys: 6 }), fc.constantFrom('\n', '\r\n'), (values, end) => {
        const text = Object.entries(values)
          .map(([key, content]) => `export ${key}="${content}" # note${end}`)
          .join('');
        expect({ ...parseEnvironmentFile(text) }).toEqual({ ...values });
      }),
    );
  });
});
