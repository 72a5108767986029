import { z } from 'zod';

/**
 * How a number is written for somebody else. Of the rules whose `match` the number begins with the longest counts; a number that
 * none matches stays as it is. `{ match: '+49', strip: 3, add: '0' }` makes `+4930123` to `030123`; `{ match: '+', strip: 1 }` takes
 * the plus away.
 */
export const numberRuleSchema = z.strictObject({
  match: z
    .string()
    .regex(/^\+?\d{0,15}$/, 'expected digits, with or without a + before them')
    .default('')
    .describe('What the number begins with; empty: every number'),
  strip: z.number().int().min(0).max(20).default(0).describe('How many characters are taken away from its front'),
  add: z
    .string()
    .regex(/^\+?[\d*#]{0,20}$/, 'expected digits, with or without a + before them')
    .default('')
    .describe('What is put before the rest'),
});
export type NumberRule = z.infer<typeof numberRuleSchema>;

export const numberRules = z.array(numberRuleSchema).max(1000).default([]);
