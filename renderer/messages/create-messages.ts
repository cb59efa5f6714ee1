import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { english } from './catalogue.ts';

/**
 * The page's texts, ready to use; hand it to I18nextProvider.
 * @param language BCP 47 tag for texts, numbers and times; a language without texts of its own reads English
 */
export function createMessages(language: string): i18n {
  const messages = createInstance();
  messages.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: english } },
    initAsync: false,
    returnNull: false,
    interpolation: { escapeValue: false },
  });
  return messages;
}
