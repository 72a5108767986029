import { z } from 'zod';
import { contactIdSchema } from '../../domain/index.ts';

export const contactNumberSchema = z.strictObject({
  /** E.164 where it can be read as a number, else as written. */
  number: z.string().min(1).max(50),
  label: z.enum(['mobile', 'work', 'home', 'other']),
});

export const contactDraftSchema = z.strictObject({
  name: z.string().trim().min(1, 'a contact needs a name').max(200),
  company: z.string().trim().max(200).optional(),
  numbers: z.array(contactNumberSchema).min(1, 'a contact needs a number').max(10),
  note: z.string().max(2000).optional(),
});
/** What a person writes: `POST /api/v1/contacts`, `PUT /api/v1/contacts/:id`. */
export type ContactDraft = z.infer<typeof contactDraftSchema>;

export const contactSchema = z.object({
  ...contactDraftSchema.shape,
  id: contactIdSchema,
  /** Rises with each change; `PUT` sends the one it was based on in `If-Match`, and gets `conflict` when it is not the present one. */
  revision: z.number().int().nonnegative(),
  updatedAtMs: z.number().int(),
});
export type Contact = z.infer<typeof contactSchema>;

/** `GET /api/v1/contacts` */
export const contactListSchema = z.object({ contacts: z.array(contactSchema) });
