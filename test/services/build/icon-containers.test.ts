import { expect, test } from 'vitest';
import { icnsSizesPx, writeIcns, writeIco } from '../../../build/icons/icon-containers.ts';

const small = Buffer.from('small png');
const large = Buffer.from('the png of the largest');

test('an .ico points at each of its pictures', () => {
  const ico = writeIco([
    { sizePx: 16, png: small },
    { sizePx: 256, png: large },
  ]);
  expect([...ico.subarray(0, 6)]).toEqual([0, 0, 1, 0, 2, 0]);
  const entries = [6, 22].map((at) => ({
    edges: [ico[at], ico[at + 1]],
    bits: ico.readUInt16LE(at + 6),
    content: ico.subarray(ico.readUInt32LE(at + 12), ico.readUInt32LE(at + 12) + ico.readUInt32LE(at + 8)).toString(),
  }));
  expect(entries).toEqual([
    { edges: [16, 16], bits: 32, content: 'small png' },
    { edges: [0, 0], bits: 32, content: 'the png of the largest' },
  ]);
  expect(ico.length).toBe(6 + 2 * 16 + small.length + large.length);
});

test('an .ico takes no picture of more than 256 pixels', () => {
  expect(() => writeIco([{ sizePx: 257, png: small }])).toThrow(RangeError);
});

test('an .icns lists its pictures by kind, with the length of each', () => {
  const icns = writeIcns([
    { sizePx: 16, png: small },
    { sizePx: 32, png: large },
  ]);
  expect(readChunks(icns)).toEqual([
    ['icp4', 'small png'],
    ['icp5', 'the png of the largest'],
    ['ic11', 'the png of the largest'],
  ]);
});

test('an .icns takes only the sizes that macOS has a kind for', () => {
  expect(() => writeIcns([{ sizePx: 48, png: small }])).toThrow('48 pixels');
  const all = writeIcns(icnsSizesPx.map((sizePx) => ({ sizePx, png: small })));
  expect(readChunks(all).map(([kind]) => kind)).toContain('ic10');
});

/** Kind and content of each chunk; throws when the lengths do not add up. */
function readChunks(icns: Buffer): readonly (readonly [string, string])[] {
  expect(icns.subarray(0, 4).toString()).toBe('icns');
  expect(icns.readUInt32BE(4)).toBe(icns.length);
  const chunks: [string, string][] = [];
  for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
    const content = icns.subarray(at + 8, at + icns.readUInt32BE(at + 4));
    chunks.push([icns.subarray(at, at + 4).toString(), content.toString()]);
  }
  return chunks;
}
