const firstMs = 250;
const mostMs = 5_000;

/**
 * How long to wait before attempt `attempt` (from 0) to connect again: 250 ms doubling to 5 s, and up to a fifth less,
 * so that many pages do not knock at once.
 * @param random 0 <= random < 1
 */
export function backOffMs(attempt: number, random: number): number {
  const whole = Math.min(mostMs, firstMs * 2 ** Math.min(attempt, 10));
  return Math.round(whole * (1 - 0.2 * random));
}
