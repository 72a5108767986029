import { z } from 'zod';

const days = z.number().min(0).max(36_500).nullable().default(null);

export const recordsSchema = z.strictObject({
  anonymiseAfterDays: days.describe(
    'After so many days a call’s record says no more who talked with whom: of numbers the first five characters stay, names of others go; null: never.',
  ),
  forgetTracesAfterDays: z
    .number()
    .min(0)
    .max(36_500)
    .nullable()
    .default(30)
    .describe(
      'After so many days the SIP messages of a call (without secrets and bodies) and the figures of its audio are forgotten; its record stays. null: they stay as long as the record.',
    ),
  forgetAfterDays: days.describe('After so many days a call’s record is forgotten, with its events; null: never.'),
});
