import { z } from 'zod';
import { ruleIdSchema } from '../../../shared/domain/index.ts';

/** Who may call where. Rules are looked at in the order of `order`, then id; the first that matches decides; without a match a call is refused. */
export const ruleSchema = z.strictObject({
  id: ruleIdSchema,
  order: z.number().int().default(0),
  action: z.enum(['allow', 'deny']),
  /** Absent: everybody. */
  from: z
    .strictObject({
      /** User names (case does not matter). */
      users: z.array(z.string().min(1)).min(1),
    })
    .optional(),
  /** Absent: everywhere. */
  to: z
    .strictObject({
      /** E.164 numbers that begin like this; `+` is every number. */
      prefix: z.union([
        z.string().regex(/^\+\d{0,15}$/, 'expected a + and up to 15 digits'),
        z.array(z.string().regex(/^\+\d{0,15}$/, 'expected a + and up to 15 digits')).min(1),
      ]),
    })
    .optional(),
});
export type Rule = z.infer<typeof ruleSchema>;
