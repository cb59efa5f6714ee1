const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** How long ago something was, in English: `just now`, `12 s ago`, `5 min ago`, `3 h ago`, `2 days ago`. */
export function describeAge(ageMs: number): string {
  if (ageMs < 5 * second) return 'just now';
  if (ageMs < minute) return `${Math.floor(ageMs / second)} s ago`;
  if (ageMs < hour) return `${Math.floor(ageMs / minute)} min ago`;
  if (ageMs < day) return `${Math.floor(ageMs / hour)} h ago`;
  return plural(Math.floor(ageMs / day), 'day', 'days', ' ago');
}

/** How long something has lasted, in English: `40 seconds`, `5 minutes`, `3 hours`, `2 days`. */
export function describeDuration(durationMs: number): string {
  const ms = Math.max(0, durationMs);
  if (ms < minute) return plural(Math.floor(ms / second), 'second', 'seconds');
  if (ms < hour) return plural(Math.floor(ms / minute), 'minute', 'minutes');
  if (ms < day) return plural(Math.floor(ms / hour), 'hour', 'hours');
  return plural(Math.floor(ms / day), 'day', 'days');
}

const plural = (count: number, one: string, many: string, end = ''): string =>
  `${count} ${count === 1 ? one : many}${end}`;
