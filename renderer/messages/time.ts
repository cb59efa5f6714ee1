import type { TFunction } from 'i18next';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** "12 s ago"; from a week on the date. `at` and `now` are ms since the epoch, `at` not later than `now`. */
export function relativeTime(t: TFunction, language: string, at: number, now: number): string {
  const age = now - at;
  if (age < 5 * second) return t('time.justNow');
  if (age < minute) return t('time.secondsAgo', { count: Math.floor(age / second) });
  if (age < hour) return t('time.minutesAgo', { count: Math.floor(age / minute) });
  if (age < day) return t('time.hoursAgo', { count: Math.floor(age / hour) });
  if (age < 7 * day) return t('time.daysAgo', { count: Math.floor(age / day) });
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(at);
}

/** Date and time to the second, as the language writes them. */
export function fullTime(at: number, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'medium' }).format(at);
}

/** Date and time to the minute, as the language writes them in a sentence; in the person's own time zone unless one is given. */
export function shortTime(at: number, language: string, timeZone?: string): string {
  const zone = timeZone === undefined ? {} : { timeZone };
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', ...zone }).format(at);
}

/** Day and time to the minute without the year, where there is little room. */
export function dayTime(at: number, language: string): string {
  const parts = { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' } as const;
  return new Intl.DateTimeFormat(language, parts).format(at);
}

/** When the words of `relativeTime` can change next, in ms from `now`. */
export function refreshAfterMs(at: number, now: number): number {
  const age = Math.max(0, now - at);
  if (age < minute) return second;
  return age < hour ? 15 * second : 10 * minute;
}
