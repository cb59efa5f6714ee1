/** Two crashes within this time are more than bad luck; ms. */
export const pageCrashWindowMs = 60_000;
export const graphicsCrashWindowMs = 10 * 60_000;

/** Counts what happens too often. `true` where it has happened before within `windowMs`. */
export function createRepeatRule(windowMs: number): (now: number) => boolean {
  let last: number | null = null;
  return (now) => {
    const isRepeated = last !== null && now - last < windowMs;
    last = now;
    return isRepeated;
  };
}

/** Whether a process that is gone went by accident. */
export function isCrash(reason: string): boolean {
  return reason !== 'clean-exit';
}

/**
 * Whether to draw without the graphics processor: it failed repeatedly under this very version. Another version tries
 * again, for it may bring a cure.
 */
export function drawsInSoftware(failedVersion: string | null, version: string): boolean {
  return failedVersion === version;
}
