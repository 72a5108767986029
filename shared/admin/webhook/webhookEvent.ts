import { z } from 'zod';
import {
  brandIdSchema,
  callDirectionSchema,
  callIdSchema,
  callOutcomeSchema,
  callServerIdSchema,
  disconnectedBySchema,
  gatewayIdSchema,
  userIdSchema,
} from '../../domain/index.ts';
import { gatewayStateSchema } from '../gateway/index.ts';

const epochMs = z.number().describe('Milliseconds since the epoch');

/** What a receiver can be told of. `webhook.test` is sent by hand alone, to whoever is asked for. */
export const webhookEventTypeSchema = z.enum([
  'call.started',
  'call.answered',
  'call.ended',
  'call.missed',
  'gateway.down',
  'gateway.up',
  'webhook.switchedOff',
  'webhook.test',
]);
export type WebhookEventType = z.infer<typeof webhookEventTypeSchema>;

/** What a webhook can be asked to tell. */
export const subscribedEventTypeSchema = webhookEventTypeSchema.exclude(['webhook.test']);
export type SubscribedEventType = z.infer<typeof subscribedEventTypeSchema>;

const startedCall = z.object({
  callId: callIdSchema,
  brandId: brandIdSchema,
  direction: callDirectionSchema,
  userId: userIdSchema.nullable().describe('Who dialled or took it; null: nobody (yet)'),
  callingNumber: z.string().nullable(),
  calledNumber: z.string().describe('E.164, or as written where it could not be read'),
  requestedAtMs: epochMs,
});
const answeredCall = startedCall.extend({ gatewayId: gatewayIdSchema.nullable(), answeredAtMs: epochMs });
const endedCall = startedCall.extend({
  gatewayId: gatewayIdSchema.nullable(),
  answeredAtMs: epochMs.nullable(),
  endedAtMs: epochMs,
  talkMs: z.number().nonnegative().describe('From the answer to the end; 0 where nobody answered'),
  postDialDelayMs: z.number().nullable().describe('From the request to the first ringing'),
  outcome: callOutcomeSchema,
  disconnectedBy: disconnectedBySchema,
  sipStatus: z.number().int().nullable(),
  q850: z.number().int().nullable(),
  errorCode: z.string().nullable(),
});
const gatewayChange = z.object({
  gatewayId: gatewayIdSchema,
  from: gatewayStateSchema,
  to: gatewayStateSchema,
  problem: z.string().nullable().describe('Why, in plain words, in English'),
  sinceMs: epochMs.nullable().describe('Since when it was in the state before; null: since ever'),
});

/** `data` of each event. */
export const webhookEventData = {
  'call.started': startedCall,
  'call.answered': answeredCall,
  'call.ended': endedCall,
  'call.missed': endedCall,
  'gateway.down': gatewayChange,
  'gateway.up': gatewayChange,
  'webhook.switchedOff': z.object({
    webhookId: z.string(),
    name: z.string(),
    reason: z.enum(['gone', 'failing']).describe('`gone`: it answered 410; `failing`: it took nothing for too long'),
  }),
  'webhook.test': z.object({ webhookId: z.string(), sentBy: z.string().describe('User name') }),
} as const satisfies Record<WebhookEventType, z.ZodType>;

/** In each event. Rises when something that was there changes; what is only added doesn't raise it. */
export const webhookBodyVersion = 1;

/** What is sent, as JSON, of an event of this type. */
export function webhookBodySchema<Type extends WebhookEventType>(type: Type) {
  return z.object({
    version: z.literal(webhookBodyVersion),
    id: z.string().describe('The same in each try and each repetition: what came before is to be ignored'),
    type: z.literal(type),
    occurredAtMs: epochMs.describe('Milliseconds since the epoch, by which events can be put in order'),
    callServerId: callServerIdSchema,
    data: webhookEventData[type],
  });
}

export type WebhookData<Type extends WebhookEventType> = z.infer<(typeof webhookEventData)[Type]>;
