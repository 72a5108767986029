import { createHash } from 'node:crypto';
import { webhookBodyVersion } from '../../shared/admin/index.ts';
import type { CallServerId } from '../../shared/domain/index.ts';
import { type Clock, drop, type Logger, type Timer } from '../observability/index.ts';
import type { NewWebhookDelivery, WebhookDeliveryStore } from '../storage/index.ts';
import type { KeptWebhook } from './KeptWebhook.ts';
import type { WebhookEvent } from './WebhookEvent.ts';

export interface OutboxDeps {
  readonly deliveries: Pick<WebhookDeliveryStore, 'add'>;
  /** All that there are now. */
  readonly webhooks: () => Iterable<KeptWebhook>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Something was kept that can be sent. */
  readonly onAdded: () => void;
  /** So many events were left out. */
  readonly onDropped: (count: number) => void;
}

export interface OutboxOptions {
  readonly callServerId: CallServerId;
  readonly mostAttempts: number;
  /** Of one webhook; beyond it what is new is left out. */
  readonly mostWaiting: number;
}

/** So that what happens at once is written once. What of calls a `kill -9` takes in it is told after the next start. */
const lingerMs = 20;
const pauseMs = 1000;
/** In memory, while the disk refuses. */
const mostUnwritten = 10_000;

/** Makes of each event a delivery for every webhook that wants it, and keeps those. Nobody waits for it. */
export class Outbox {
  readonly #deps: OutboxDeps;
  readonly #options: OutboxOptions;
  #unwritten: NewWebhookDelivery[] = [];
  /** Who waits for what is there to be kept. */
  #waiting: (() => void)[] = [];
  #writing: Promise<void> | undefined;
  #timer: Timer | undefined;
  #isClosed = false;

  constructor(deps: OutboxDeps, options: OutboxOptions) {
    this.#deps = deps;
    this.#options = options;
  }

  /** `onKept`: nothing of this event can be lost any more, whether anybody wants it or not. */
  publish(event: WebhookEvent, onKept?: () => void): void {
    const made = [...this.#deps.webhooks()]
      .filter((webhook) => isWanted(webhook, event))
      .map((webhook) => this.deliveryOf(webhook, event));
    const room = Math.max(0, mostUnwritten - this.#unwritten.length);
    if (made.length > room) this.#noteDropped(made.length - room);
    this.#unwritten.push(...made.slice(0, room));
    if (onKept) this.#waiting.push(onKept);
    this.#schedule(lingerMs);
  }

  /** A delivery with the same event and webhook has the same id, so that the store takes it once. */
  deliveryOf({ id: webhookId }: KeptWebhook, event: WebhookEvent): NewWebhookDelivery {
    const { callServerId, mostAttempts } = this.#options;
    const { type, occurredAtMs, key, orderKey, data } = event;
    const eventId = `evt_${digestOf(`${callServerId} ${key}`)}`;
    const body = { version: webhookBodyVersion, id: eventId, type, occurredAtMs, callServerId, data };
    const nowMs = this.#deps.clock.now();
    return {
      ...{ id: `dlv_${digestOf(`${eventId} ${webhookId}`)}`, webhookId, eventId, eventType: type, orderKey },
      ...{ createdAtMs: nowMs, mostAttempts, nextAttemptAtMs: nowMs, body: JSON.stringify(body) },
    };
  }

  /** Writes what is there, once. Idempotent; what comes later is left out. */
  async close(): Promise<void> {
    this.#deps.clock.clearTimeout(this.#timer);
    await this.#writing;
    this.#isClosed = true;
    this.#deps.clock.clearTimeout(this.#timer);
    await this.#write();
  }

  #schedule(delayMs: number): void {
    const isNothing = this.#unwritten.length === 0 && this.#waiting.length === 0;
    if (this.#timer !== undefined || this.#writing !== undefined || isNothing || this.#isClosed) return;
    this.#timer = this.#deps.clock.setTimeout(() => {
      this.#timer = undefined;
      this.#writing = this.#write().then((isWritten) => {
        this.#writing = undefined;
        this.#schedule(isWritten ? lingerMs : pauseMs);
      });
      drop(this.#writing, this.#deps.logger, 'keeping events for webhooks');
    }, delayMs);
  }

  /** Says whether all of it was: what the disk refuses stays for the next time. */
  async #write(): Promise<boolean> {
    const { deliveries, logger, onAdded } = this.#deps;
    const batch = this.#unwritten;
    const waiting = this.#waiting;
    this.#unwritten = [];
    this.#waiting = [];
    try {
      const dropped = batch.length === 0 ? 0 : await deliveries.add(batch, this.#options.mostWaiting);
      if (dropped > 0) this.#noteDropped(dropped);
      for (const onKept of waiting) onKept();
      if (batch.length > 0) onAdded();
      return true;
    } catch (error) {
      logger.warn({ error, waiting: batch.length }, 'Events for webhooks could not be kept; it is tried again');
      this.#unwritten = [...batch, ...this.#unwritten];
      this.#waiting = [...waiting, ...this.#waiting];
      return false;
    }
  }

  #noteDropped(count: number): void {
    this.#deps.logger.warn({ count }, 'Events for webhooks were left out: too many wait already');
    this.#deps.onDropped(count);
  }
}

function isWanted({ isEnabled, events, brandId }: KeptWebhook, event: WebhookEvent): boolean {
  return (
    isEnabled &&
    events.some((type) => type === event.type) &&
    (brandId === null || event.brandId === null || event.brandId === brandId)
  );
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 27);
}
