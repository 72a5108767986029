import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useBrand } from '../branding/index.ts';
import { closestLanguage, usePreferences } from '../preferences/index.ts';
import { drop } from '../state/index.ts';
import { speak } from './translations/speak.ts';

/** Keeps the page in the language that the person chose, else in that of the brand; for screen readers, too. Shows nothing. */
export function Speaking() {
  const { i18n: translations } = useTranslation();
  const { values } = usePreferences();
  const brand = useBrand();
  const language = values.language ?? closestLanguage(brand.language);
  useEffect(() => {
    let isWanted = true;
    const change = async () => {
      await speak(translations, language);
      if (isWanted) document.documentElement.lang = language;
    };
    drop(change(), 'changing the language');
    return () => {
      isWanted = false;
    };
  }, [translations, language]);
  return null;
}
