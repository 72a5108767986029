import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Admin, BrandSceneContext } from '../admin/index.ts';
import { BrandScene } from './BrandScene.tsx';
import { addAdminWords } from './translations/admin/addAdminWords.ts';

/** The operator's pages with their words: the root of a chunk of its own. */
export function AdminEntrance() {
  const { i18n } = useTranslation();
  // Before the first page asks for a word, and once.
  useState(() => addAdminWords(i18n));
  return (
    <BrandSceneContext value={BrandScene}>
      <Admin />
    </BrandSceneContext>
  );
}
