import { z } from 'zod';
import { brandIdSchema, userIdSchema } from '../../../shared/domain/index.ts';

/** One sign-in and all refresh tokens that descend from it (a *family*). Tokens are kept as hashes. */
export const refreshSessionSchema = z.strictObject({
  /** Id of the family; the first half of its tokens. */
  id: z.string().min(1),
  userId: userIdSchema,
  brandId: brandIdSchema,
  /** Hashes of the tokens that may be used next: one, or several where two tabs refreshed at the same time. */
  current: z.array(z.string()).min(1),
  /** Hashes of those that were used last, and until when a latecomer may still come with them. */
  superseded: z.strictObject({ hashes: z.array(z.string()), graceUntilMs: z.number().int() }).nullable(),
  createdAtMs: z.number().int(),
  expiresAtMs: z.number().int(),
});
export type RefreshSession = z.infer<typeof refreshSessionSchema>;
