import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Admin } from '../admin/index.ts';
import { adminEn } from './translations/admin/adminEn.ts';

/** The operator's pages with their words: the root of a chunk of its own. */
export function AdminEntrance() {
  const { i18n } = useTranslation();
  // Before the first page asks for a word, and once.
  useState(() => i18n.addResourceBundle('en', 'translation', { admin: adminEn }, true));
  return <Admin />;
}
