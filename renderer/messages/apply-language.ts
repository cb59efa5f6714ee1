import type { i18n } from 'i18next';
import type { Settings } from '../../node-core/api/node-views.ts';

/**
 * Sets the language of texts, numbers and times, and tells the document which language and direction its texts have.
 * @param systemLanguage BCP 47 tag of the system, used where the person has not chosen
 */
export async function applyLanguage(
  messages: i18n,
  language: Settings['language'],
  systemLanguage: string,
  root: HTMLElement,
): Promise<void> {
  await messages.changeLanguage(language === 'system' ? systemLanguage : language);
  const shown = messages.resolvedLanguage ?? 'en';
  root.lang = shown;
  root.dir = messages.dir(shown);
}
