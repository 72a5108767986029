import { z } from 'zod';

/** Amounts of money: in the currency of the rate table (`billing.currency`), to a millionth. */
export const amountSchema = z
  .number()
  .min(0)
  .max(1e9)
  .refine((amount) => Math.abs(amount * 1e6 - Math.round(amount * 1e6)) < 1e-3, 'expected at most six decimal places');

/** Bounds on calls. Days run from midnight to midnight in the brand's time zone. Absent: no such bound. */
export const limitsSchema = z
  .strictObject({
    callsAtOnce: z.number().int().min(0).max(1_000_000).describe('Calls at the same time, from the dial to the end'),
    callsPerMinute: z.number().int().min(0).max(1_000_000).describe('Calls within any 60 seconds'),
    minutesPerDay: z.number().min(0).max(100_000_000).describe('Minutes of talking a day, counted to the millisecond'),
    costPerDay: amountSchema.describe(
      'Cost a day by the rate table. Numbers without a rate are refused under this limit',
    ),
    maxDurationMs: z
      .number()
      .int()
      .min(1000)
      .max(2_147_483_647)
      .describe('Longest call, from the answer on. Only for `limits`: it is each call’s own'),
  })
  .partial();
export type Limits = z.infer<typeof limitsSchema>;

/** Limits that several callers use up together. */
export const sharedLimitsSchema = limitsSchema.omit({ maxDurationMs: true });
export type SharedLimits = z.infer<typeof sharedLimitsSchema>;
