import type { Bounds } from '../settings/settings-schema.ts';

/** The smallest and the first size of the window, in pixels that do not depend on the screen's scale. */
export const windowSizes = { first: { width: 1200, height: 820 }, least: { width: 480, height: 400 } } as const;

/**
 * Where the window goes: where it stood, if all of that can be seen now; otherwise wholly on the screen that it covered
 * most, or on the main one where its screen is gone; never larger than that screen.
 * @param saved where it stood at last, or `null`
 * @param screens what of each screen is free of the system's bars, the main one first
 */
export function placeWindow(saved: Bounds | null, screens: readonly Bounds[]): Bounds {
  const [main] = screens;
  if (!main) return saved ?? { x: 0, y: 0, ...windowSizes.first };
  if (!saved) return centred(windowSizes.first, main);
  if (isSeen(saved, screens)) return saved;
  const best = screens.reduce((most, next) => (overlap(saved, next) > overlap(saved, most) ? next : most), main);
  return overlap(saved, best) > 0 ? pushedOnto(saved, best) : centred(saved, best);
}

function isSeen(place: Bounds, screens: readonly Bounds[]): boolean {
  const isLargeEnough = place.width >= windowSizes.least.width && place.height >= windowSizes.least.height;
  const seen = screens.reduce((sum, screen) => sum + overlap(place, screen), 0);
  return isLargeEnough && seen >= place.width * place.height;
}

function pushedOnto(place: Bounds, screen: Bounds): Bounds {
  const { width, height } = fitted(place, screen);
  return {
    x: Math.min(Math.max(place.x, screen.x), screen.x + screen.width - width),
    y: Math.min(Math.max(place.y, screen.y), screen.y + screen.height - height),
    width,
    height,
  };
}

function centred(size: Pick<Bounds, 'width' | 'height'>, screen: Bounds): Bounds {
  const { width, height } = fitted(size, screen);
  return {
    x: screen.x + Math.floor((screen.width - width) / 2),
    y: screen.y + Math.floor((screen.height - height) / 2),
    width,
    height,
  };
}

function fitted(size: Pick<Bounds, 'width' | 'height'>, screen: Bounds): Pick<Bounds, 'width' | 'height'> {
  return {
    width: Math.min(Math.max(size.width, windowSizes.least.width), screen.width),
    height: Math.min(Math.max(size.height, windowSizes.least.height), screen.height),
  };
}

/** The area that two places share. */
function overlap(one: Bounds, other: Bounds): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return Math.max(0, width) * Math.max(0, height);
}
