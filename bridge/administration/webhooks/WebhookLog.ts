import type { AuditAction, WebhookDelivery, WebhookDeliveryState } from '../../../shared/admin/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { KeptWebhookDelivery, WebhookDeliveryStore } from '../../storage/index.ts';
import { type Actor, demandOperator, demandUnbound } from '../editing/Actor.ts';
import type { AuditTrail } from '../editing/AuditTrail.ts';
import type { Page } from '../editing/Page.ts';

export interface WebhookLogDeps {
  readonly deliveries: Pick<WebhookDeliveryStore, 'page' | 'get'>;
  readonly sender: {
    /** @throws DialbridgeError `notFound` */
    test(webhookId: string, sentBy: string): Promise<WebhookDelivery>;
    /** @throws DialbridgeError `notFound` */
    redeliver(deliveryId: string): Promise<WebhookDelivery>;
  };
  readonly trail: AuditTrail;
}

export interface WebhookLogQuery {
  readonly webhookId?: string | undefined;
  readonly state?: WebhookDeliveryState | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** What receivers were told and what they answered, and telling them by hand. */
export class WebhookLog {
  readonly #deps: WebhookLogDeps;

  constructor(deps: WebhookLogDeps) {
    this.#deps = deps;
  }

  /** Newest first. @throws DialbridgeError `forbidden` for who is bound to a brand */
  async page(actor: Actor, { webhookId, state, limit, cursor }: WebhookLogQuery): Promise<Page<WebhookDelivery>> {
    demandUnbound(actor);
    const { deliveries, nextCursor } = await this.#deps.deliveries.page({
      filter: { ...(webhookId !== undefined && { webhookId }), ...(state !== undefined && { state }) },
      limit,
      ...(cursor !== undefined && { before: cursor }),
    });
    return { items: deliveries.map(toView), nextCursor };
  }

  /** @throws DialbridgeError `forbidden`, `notFound` */
  async get(actor: Actor, id: string): Promise<WebhookDelivery> {
    demandUnbound(actor);
    const found = await this.#deps.deliveries.get(id);
    if (found === undefined) throw new DialbridgeError('notFound');
    return toView(found);
  }

  /** Resolves when the receiver has answered, or not in time. @throws DialbridgeError `forbidden`, `notFound` */
  async test(actor: Actor, webhookId: string): Promise<WebhookDelivery> {
    demandOperator(actor);
    const delivery = await this.#deps.sender.test(webhookId, actor.userName);
    await this.#note(actor, 'test', delivery);
    return delivery;
  }

  /** As `test`, with an event that was sent before, as it was. @throws DialbridgeError `forbidden`, `notFound` */
  async redeliver(actor: Actor, deliveryId: string): Promise<WebhookDelivery> {
    demandOperator(actor);
    const delivery = await this.#deps.sender.redeliver(deliveryId);
    await this.#note(actor, 'redeliver', delivery);
    return delivery;
  }

  async #note(actor: Actor, action: AuditAction, { webhookId, id, eventId, state }: WebhookDelivery): Promise<void> {
    const after = { deliveryId: id, eventId, state };
    await this.#deps.trail.record(actor, {
      ...{ action, kind: 'webhook', entityId: webhookId, brandId: null, before: null, after },
    });
  }
}

/** `orderKey` is the sender's own matter, and what is made by hand has no more than the view. */
function toView({ orderKey: _, ...view }: KeptWebhookDelivery): WebhookDelivery {
  return view;
}
