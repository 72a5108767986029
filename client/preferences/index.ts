export { closestLanguage, isLanguage, type Language, languageNames } from './languages.ts';
export { Preferences, type RingVolume, type Theme } from './Preferences.ts';
export { PreferencesProvider, usePreferences } from './PreferencesProvider.tsx';
