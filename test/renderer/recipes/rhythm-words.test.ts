import { createInstance } from 'i18next';
import { expect, test } from 'vitest';
import type { RhythmView } from '../../../node-core/api/recipe-views.ts';
import { rhythmWords } from '../../../renderer/features/recipes/rhythm-words.ts';
import { recipes } from '../../../renderer/messages/en/recipes.ts';

const i18n = createInstance();
await i18n.init({ lng: 'en', resources: { en: { translation: { recipes } } }, interpolation: { escapeValue: false } });

test.each<[RhythmView, string]>([
  [{ kind: 'daily', at: '08:00' }, 'Every day, 8:00 AM'],
  [{ kind: 'weekdays', at: '17:05' }, 'Monday to Friday, 5:05 PM'],
  [{ kind: 'weekly', day: 0, at: '00:00' }, 'Every Sunday, 12:00 AM'],
  [{ kind: 'weekly', day: 6, at: '12:30' }, 'Every Saturday, 12:30 PM'],
  [{ kind: 'monthly', day: 14, at: '08:00' }, 'On day 14 of every month, 8:00 AM'],
  [{ kind: 'monthly', day: 31, at: '08:00' }, 'On the last day of every month, 8:00 AM'],
  [{ kind: 'cron', text: '0 8 * * 1' }, 'By the cron expression 0 8 * * 1'],
])('a rhythm in words: %o', (rhythm, words) => {
  expect(rhythmWords(i18n.t, 'en', rhythm).replaceAll('\u202f', ' ')).toBe(words);
});

test('no question to a model is said so', () => {
  expect(i18n.t('recipes.callsInstead', { count: 0, first: 4 })).toBe('no question to a model (4 the first time)');
});
