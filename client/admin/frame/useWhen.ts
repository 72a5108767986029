import { useTranslation } from 'react-i18next';

/** Writes a moment (milliseconds since the epoch) as the person's language does. */
export function useWhen(): (atMs: number) => string {
  const { i18n } = useTranslation();
  return (atMs) => new Date(atMs).toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'short' });
}
