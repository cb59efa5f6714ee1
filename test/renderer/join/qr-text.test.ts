import { encode } from 'uqr';
import { describe, expect, it } from 'vitest';
import { writeJoinLink } from '../../../node-core/protocol/trust/join-link.ts';
import { type Pixels, textInPixels } from '../../../renderer/features/join/qr-text.ts';

const link = writeJoinLink({
  at: 'https://central.lakeside.example:6776',
  anchor: '0123456789abcdef'.repeat(4),
  tier: 'regional',
  invite: { id: '0123456789abcdef', secret: 'S'.repeat(43) },
  name: 'Lakeside',
  tls: 'fedcba9876543210'.repeat(4),
});

/** How light each place of a picture is, 0..255. */
type Shade = (x: number, y: number) => number;

function paint(width: number, height: number, shade: Shade): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let place = 0; place < width * height; place += 1) {
    const light = shade(place % width, Math.floor(place / width));
    data.set([light, light, light, 255], place * 4);
  }
  return { width, height, data };
}

const code = encode(link, { ecc: 'M', border: 4 });
const isDark: (x: number, y: number) => boolean = (x, y) => code.data[Math.floor(y)]?.[Math.floor(x)] === true;
const sideOf = (scale: number): number => Math.round(code.size * scale);

/** Noise that is the same each time. */
const noise: Shade = (x, y) => ((x * 7_919 + y * 104_729) % 61) - 30;

describe('the QR code of a join link', () => {
  it.each([1, 2, 3, 8, 20])('is read with %d pixels for each of its squares', (scale) => {
    const side = sideOf(scale);
    expect(textInPixels(paint(side, side, (x, y) => (isDark(x / scale, y / scale) ? 0 : 255)))).toBe(link);
  });

  it('is read light on dark', () => {
    const side = sideOf(4);
    expect(textInPixels(paint(side, side, (x, y) => (isDark(x / 4, y / 4) ? 255 : 0)))).toBe(link);
  });

  it('is read from a photograph: turned, grey, with noise, in a corner of something else', () => {
    const [sin, cos, scale] = [Math.sin(0.15), Math.cos(0.15), 5.3];
    const shade: Shade = (x, y) => {
      const [dx, dy] = [x - 300, y - 120];
      const [u, v] = [(dx * cos + dy * sin) / scale, (dy * cos - dx * sin) / scale];
      const isOnCode = u >= 0 && v >= 0 && u < code.size && v < code.size;
      return (isOnCode ? (isDark(u, v) ? 60 : 205) : 130 + 20 * Math.sin(x / 40)) + noise(x, y);
    };
    expect(textInPixels(paint(1_000, 800, shade))).toBe(link);
  });
});

describe('a picture without a code', () => {
  it.each<[string, Shade]>([
    ['white', () => 255],
    ['black', () => 0],
    ['noise', (x, y) => 128 + 4 * noise(x, y)],
    ['stripes', (x) => (x % 20 < 10 ? 0 : 255)],
    ['half of a code', (x, y) => (y > sideOf(4) / 2 || !isDark(x / 4, y / 4) ? 255 : 0)],
  ])('that is %s says nothing', (_name, shade) => {
    expect(textInPixels(paint(sideOf(4), sideOf(4), shade))).toBeNull();
  });

  it('that has no pixels says nothing', () => {
    expect(textInPixels({ width: 0, height: 0, data: new Uint8ClampedArray(0) })).toBeNull();
  });
});
