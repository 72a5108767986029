import type { i18n } from 'i18next';
import { adminEn } from './adminEn.ts';

/** Adds the words of the operator's pages to those that are there. */
export function addAdminWords(translations: i18n): void {
  translations.addResourceBundle('en', 'translation', { admin: adminEn }, true);
}
