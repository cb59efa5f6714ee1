import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineLimit, maxLineBytes } from '../../../node-core/agents/models/line-limit.ts';

const encoder = new TextEncoder();
const lineBytes = 8;
const eventBytes = 14;

/** What the limit means, said plainly for a whole text. */
const isWithin = (text: string): boolean =>
  text
    .replace(/\r\n?/g, '\n')
    .split('\n\n')
    .flatMap((event) => {
      const lines = event.split('\n').map((line) => line.length);
      return [
        ...lines.map((length) => length <= lineBytes),
        lines.reduce((sum, length) => sum + length, 0) <= eventBytes,
      ];
    })
    .every(Boolean);

const texts = fc
  .array(fc.constantFrom('\n', '\r\n', '\r', 'a', 'bbb', 'cccccc'), { maxLength: 30 })
  .map((all) => all.join(''));

describe('LineLimit', () => {
  it('gives the verdict of the whole text, however it is cut into chunks', () => {
    fc.assert(
      fc.property(texts, fc.array(fc.nat(60), { maxLength: 8 }), (text, cuts) => {
        const places = [0, ...cuts.filter((cut) => cut < text.length).sort((a, b) => a - b), text.length];
        const limit = new LineLimit(lineBytes, eventBytes);
        const verdict = places
          .slice(1)
          .every((to, index) => limit.accepts(encoder.encode(text.slice(places[index], to))));
        expect(verdict).toBe(isWithin(text));
      }),
      { numRuns: 500 },
    );
  });

  it('takes a line of 4 MB and no byte more', () => {
    const line = new Uint8Array(maxLineBytes).fill(97);
    const limit = new LineLimit();
    expect(limit.accepts(line)).toBe(true);
    expect(limit.accepts(encoder.encode('\n\n'))).toBe(true);
    expect(limit.accepts(line)).toBe(true);
    expect(limit.accepts(encoder.encode('a'))).toBe(false);
  });
});
