import { z } from 'zod';

/**
 * Kinds of telephone numbers: those that libphonenumber tells apart, and two that it does not: `satellite` (+870, +881 and the
 * satellite blocks of +882) and `internationalNetwork` (the rest of +882, and +883).
 */
export const numberTypeSchema = z.enum([
  'fixedLine',
  'mobile',
  /** Where a plan does not tell the two apart, as in North America. */
  'fixedLineOrMobile',
  'tollFree',
  'premiumRate',
  'sharedCost',
  'voip',
  'personalNumber',
  'pager',
  'uan',
  'voicemail',
  'satellite',
  'internationalNetwork',
  'unknown',
]);
export type NumberType = z.infer<typeof numberTypeSchema>;

/** Kinds that cost much and are what fraud calls: an allow rule opens them only where its `types` names them. */
export const highRiskNumberTypes: readonly NumberType[] = ['premiumRate', 'satellite', 'internationalNetwork'];
