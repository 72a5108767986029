export {
  type Webhook,
  type WebhookDraft,
  type WebhookWithSecret,
  webhookDraftSchema,
  webhookSchema,
  webhookWithSecretSchema,
} from './webhook.ts';
export {
  type WebhookAttempt,
  type WebhookDelivery,
  type WebhookDeliveryState,
  webhookDeliverySchema,
  webhookDeliveryStateSchema,
} from './webhookDelivery.ts';
export {
  subscribedEventTypeSchema,
  type WebhookData,
  type WebhookEventType,
  webhookBodySchema,
  webhookBodyVersion,
  webhookEventTypeSchema,
} from './webhookEvent.ts';
