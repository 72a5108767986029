import { z } from 'zod';

const days = z.number().min(0).max(36_500).nullable().default(null);

export const recordsSchema = z.strictObject({
  anonymiseAfterDays: days.describe(
    'After so many days a call’s record says no more who talked with whom: of numbers the first five characters stay, names of others go; null: never.',
  ),
  forgetAfterDays: days.describe('After so many days a call’s record is forgotten, with its events; null: never.'),
});
