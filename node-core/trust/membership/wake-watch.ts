import type { Clock, Timer } from '../../protocol/ports/clock.ts';

/** How often it looks, ms. */
const everyMs = 15_000;
/** Wall and monotonic clock differ by so much, or a look comes so late, after a sleep or when the clock was set, ms. */
const noticedMs = 60_000;

/**
 * Calls `onJump` when the computer was asleep or its clock was set. During a sleep the monotonic clock stands still on
 * some systems and goes on on others, so both are looked at.
 */
export function watchWakes(clock: Clock, onJump: () => void): Timer {
  let wall = clock.now();
  let elapsed = clock.elapsed();
  return clock.every(everyMs, () => {
    const wallPassed = clock.now() - wall;
    const elapsedPassed = clock.elapsed() - elapsed;
    wall += wallPassed;
    elapsed += elapsedPassed;
    const isJump = Math.abs(wallPassed - elapsedPassed) > noticedMs || elapsedPassed > everyMs + noticedMs;
    if (isJump) onJump();
  });
}
