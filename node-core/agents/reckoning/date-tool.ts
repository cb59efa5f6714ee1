import { z } from 'zod';
import type { JsonValue } from '../../protocol/json-value.ts';
import { defineTool, type Tool, ToolRefusal } from '../tools/tool.ts';
import {
  addTo,
  between,
  type Day,
  dayOfYear,
  formatDay,
  isLeapYear,
  isoWeek,
  parseDay,
  weekdayOf,
} from './calendar.ts';

const count = z.number().int().min(-200_000).max(200_000).default(0);

const input = z.strictObject({
  action: z
    .enum(['now', 'about', 'difference', 'add'])
    .describe(
      '`now`: date and time; `about`: weekday, week and distance of `date`; `difference`: from `date` to `to`; `add`: years, months, weeks, days to `date`.',
    ),
  date: z.string().max(10).default('today').describe('YYYY-MM-DD or `today`.'),
  to: z.string().max(10).default('today').describe('YYYY-MM-DD or `today`, for `difference`.'),
  years: count,
  months: count,
  weeks: count,
  days: count,
  timeZone: z.string().max(60).optional().describe('IANA name such as Asia/Kolkata; without it the person’s own.'),
});

/** What a model asks of the calendar. */
type DateQuestion = z.output<typeof input>;

/**
 * Tells the time and reckons with days. Throws a ToolRefusal for days and zones that do not exist. Pure.
 *
 * @param now ms since the epoch
 * @param ownZone the person's time zone, IANA name
 */
export function answerDate(question: DateQuestion, now: number, ownZone: string): JsonValue {
  const zone = question.timeZone ?? ownZone;
  const local = localTime(now, zone);
  const day = (text: string): Day => (text === 'today' ? local.day : requireDay(text));
  switch (question.action) {
    case 'now':
      return { ...about(local.day, local.day), time: local.time, timeZone: zone, offset: local.offset };
    case 'about':
      return about(day(question.date), local.day);
    case 'difference': {
      const [from, to] = [day(question.date), day(question.to)];
      return { from: formatDay(from), to: formatDay(to), ...between(from, to) };
    }
    case 'add': {
      const end = addTo(day(question.date), question);
      if (!end) throw new ToolRefusal('That is beyond the years 1 to 9999.');
      return about(end, local.day);
    }
  }
}

const requireDay = (text: string): Day => {
  const day = parseDay(text);
  if (!day) throw new ToolRefusal(`There is no day ${text}. Days are written as YYYY-MM-DD.`);
  return day;
};

const about = (day: Day, today: Day) => ({
  date: formatDay(day),
  weekday: weekdayOf(day),
  isoWeek: isoWeek(day),
  dayOfYear: dayOfYear(day),
  isLeapYear: isLeapYear(day.year),
  daysFromToday: between(today, day).days,
});

function localTime(
  now: number,
  timeZone: string,
): { readonly day: Day; readonly time: string; readonly offset: string } {
  const parts = new Map(
    formatFor(timeZone)
      .formatToParts(now)
      .map(({ type, value }) => [type, value]),
  );
  const number = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
  return {
    day: { year: number('year'), month: number('month'), day: number('day') },
    time: `${parts.get('hour')}:${parts.get('minute')}`,
    offset: parts.get('timeZoneName') ?? '',
  };
}

function formatFor(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-GB', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'longOffset',
    });
  } catch (error) {
    throw new ToolRefusal(`There is no time zone ${timeZone}.`, { cause: error });
  }
}

/**
 * Tells a model the date and reckons with days.
 *
 * @param now ms since the epoch
 * @param zone the person's time zone at present
 */
export function createDateTool(now: () => number, zone: () => string): Tool {
  return defineTool({
    name: 'date',
    description:
      'Tells the date and time now, here or in another time zone; the weekday and week of a day; how long it is between two days; and which day it is some years, months, weeks or days later or earlier. Use it instead of reckoning yourself.',
    input,
    run: async (question) => ({ value: answerDate(question, now(), zone()), sources: [] }),
  });
}
