import type { EventEmitter } from 'node:events';
import type { WebhookDelivery } from '../../shared/admin/index.ts';
import type { CallId, CallServerId } from '../../shared/domain/index.ts';
import { DialbridgeError } from '../../shared/errors/index.ts';
import type { CallLoggerEvents } from '../call-server/call-logger/index.ts';
import { type Clock, drop, type Logger } from '../observability/index.ts';
import {
  type CallRecordStore,
  type Collection,
  CollectionMirror,
  type NewWebhookDelivery,
  type WebhookDeliveryStore,
} from '../storage/index.ts';
import { answeredEvent, endedEvents, recordedEvents, startedEvent } from './callEvents.ts';
import { DeliveryRetention } from './DeliveryRetention.ts';
import { Dispatcher, type DispatcherEvents } from './Dispatcher.ts';
import { type GatewayStateChange, gatewayEvent } from './gatewayEvent.ts';
import type { KeptWebhook } from './KeptWebhook.ts';
import { Outbox } from './Outbox.ts';
import type { Poster } from './sending/index.ts';
import type { WebhookEvent } from './WebhookEvent.ts';

export interface WebhooksDeps {
  readonly webhooks: Collection<KeptWebhook>;
  readonly deliveries: WebhookDeliveryStore;
  readonly records: Pick<CallRecordStore, 'get' | 'told'>;
  readonly calls: Pick<EventEmitter<CallLoggerEvents>, 'on'>;
  readonly gateways: Pick<EventEmitter<{ stateChanged: [GatewayStateChange] }>, 'on'>;
  readonly poster: Poster;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly newId: () => string;
  /** 0 to 1, evenly. */
  readonly random: () => number;
}

export interface WebhooksOptions {
  readonly callServerId: CallServerId;
  readonly version: string;
  readonly mostAttempts: number;
  readonly mostWaiting: number;
  /** Age after which deliveries are forgotten, in milliseconds. */
  readonly keepMs: number;
}

export type WebhookResult = DispatcherEvents['attempted'][0]['result'] | 'dropped';

/** Tells receivers of what happens, and keeps at it. Nothing that they do can hold up a call. */
export class Webhooks {
  readonly #deps: WebhooksDeps;
  readonly #mirror: CollectionMirror<KeptWebhook>;
  readonly #outbox: Outbox;
  readonly #dispatcher: Dispatcher;
  readonly #retention: DeliveryRetention;
  readonly #listeners = new Set<(result: WebhookResult, count: number) => void>();

  /** Reads the webhooks, and takes up what an earlier run left; rejects when that can't be read. */
  static async create(deps: WebhooksDeps, options: WebhooksOptions): Promise<Webhooks> {
    const { webhooks: collection, clock, logger } = deps;
    const mirror = await CollectionMirror.create({ collection, clock, logger, name: 'the webhooks' });
    const made = new Webhooks(deps, options, mirror);
    await made.#dispatcher.start();
    return made;
  }

  private constructor(deps: WebhooksDeps, options: WebhooksOptions, mirror: CollectionMirror<KeptWebhook>) {
    this.#deps = deps;
    this.#mirror = mirror;
    this.#dispatcher = new Dispatcher({ ...deps, webhooks: mirror }, options);
    this.#outbox = new Outbox(
      {
        ...deps,
        webhooks: () => mirror.entities.values(),
        onAdded: () => this.#dispatcher.look(),
        onDropped: (count) => this.#count('dropped', count),
      },
      options,
    );
    this.#retention = new DeliveryRetention(deps, options);
    this.#dispatcher.on('attempted', ({ result }) => this.#count(result, 1));
    this.#dispatcher.on('abandoned', ({ webhook, reason }) =>
      drop(this.#switchOff(webhook, reason), deps.logger, 'switching a webhook off'),
    );
    this.#listen();
  }

  /**
   * Ended calls that a call server had no time to tell of, or that were up when it stopped and are closed in the record now: they are told
   * late. Of what was told before, each receiver has each event under the same id.
   */
  async tellLate(callIds: readonly CallId[]): Promise<void> {
    for (const callId of callIds) {
      const record = await this.#deps.records.get(callId);
      if (record) this.#tellEnd(callId, recordedEvents(record));
    }
  }

  /** After webhooks were changed here. */
  async reload(): Promise<void> {
    await this.#mirror.reload();
    this.#dispatcher.look();
  }

  /** Sends a test event at once, once, whether the webhook is on or off. @throws DialbridgeError `notFound` */
  async test(webhookId: string, sentBy: string): Promise<WebhookDelivery> {
    const webhook = this.#demand(webhookId);
    const { clock, newId } = this.#deps;
    const id = newId();
    const event: WebhookEvent<'webhook.test'> = {
      ...{ type: 'webhook.test', occurredAtMs: clock.now(), key: `test ${id}`, orderKey: `test ${id}`, brandId: null },
      data: { webhookId, sentBy },
    };
    return this.#sendByHand(webhook, this.#outbox.deliveryOf(webhook, event));
  }

  /** Sends an event again at once, once, as it was, under an id of its own in the log. @throws DialbridgeError `notFound` */
  async redeliver(deliveryId: string): Promise<WebhookDelivery> {
    const delivery = await this.#deps.deliveries.get(deliveryId);
    if (delivery === undefined) throw new DialbridgeError('notFound');
    const id = `dlv_${this.#deps.newId()}`;
    const nowMs = this.#deps.clock.now();
    const again = { ...delivery, id, orderKey: id, createdAtMs: nowMs, nextAttemptAtMs: nowMs };
    return this.#sendByHand(this.#demand(delivery.webhookId), again);
  }

  /** How many events wait to be delivered. */
  async waiting(): Promise<number> {
    return [...(await this.#deps.deliveries.waiting()).values()].reduce((sum, count) => sum + count, 0);
  }

  /** `listener` hears of each try, and of events that were left out. */
  onResult(listener: (result: WebhookResult, count: number) => void): void {
    this.#listeners.add(listener);
  }

  /** Keeps what was told, and ends what is under way. Idempotent. */
  async close(): Promise<void> {
    // What is kept now is sent after the next start: nothing new is begun.
    const sent = this.#dispatcher.close();
    await this.#outbox.close();
    await Promise.all([sent, this.#retention.close()]);
    this.#mirror.close();
  }

  #listen(): void {
    const { calls, gateways } = this.#deps;
    // What the record has: after a crash it must not say otherwise than what was sent.
    calls.on('requestKept', (opening) => this.#outbox.publish(startedEvent(opening)));
    calls.on('answerKept', (call) => this.#outbox.publish(answeredEvent(call)));
    calls.on('endKept', (call) => this.#tellEnd(call.opening.callId, endedEvents(call)));
    gateways.on('stateChanged', (change) => {
      const event = gatewayEvent(change);
      if (event) this.#outbox.publish(event);
    });
  }

  #tellEnd(callId: CallId, events: readonly WebhookEvent[]): void {
    const { records, logger } = this.#deps;
    const told = () => drop(records.told(callId), logger, 'noting that the end of a call was told');
    for (const [index, event] of events.entries())
      this.#outbox.publish(event, index === events.length - 1 ? told : undefined);
  }

  async #sendByHand(webhook: KeptWebhook, delivery: NewWebhookDelivery): Promise<WebhookDelivery> {
    const { deliveries, clock } = this.#deps;
    const { id } = delivery;
    // Not due before it would have been over: the try is made here, and nowhere else. Nor counts the bound.
    const once = { ...delivery, mostAttempts: 1, nextAttemptAtMs: clock.now() + 600_000 };
    await deliveries.add([once], Number.MAX_SAFE_INTEGER);
    const kept = await deliveries.get(id);
    if (kept) await this.#dispatcher.tryNow(webhook, kept);
    const done = await deliveries.get(id);
    if (done === undefined) throw new DialbridgeError('notFound');
    return done;
  }

  /** Only where nobody has changed it meanwhile: who edits it knows better. */
  async #switchOff({ id }: KeptWebhook, reason: 'gone' | 'failing'): Promise<void> {
    const { webhooks, clock, logger } = this.#deps;
    const nowMs = clock.now();
    let switched: KeptWebhook | undefined;
    await webhooks.update(id, (present) => {
      switched = undefined;
      if (!present?.isEnabled) return present;
      const { revision } = present;
      switched = {
        ...{ ...present, isEnabled: false, switchedOff: { atMs: nowMs, reason } },
        ...{ revision: revision + 1, updatedAtMs: nowMs },
      };
      return switched;
    });
    await this.#mirror.reload();
    if (switched === undefined) return;
    const { name } = switched;
    logger.warn({ webhookId: id, name, reason }, 'A webhook was switched off');
    const key = `webhook.switchedOff ${id} ${nowMs}`;
    this.#outbox.publish({
      ...{ type: 'webhook.switchedOff', occurredAtMs: nowMs, key, orderKey: `webhook ${id}`, brandId: null },
      data: { webhookId: id, name, reason },
    });
  }

  #demand(webhookId: string): KeptWebhook {
    const webhook = this.#mirror.get(webhookId);
    if (webhook === undefined) throw new DialbridgeError('notFound');
    return webhook;
  }

  #count(result: WebhookResult, count: number): void {
    for (const listener of this.#listeners) listener(result, count);
  }
}
