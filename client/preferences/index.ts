export { Preferences, type Theme } from './Preferences.ts';
export { PreferencesProvider, usePreferences } from './PreferencesProvider.tsx';
