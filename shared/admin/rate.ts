import { z } from 'zod';
import { keptFields, plainText, prefixSchema } from './kept.ts';
import { amountSchema } from './limits.ts';

/** What calls to numbers with this prefix cost. The longest prefix counts. */
export const rateDraftSchema = z.strictObject({
  name: plainText(200).optional().describe('Of the destination, such as Germany mobile'),
  pricePerMinute: amountSchema,
  connectionFee: amountSchema.default(0).describe('Once, at the answer'),
  firstSeconds: z.number().int().min(1).max(3600).default(60).describe('Talking time that is charged at least'),
  incrementSeconds: z.number().int().min(1).max(3600).default(60).describe('Steps in which it is charged after that'),
});
export type RateDraft = z.infer<typeof rateDraftSchema>;

export const rateIdSchema = prefixSchema;

/** As the config's `seed` has it. */
export const rateSeedSchema = rateDraftSchema.extend({ id: rateIdSchema });
export type RateSeed = z.infer<typeof rateSeedSchema>;

/** The id of a rate is its prefix. */
export const rateSchema = rateSeedSchema.extend(keptFields);
export type Rate = z.infer<typeof rateSchema>;
