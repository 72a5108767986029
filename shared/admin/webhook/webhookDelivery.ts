import { z } from 'zod';
import { webhookEventTypeSchema } from './webhookEvent.ts';

const epochMs = z.number().describe('Milliseconds since the epoch');

/** `waiting`: for its first or its next try. `failed`: given up. */
export const webhookDeliveryStateSchema = z.enum(['waiting', 'delivered', 'failed']);
export type WebhookDeliveryState = z.infer<typeof webhookDeliveryStateSchema>;

/** One try to deliver an event, and what came of it. */
export const webhookAttemptSchema = z.object({
  atMs: epochMs,
  durationMs: z.number().nonnegative(),
  status: z.number().int().nullable().describe('HTTP status; null: there was no answer'),
  problem: z.string().nullable().describe('In plain words, in English; null: it was delivered'),
  response: z.string().describe('Beginning of what was answered, 1 KB at most'),
});
export type WebhookAttempt = z.infer<typeof webhookAttemptSchema>;

/** An event on its way to one receiver, and each try. */
export const webhookDeliverySchema = z.object({
  id: z.string().min(1),
  webhookId: z.string().min(1),
  eventId: z.string().min(1),
  eventType: webhookEventTypeSchema,
  createdAtMs: epochMs,
  state: webhookDeliveryStateSchema,
  mostAttempts: z.number().int().min(1).describe('Tries after which it is given up'),
  nextAttemptAtMs: epochMs.nullable().describe('null: there is none to come'),
  finishedAtMs: epochMs.nullable(),
  attempts: z.array(webhookAttemptSchema).describe('Oldest first'),
  body: z.string().describe('What is sent, byte by byte as it was signed'),
});
export type WebhookDelivery = z.infer<typeof webhookDeliverySchema>;
