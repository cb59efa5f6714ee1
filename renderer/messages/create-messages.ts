import { createInstance, type i18n, type Resource } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { english } from './catalogue.ts';
import { pseudoCatalogue, pseudoLanguage } from './pseudo-locale.ts';

/**
 * The page's texts, ready to use; hand it to I18nextProvider.
 * @param language BCP 47 tag for texts, numbers and times; a language without texts of its own reads English
 */
export function createMessages(language: string): i18n {
  const messages = createInstance();
  messages.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: resourcesFor(language),
    initAsync: false,
    returnNull: false,
    interpolation: { escapeValue: false },
  });
  return messages;
}

/** The pseudo-language shows translators and tests what was forgotten; it is made only where it was asked for. */
const resourcesFor = (language: string): Resource => ({
  en: { translation: english },
  ...(language === pseudoLanguage ? { [pseudoLanguage]: { translation: pseudoCatalogue(english) } } : {}),
});
