import type { i18n } from 'i18next';
import type { Language } from '../../preferences/index.ts';
import type { Translation } from './Translation.ts';

/** English comes with the page; each other language is loaded when somebody wants it. */
const loaders: Readonly<Record<Exclude<Language, 'en'>, () => Promise<Translation>>> = {
  de: async () => (await import('./de.ts')).de,
  es: async () => (await import('./es.ts')).es,
  fr: async () => (await import('./fr.ts')).fr,
};

/** Changes the language of everything that is shown. Rejects where its words can't be loaded; then nothing has changed. */
export async function speak(translations: i18n, language: Language): Promise<void> {
  if (language !== 'en' && !translations.hasResourceBundle(language, 'translation')) {
    translations.addResourceBundle(language, 'translation', await loaders[language]());
  }
  await translations.changeLanguage(language);
}
