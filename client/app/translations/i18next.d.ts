import 'i18next';
import type { adminEn } from './admin/adminEn.ts';
import type { en } from './en.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    /** The words at `admin` are there once the operator's pages are (AdminEntrance.tsx). */
    resources: { translation: typeof en & { admin: typeof adminEn } };
  }
}
