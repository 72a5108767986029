import { z } from 'zod';
import {
  webhookDeliverySchema,
  webhookDeliveryStateSchema,
  webhookDraftSchema,
  webhookSchema,
  webhookWithSecretSchema,
} from '../../../shared/admin/index.ts';
import type { Administration } from '../../administration/index.ts';
import { defineEndpoint, type Endpoint } from '../endpoints/index.ts';
import { adminPath, entityEndpoints, operatorOnly, pageQuery, pageSchema } from './entityEndpoints.ts';

const tag = 'Webhooks';
const readers = ['operator', 'auditor'] as const;
const webhookId = webhookSchema.shape.id.max(100);
const params = z.object({ id: webhookId });
const deliveries = `${adminPath}/webhook-deliveries`;

const logQuerySchema = z.strictObject({
  webhookId: webhookId.optional().describe('Only what was sent to this one'),
  state: webhookDeliveryStateSchema.optional(),
  ...pageQuery,
});

export function webhookEndpoints(parts: Pick<Administration, 'webhooks' | 'webhookLog'>): readonly Endpoint[] {
  const { webhooks } = parts;
  const creation = {
    body: webhookDraftSchema,
    answer: {
      status: 201,
      description: 'The webhook, and its secret, which is shown this once',
      schema: webhookWithSecretSchema,
    },
    create: webhooks.register.bind(webhooks),
  } as const;
  const kept = entityEndpoints(webhooks, creation, {
    path: 'webhooks',
    tag,
    names: { one: 'Webhook', many: 'Webhooks' },
    noun: 'a webhook',
    id: webhookId,
    write: webhookDraftSchema,
    view: webhookSchema,
    readers,
    editors: operatorOnly,
  });
  return [...kept, rotateEndpoint(parts), ...byHand(parts), ...logEndpoints(parts)];
}

function rotateEndpoint({ webhooks }: Pick<Administration, 'webhooks'>): Endpoint {
  return defineEndpoint({
    method: 'post',
    path: `${adminPath}/webhooks/{id}/rotate-secret`,
    operationId: 'rotateWebhookSecret',
    tag,
    summary: 'Makes another secret',
    description: 'For a day events are signed with the one before as well.',
    caller: 'administrator',
    roles: operatorOnly,
    params,
    ifMatch: 'required',
    answer: { status: 200, description: 'The secret is shown this once', schema: webhookWithSecretSchema },
    handle: ({ caller, params: { id }, base }) => webhooks.rotate(caller, id, base ?? '*'),
  });
}

function byHand({ webhookLog }: Pick<Administration, 'webhookLog'>): readonly Endpoint[] {
  const answer = { status: 200, description: 'What came of it', schema: webhookDeliverySchema } as const;
  return [
    defineEndpoint({
      method: 'post',
      path: `${adminPath}/webhooks/{id}/test`,
      operationId: 'testWebhook',
      tag,
      summary: 'Sends a `webhook.test` event, once, whether the webhook is on or off',
      caller: 'administrator',
      roles: operatorOnly,
      params,
      answer,
      handle: ({ caller, params: { id } }) => webhookLog.test(caller, id),
    }),
    defineEndpoint({
      method: 'post',
      path: `${deliveries}/{id}/redeliver`,
      operationId: 'redeliverWebhookEvent',
      tag,
      summary: 'Sends an event again as it was, once, with the same event id',
      caller: 'administrator',
      roles: operatorOnly,
      params,
      answer,
      handle: ({ caller, params: { id } }) => webhookLog.redeliver(caller, id),
    }),
  ];
}

function logEndpoints({ webhookLog }: Pick<Administration, 'webhookLog'>): readonly Endpoint[] {
  return [
    defineEndpoint({
      method: 'get',
      path: deliveries,
      operationId: 'listWebhookDeliveries',
      tag,
      summary: 'Lists what was sent and what was answered, the newest first',
      caller: 'administrator',
      roles: readers,
      query: logQuerySchema,
      answer: { status: 200, description: 'One page of deliveries', schema: pageSchema(webhookDeliverySchema) },
      handle: ({ caller, query }) => webhookLog.page(caller, query),
    }),
    defineEndpoint({
      method: 'get',
      path: `${deliveries}/{id}`,
      operationId: 'getWebhookDelivery',
      tag,
      summary: 'Looks up a delivery',
      caller: 'administrator',
      roles: readers,
      params,
      answer: { status: 200, description: 'With each try', schema: webhookDeliverySchema },
      handle: ({ caller, params: { id } }) => webhookLog.get(caller, id),
    }),
  ];
}
