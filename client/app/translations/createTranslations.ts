import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en.ts';

/** The words of the client. React escapes what it draws, so the translations needn't. */
export function createTranslations(language: string): i18n {
  const translations = createInstance();
  void translations.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return translations;
}
