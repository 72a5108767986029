import type { WebhookDelivery } from '../../../shared/admin/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { WebhookDeliveryStore } from '../../storage/index.ts';
import { webhookDelivery } from './entities.ts';

/** Delivers whatever it is asked to; knows the one webhook of the fixture. */
export class FakeWebhookSender {
  readonly #deliveries: Pick<WebhookDeliveryStore, 'get'>;

  constructor(deps: { readonly deliveries: Pick<WebhookDeliveryStore, 'get'> }) {
    this.#deliveries = deps.deliveries;
  }

  async test(webhookId: string, _sentBy: string): Promise<WebhookDelivery> {
    if (webhookId !== 'wh1') throw new DialbridgeError('notFound');
    return delivered('dlv-test');
  }

  async redeliver(deliveryId: string): Promise<WebhookDelivery> {
    if ((await this.#deliveries.get(deliveryId)) === undefined) throw new DialbridgeError('notFound');
    return delivered('dlv-again');
  }
}

function delivered(id: string): WebhookDelivery {
  const { orderKey: _, ...delivery } = webhookDelivery;
  return { ...delivery, id, state: 'delivered', nextAttemptAtMs: null, finishedAtMs: 2, attempts: [] };
}
