import type { TFunction } from 'i18next';
import type { RhythmView } from '../../../node-core/api/recipe-views.ts';

const lastDay = 31;

/** A rhythm as a person says it: "Every Monday, 8:00 AM". Pure. */
export function rhythmWords(t: TFunction, language: string, rhythm: RhythmView): string {
  if (rhythm.kind === 'cron') return t('recipes.rhythmWords.cron', { text: rhythm.text });
  const at = timeOfDay(rhythm.at, language);
  switch (rhythm.kind) {
    case 'daily':
    case 'weekdays':
      return t(`recipes.rhythmWords.${rhythm.kind}`, { at });
    case 'weekly':
      return t('recipes.rhythmWords.weekly', { at, day: weekdayName(rhythm.day, language) });
    case 'monthly':
      return rhythm.day === lastDay
        ? t('recipes.rhythmWords.lastDay', { at })
        : t('recipes.rhythmWords.monthly', { at, day: rhythm.day });
  }
}

/** @param day 0 is Sunday */
export function weekdayName(day: number, language: string): string {
  // 4 January 1970 was a Sunday.
  return new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(1970, 0, 4 + day));
}

/** @param at "08:00" */
function timeOfDay(at: string, language: string): string {
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  const form = { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(language, form).format(Date.UTC(1970, 0, 1, hour, minute));
}
