import { z } from 'zod';
import { brandIdSchema } from '../../domain/index.ts';
import { keptFields, plainText } from '../kept.ts';
import { subscribedEventTypeSchema } from './webhookEvent.ts';

const webhookUrlSchema = z
  .string()
  .trim()
  .max(2000)
  .refine(isPlainUrl, 'expected an address such as https://example.com/hook, without a name, a password and a #');

/** A receiver of events: where it is, and what it is told. */
export const webhookDraftSchema = z.strictObject({
  name: plainText(200),
  url: webhookUrlSchema.describe('`https:`; `http:` and private addresses only where the configuration allows them'),
  events: z
    .array(subscribedEventTypeSchema)
    .min(1)
    .max(20)
    .refine((events) => new Set(events).size === events.length, 'expected each event once')
    .describe('What it is told of'),
  brandId: brandIdSchema.nullable().default(null).describe('Only calls of this brand; null: of all'),
  isEnabled: z.boolean().default(true),
});
export type WebhookDraft = z.infer<typeof webhookDraftSchema>;

/** As operators see it: never with its secret. */
export const webhookSchema = webhookDraftSchema.extend({
  id: z.string().min(1),
  createdAtMs: z.number().int(),
  oldSecretEndsAtMs: z
    .number()
    .int()
    .nullable()
    .describe('Until then events are signed with the secret before as well; null: with one secret alone'),
  switchedOff: z
    .object({ atMs: z.number().int(), reason: z.enum(['gone', 'failing']) })
    .nullable()
    .describe('The bridge has switched it off; null: it has not'),
  ...keptFields,
});
export type Webhook = z.infer<typeof webhookSchema>;

/** A webhook with the secret that nobody can get a second time. */
export const webhookWithSecretSchema = z.object({
  webhook: webhookSchema,
  secret: z.string().describe('Key of the signatures: its UTF-8 bytes, with `whsec_`'),
});
export type WebhookWithSecret = z.infer<typeof webhookWithSecretSchema>;

function isPlainUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, hash } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '' && hash === '';
}
