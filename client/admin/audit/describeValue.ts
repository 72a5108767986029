import type { TFunction } from 'i18next';

/** `limits.callsAtOnce` as `Limits › calls at once`; numbers in a path count from one. */
export function describeKey(key: string): string {
  const words = key.split('.').map((step) =>
    /^\d+$/.test(step)
      ? String(Number(step) + 1)
      : step
          .replace(/Ms$/, '')
          .replace(/([a-z])([A-Z])/g, '$1 $2')
          .toLowerCase(),
  );
  const text = words.join(' › ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A value of a setting for reading. */
export function describeValue(key: string, value: unknown, t: TFunction, when: (atMs: number) => string): string {
  if (value === undefined || value === null || value === '') return t('admin.audit.nothing');
  if (typeof value === 'boolean') return value ? t('admin.audit.yes') : t('admin.audit.no');
  if (typeof value === 'number' && key.endsWith('AtMs')) return value === 0 ? t('admin.audit.nothing') : when(value);
  if (typeof value === 'number' && key.endsWith('Ms')) return `${value / 1000} s`;
  if (Array.isArray(value)) return value.length === 0 ? t('admin.audit.nothing') : value.map(String).join(', ');
  return String(value);
}
