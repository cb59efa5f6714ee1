import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Bounds } from '../../../../electron/settings/settings-schema.ts';
import { placeWindow, windowSizes } from '../../../../electron/window/place-window.ts';

const at = (x: number, y: number, width: number, height: number): Bounds => ({ x, y, width, height });

const main = at(0, 25, 1920, 1055);
const left = at(-1280, 0, 1280, 1024);
const above = at(0, -1440, 2560, 1440);
const tablet = at(0, 0, 800, 600);

test.each<[string, Bounds | null, readonly Bounds[], Bounds]>([
  ['a first start: in the middle of the main screen', null, [main, left], at(360, 142, 1200, 820)],
  ['a first start on a small screen: as large as that', null, [tablet], tablet],
  ['where it stood', at(100, 100, 900, 700), [main], at(100, 100, 900, 700)],
  ['on a screen with negative coordinates', at(-1200, 10, 900, 700), [main, left], at(-1200, 10, 900, 700)],
  ['on a screen above', at(10, -1400, 900, 700), [main, above], at(10, -1400, 900, 700)],
  ['across two screens', at(-400, 100, 900, 700), [main, left], at(-400, 100, 900, 700)],
  ['its screen is gone: to the middle of the main one', at(-1200, 10, 900, 700), [main], at(510, 202, 900, 700)],
  ['its screen is gone and the main one is small', at(-1200, 10, 900, 700), [tablet], tablet],
  ['half over an edge: pushed back', at(1500, 600, 900, 700), [main], at(1020, 380, 900, 700)],
  ['under the system’s bar: pushed down', at(100, 0, 900, 700), [main], at(100, 25, 900, 700)],
  [
    'larger than the screen, whose scale has changed',
    at(0, 25, 1920, 1055),
    [at(0, 0, 1280, 680)],
    at(0, 0, 1280, 680),
  ],
  ['mostly on the second screen', at(-1300, 400, 900, 700), [main, left], at(-1280, 324, 900, 700)],
  ['too small to use', at(100, 100, 40, 20), [main], at(100, 100, 480, 400)],
  ['touching a screen without being on it', at(1920, 100, 900, 700), [main], at(510, 202, 900, 700)],
  ['no screen at all', at(100, 100, 900, 700), [], at(100, 100, 900, 700)],
])('%s', (_name, saved, screens, place) => {
  expect(placeWindow(saved, screens)).toEqual(place);
});

test('wherever it stood, it can be seen wholly, and stays there the next time', () => {
  const place = fc.record({
    x: fc.integer({ min: -5_000, max: 5_000 }),
    y: fc.integer({ min: -5_000, max: 5_000 }),
    width: fc.integer({ min: 1, max: 6_000 }),
    height: fc.integer({ min: 1, max: 6_000 }),
  });
  const screens = fc.subarray([main, left, at(1920, 0, 1280, 680)], { minLength: 1 });
  fc.assert(
    fc.property(place, screens, (saved, on) => {
      const placed = placeWindow(saved, on);
      expect(placed.width).toBeGreaterThanOrEqual(windowSizes.least.width);
      const seen = on.reduce((sum, screen) => sum + shared(placed, screen), 0);
      expect(seen).toBe(placed.width * placed.height);
      expect(placeWindow(placed, on)).toEqual(placed);
    }),
  );
});

function shared(one: Bounds, other: Bounds): number {
  const side = (a: number, b: number, c: number, d: number) => Math.max(0, Math.min(a + b, c + d) - Math.max(a, c));
  return side(one.x, one.width, other.x, other.width) * side(one.y, one.height, other.y, other.height);
}
