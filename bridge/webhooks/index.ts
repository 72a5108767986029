export { type KeptWebhook, keptWebhookSchema, newWebhookSecret, toWebhookView } from './KeptWebhook.ts';
export { AddressGuard, HttpPoster } from './sending/index.ts';
export { type WebhookResult, Webhooks } from './Webhooks.ts';
