import { createContext, type ReactNode, useContext, useEffect } from 'react';
import { useReadable } from '../state/index.ts';
import type { Preferences, PreferenceValues } from './Preferences.ts';

const PreferencesContext = createContext<Preferences | null>(null);

/** Gives the preferences to the views, and the theme to the page. */
export function PreferencesProvider({ preferences, children }: { preferences: Preferences; children: ReactNode }) {
  const { theme } = useReadable(preferences.values);
  useEffect(() => {
    const { dataset } = document.documentElement;
    if (theme === 'system') delete dataset.theme;
    else dataset.theme = theme;
  }, [theme]);
  return <PreferencesContext value={preferences}>{children}</PreferencesContext>;
}

export interface PreferencesView {
  readonly values: PreferenceValues;
  readonly change: (values: Partial<PreferenceValues>) => void;
}

export function usePreferences(): PreferencesView {
  const preferences = useContext(PreferencesContext);
  if (preferences === null) throw new Error('usePreferences needs a PreferencesProvider above it');
  return { values: useReadable(preferences.values), change: (values) => preferences.change(values) };
}
