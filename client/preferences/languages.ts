/** The languages that the client speaks, each by its own name. */
export const languageNames = { de: 'Deutsch', en: 'English', es: 'Español', fr: 'Français' } as const;
export type Language = keyof typeof languageNames;

export function isLanguage(tag: string): tag is Language {
  return Object.hasOwn(languageNames, tag);
}

/** The language that the client speaks for somebody who wants `tag` (BCP 47): of `de-AT` the German; English where it has none. */
export function closestLanguage(tag: string): Language {
  const [primary = ''] = tag.toLowerCase().split('-');
  return isLanguage(primary) ? primary : 'en';
}
