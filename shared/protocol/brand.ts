import { z } from 'zod';
import { brandIdSchema } from '../domain/index.ts';

/** What a client needs to paint itself. */
export const brandSchema = z.object({
  id: brandIdSchema,
  name: z.string().min(1).max(100),
  defaultCountry: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .describe('ISO 3166-1 alpha-2: how numbers without a plus are read'),
  language: z.string().min(2).max(35).describe('BCP 47'),
  supportUrl: z.url().optional(),
});
export type Brand = z.infer<typeof brandSchema>;
