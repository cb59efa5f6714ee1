/** A day of the Gregorian calendar, without time and zone. */
export interface Day {
  readonly year: number;
  /** 1 to 12 */
  readonly month: number;
  readonly day: number;
}

const dayMs = 24 * 60 * 60 * 1000;

/** Years that can be reckoned with: what JavaScript's dates and four digits both hold. */
const minYear = 1;
const maxYear = 9999;

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
type Weekday = (typeof weekdays)[number];

/** Reads `2026-11-28`. `null` if there is no such day. Pure. */
export function parseDay(text: string): Day | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!found) return null;
  const day = { year: Number(found[1]), month: Number(found[2]), day: Number(found[3]) };
  return isDay(day) ? day : null;
}

const isDay = ({ year, month, day }: Day): boolean =>
  year >= minYear && year <= maxYear && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);

/** As `2026-11-28`. */
export function formatDay({ year, month, day }: Day): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Days since 1970-01-01, negative before. */
export function dayNumber({ year, month, day }: Day): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return Math.round(date.getTime() / dayMs);
}

const dayOfNumber = (number: number): Day => {
  const date = new Date(number * dayMs);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
};

/** How many days a month has. */
export function daysInMonth(year: number, month: number): number {
  return [31, isLeapYear(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}

/** Whether a year has a 29th of February. */
export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** English name of the day of the week. */
export function weekdayOf(day: Day): Weekday {
  const index = (((dayNumber(day) + 4) % 7) + 7) % 7;
  return weekdays[index] ?? 'Sunday';
}

/** Week of ISO 8601, as `2026-W48`: it belongs to the year that its Thursday is in. */
export function isoWeek(day: Day): string {
  const number = dayNumber(day);
  const monday = number - ((((number + 3) % 7) + 7) % 7);
  const { year } = dayOfNumber(monday + 3);
  const week = Math.floor((monday + 3 - dayNumber({ year, month: 1, day: 1 })) / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** Day of the year, 1 to 366. */
export function dayOfYear(day: Day): number {
  return dayNumber(day) - dayNumber({ year: day.year, month: 1, day: 1 }) + 1;
}

/** How far to go; negative goes back. */
export interface Stretch {
  readonly years: number;
  readonly months: number;
  readonly weeks: number;
  readonly days: number;
}

/**
 * Years and months first: a day that the month does not have becomes its last one (31 January and a month is the end of
 * February). Then weeks and days. `null` beyond the years 1 to 9999.
 */
export function addTo(day: Day, { years, months, weeks, days }: Stretch): Day | null {
  const month = (day.year + years) * 12 + day.month - 1 + months;
  const year = Math.floor(month / 12);
  if (year < minYear || year > maxYear) return null;
  const inYear = month - year * 12 + 1;
  const clamped = { year, month: inYear, day: Math.min(day.day, daysInMonth(year, inYear)) };
  const end = dayOfNumber(dayNumber(clamped) + weeks * 7 + days);
  return isDay(end) ? end : null;
}

/** What lies between two days. */
export interface Difference {
  /** Negative if the second is the earlier one. */
  readonly days: number;
  /** The same in whole years, whole months and days, without a sign. */
  readonly inParts: { readonly years: number; readonly months: number; readonly days: number };
  /** Days from Monday to Friday after the earlier day, up to and with the later one. Holidays are not known. */
  readonly workdays: number;
}

/** From one day to another. Pure. */
export function between(from: Day, to: Day): Difference {
  const days = dayNumber(to) - dayNumber(from);
  const [first, last] = days < 0 ? [to, from] : [from, to];
  let months = (last.year - first.year) * 12 + last.month - first.month;
  const after = (count: number): Day => addTo(first, { years: 0, months: count, weeks: 0, days: 0 }) ?? first;
  if (dayNumber(after(months)) > dayNumber(last)) months -= 1;
  return {
    days,
    inParts: {
      years: Math.floor(months / 12),
      months: months % 12,
      days: dayNumber(last) - dayNumber(after(months)),
    },
    workdays: workdaysUpTo(dayNumber(last)) - workdaysUpTo(dayNumber(first)),
  };
}

/** Days from Monday to Friday since a Monday long ago, up to and with this one. */
const workdaysUpTo = (number: number): number => {
  const sinceMonday = number + 3 + 7 * 200_000;
  return Math.floor(sinceMonday / 7) * 5 + Math.min((sinceMonday % 7) + 1, 5);
};
