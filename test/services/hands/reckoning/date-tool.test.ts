import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addTo,
  between,
  dayNumber,
  formatDay,
  isoWeek,
  parseDay,
  weekdayOf,
} from '../../../../node-core/agents/reckoning/calendar.ts';
import { createDateTool } from '../../../../node-core/agents/reckoning/date-tool.ts';
import { ToolRefusal } from '../../../../node-core/agents/tools/tool.ts';
import { toolContext } from '../../../builders/deed-tool.ts';
import { readWith } from '../../../builders/tool.ts';

const now = Date.UTC(2026, 10, 28, 20, 15);
const tool = createDateTool(
  () => now,
  () => 'Europe/Berlin',
);
const ask = async (question: object) => (await readWith(tool, question, toolContext())).value;

const day = (text: string) => {
  const found = parseDay(text);
  if (!found) throw new Error(text);
  return found;
};

test('now, here and elsewhere', async () => {
  expect(await ask({ action: 'now' })).toMatchObject({
    date: '2026-11-28',
    weekday: 'Saturday',
    time: '21:15',
    timeZone: 'Europe/Berlin',
    offset: 'GMT+01:00',
    isoWeek: '2026-W48',
    daysFromToday: 0,
  });
  expect(await ask({ action: 'now', timeZone: 'Asia/Kolkata' })).toMatchObject({ date: '2026-11-29', time: '01:45' });
});

test('about a day, between two, and some time later', async () => {
  expect(await ask({ action: 'about', date: '2026-12-24' })).toMatchObject({ weekday: 'Thursday', daysFromToday: 26 });
  expect(await ask({ action: 'difference', date: '2024-02-29' })).toEqual({
    from: '2024-02-29',
    to: '2026-11-28',
    days: 1003,
    inParts: { years: 2, months: 8, days: 30 },
    workdays: 716,
  });
  expect(await ask({ action: 'add', days: 90 })).toMatchObject({ date: '2027-02-26', weekday: 'Friday' });
});

test.each([
  [{ action: 'about', date: '2026-02-29' }],
  [{ action: 'about', date: 'tomorrow' }],
  [{ action: 'now', timeZone: 'Mars/Olympus' }],
  [{ action: 'add', years: 9000 }],
  [{ action: 'add', days: 0.5 }],
  [{ action: 'dance' }],
])('%j is explained', async (question) => {
  await expect(ask(question)).rejects.toThrow(ToolRefusal);
});

describe('weeks of ISO 8601', () => {
  test.each([
    ['2005-01-01', '2004-W53'],
    ['2008-12-29', '2009-W01'],
    ['2010-01-03', '2009-W53'],
    ['2020-12-31', '2020-W53'],
    ['2021-01-04', '2021-W01'],
    ['1970-01-01', '1970-W01'],
    ['1969-12-29', '1970-W01'],
  ])('%s is in %s', (text, week) => {
    expect(isoWeek(day(text))).toBe(week);
  });
});

describe('months end where they end', () => {
  test.each([
    ['2026-01-31', { months: 1 }, '2026-02-28'],
    ['2024-02-29', { years: 1 }, '2025-02-28'],
    ['2026-03-31', { months: -1 }, '2026-02-28'],
    ['2026-12-15', { months: 1, days: 20 }, '2027-02-04'],
    ['0001-03-01', { months: -1 }, '0001-02-01'],
    ['2026-01-05', { weeks: -1 }, '2025-12-29'],
  ])('%s and %j is %s', (text, stretch, end) => {
    expect(formatDay(addTo(day(text), { years: 0, months: 0, weeks: 0, days: 0, ...stretch }) ?? day(text))).toBe(end);
  });
});

test.each([
  ['2026-11-27', '2026-11-30', 1],
  ['2026-11-28', '2026-11-29', 0],
  ['2026-11-23', '2026-11-30', 5],
  ['2026-11-30', '2026-11-23', 5],
])('workdays from %s to %s: %i', (from, to, workdays) => {
  expect(between(day(from), day(to)).workdays).toBe(workdays);
});

const anyDay = fc
  .integer({ min: dayNumber({ year: 1, month: 1, day: 1 }), max: dayNumber({ year: 9999, month: 12, day: 31 }) })
  .map((number) => new Date(number * 86_400_000).toISOString().slice(0, 10));

test('parts of a difference lead from one day to the other; weekdays go on', () => {
  fc.assert(
    fc.property(anyDay, anyDay, (one, other) => {
      const [from, to] = one < other ? [day(one), day(other)] : [day(other), day(one)];
      const { inParts, days } = between(from, to);
      const end = addTo(from, { ...inParts, weeks: 0 });
      expect(end && formatDay(end)).toBe(formatDay(to));
      expect(between(to, from).days).toBe(days === 0 ? 0 : -days);
      expect(weekdayOf(day(one))).toBe(
        new Date(`${one}T00:00:00Z`).toLocaleDateString('en-GB', { weekday: 'long', timeZone: 'UTC' }),
      );
    }),
  );
});
