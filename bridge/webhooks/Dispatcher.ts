import { EventEmitter } from 'node:events';
import type { WebhookAttempt } from '../../shared/admin/index.ts';
import type { CallServerId } from '../../shared/domain/index.ts';
import { type Clock, drop, type Logger, type Timer } from '../observability/index.ts';
import type { KeptWebhookDelivery, WebhookAttemptResult, WebhookDeliveryStore } from '../storage/index.ts';
import { type KeptWebhook, secretsAt } from './KeptWebhook.ts';
import { judgeAttempt, type Poster, signEvent } from './sending/index.ts';

export interface DispatcherDeps {
  readonly deliveries: Pick<WebhookDeliveryStore, 'claim' | 'record' | 'release' | 'hasDelivered'>;
  readonly webhooks: { get(id: string): KeptWebhook | undefined; readonly entities: ReadonlyMap<string, KeptWebhook> };
  readonly poster: Poster;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
}

export interface DispatcherOptions {
  readonly callServerId: CallServerId;
  /** Of this version of the bridge, for `User-Agent`. */
  readonly version: string;
}

export interface DispatcherEvents {
  /** A try was made, and what came of it is kept. */
  attempted: [{ readonly result: 'delivered' | 'retried' | 'failed' }];
  /** Said when the receiver wants nothing more, or has taken nothing for as long as an event is tried. */
  abandoned: [{ readonly webhook: KeptWebhook; readonly reason: 'gone' | 'failing' }];
}

/** Requests under way at once to one receiver: a slow one holds up nobody but itself. */
const mostAtOnce = 4;
/** How often it is looked for what has become due. */
const everyMs = 1000;
/** Longer than any try takes: after that its call server is taken to be gone. */
const claimMs = 300_000;
/** How long a stop waits for answers. */
const graceMs = 3000;
/** An event that failed so often, which takes about four minutes, no longer holds up those after it. */
const holdingAttempts = 4;

/** Sends what is due, writes down what came of it, and tries again. */
export class Dispatcher extends EventEmitter<DispatcherEvents> {
  readonly #deps: DispatcherDeps;
  readonly #options: DispatcherOptions;
  /** By webhook. */
  readonly #running = new Map<string, number>();
  readonly #tries = new Set<Promise<unknown>>();
  #timer: Timer | undefined;
  #looking: Promise<void> | undefined;
  #isAskedAgain = false;
  #isClosed = false;
  /** What comes of tries that are still under way is written down no more. */
  #isLeft = false;

  constructor(deps: DispatcherDeps, options: DispatcherOptions) {
    super();
    this.#deps = deps;
    this.#options = options;
  }

  /** Takes up what an earlier run of this call server left, and goes on until it is closed. */
  async start(): Promise<void> {
    await this.#deps.deliveries.release(this.#options.callServerId);
    this.look();
  }

  /** Looks at once for what is due. */
  look(): void {
    this.#isAskedAgain = true;
    if (this.#looking !== undefined || this.#isClosed) return;
    this.#looking = this.#lookWhileAsked().finally(() => {
      this.#looking = undefined;
    });
    drop(this.#looking, this.#deps.logger, 'looking for events to send');
  }

  /** One try at once, whether the webhook is on or off; resolves when what came of it is kept. */
  async tryNow(webhook: KeptWebhook, delivery: KeptWebhookDelivery): Promise<void> {
    await this.#track(this.#try(webhook, delivery));
  }

  /**
   * Nothing new is begun; resolves when what is under way has ended and is written down. A try that takes too long for that is left,
   * and made again after the next start. Idempotent.
   */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#deps.clock.clearTimeout(this.#timer);
    await this.#looking?.catch(() => {});
    const { clock } = this.#deps;
    let timer: Timer | undefined;
    const grace = new Promise<void>((resolve) => {
      timer = clock.setTimeout(resolve, graceMs);
    });
    await Promise.race([Promise.allSettled(this.#tries), grace]);
    clock.clearTimeout(timer);
    this.#isLeft = true;
  }

  async #lookWhileAsked(): Promise<void> {
    this.#deps.clock.clearTimeout(this.#timer);
    try {
      while (this.#isAskedAgain && !this.#isClosed) {
        this.#isAskedAgain = false;
        await this.#sendDue();
      }
    } finally {
      if (!this.#isClosed) {
        this.#timer = this.#deps.clock.setTimeout(() => this.look(), everyMs);
        this.#timer.unref();
      }
    }
  }

  async #sendDue(): Promise<void> {
    const { deliveries, webhooks, clock } = this.#deps;
    const places = [...webhooks.entities.values()]
      .filter(({ isEnabled }) => isEnabled)
      .map(({ id }) => ({ webhookId: id, limit: mostAtOnce - (this.#running.get(id) ?? 0) }))
      .filter(({ limit }) => limit > 0);
    if (places.length === 0) return;
    const nowMs = clock.now();
    const { callServerId } = this.#options;
    const due = await deliveries.claim({ callServerId, nowMs, untilMs: nowMs + claimMs, places, holdingAttempts });
    for (const delivery of due) {
      const webhook = webhooks.get(delivery.webhookId);
      if (webhook === undefined || this.#isClosed) continue;
      drop(
        this.#track(this.#try(webhook, delivery)).then(() => this.look()),
        this.#deps.logger,
        'sending an event',
      );
    }
  }

  async #track(work: Promise<void>): Promise<void> {
    this.#tries.add(work);
    try {
      await work;
    } finally {
      this.#tries.delete(work);
    }
  }

  async #try(webhook: KeptWebhook, delivery: KeptWebhookDelivery): Promise<void> {
    const { id } = webhook;
    this.#running.set(id, (this.#running.get(id) ?? 0) + 1);
    try {
      const { result, isGone } = await this.#attempt(webhook, delivery);
      if (this.#isLeft) return;
      await this.#deps.deliveries.record(delivery.id, result);
      this.emit('attempted', { result: result.state === 'waiting' ? 'retried' : result.state });
      if (result.state === 'failed') await this.#noteFailure(webhook, delivery, isGone);
    } finally {
      const left = (this.#running.get(id) ?? 1) - 1;
      if (left > 0) this.#running.set(id, left);
      else this.#running.delete(id);
    }
  }

  async #attempt(
    webhook: KeptWebhook,
    delivery: KeptWebhookDelivery,
  ): Promise<{ readonly result: WebhookAttemptResult; readonly isGone: boolean }> {
    const { clock, poster, random } = this.#deps;
    const atMs = clock.now();
    const attempts = delivery.attempts.length + 1;
    const end = await poster
      .post({ url: webhook.url, headers: this.#headersOf(webhook, delivery), body: delivery.body })
      .then(
        (answer) => ({ answer }),
        (error: unknown) => ({ failure: describeFailure(error) }),
      );
    const judged = judgeAttempt(end, { attempts, mostAttempts: delivery.mostAttempts, random });
    const nowMs = clock.now();
    const attempt: WebhookAttempt = {
      atMs,
      durationMs: nowMs - atMs,
      status: 'answer' in end ? end.answer.status : null,
      problem: judged.kind === 'delivered' ? null : judged.problem,
      response: 'answer' in end ? end.answer.response : '',
    };
    const nextAttemptAtMs = judged.kind === 'waiting' ? nowMs + judged.delayMs : null;
    const state = judged.kind === 'gone' ? 'failed' : judged.kind;
    return { result: { attempt, state, nextAttemptAtMs }, isGone: judged.kind === 'gone' };
  }

  #headersOf(webhook: KeptWebhook, delivery: KeptWebhookDelivery): Readonly<Record<string, string>> {
    const nowMs = this.#deps.clock.now();
    return {
      'Content-Type': 'application/json; charset=utf-8',
      'User-Agent': `Dialbridge/${this.#options.version}`,
      'Dialbridge-Event': delivery.eventType,
      'Dialbridge-Event-Id': delivery.eventId,
      'Dialbridge-Delivery-Id': delivery.id,
      'Dialbridge-Attempt': String(delivery.attempts.length + 1),
      'Dialbridge-Signature': signEvent(delivery.body, { secrets: secretsAt(webhook, nowMs), nowMs }),
    };
  }

  /** What is sent by hand, once, says nothing of a receiver that is tried for a day otherwise; but 410 counts whenever it is said. */
  async #noteFailure(webhook: KeptWebhook, delivery: KeptWebhookDelivery, isGone: boolean): Promise<void> {
    const { id: deliveryId, eventType, mostAttempts, createdAtMs } = delivery;
    const { logger, deliveries } = this.#deps;
    logger.warn({ webhookId: webhook.id, deliveryId, eventType }, 'An event could not be delivered, and was given up');
    const isFailing = mostAttempts > 1 && !(await deliveries.hasDelivered(webhook.id, createdAtMs));
    if (isGone || isFailing) this.emit('abandoned', { webhook, reason: isGone ? 'gone' : 'failing' });
  }
}

/** Words of Node's errors are for those who write programs; the codes are the system's (POSIX). */
const meanings: Readonly<Record<string, string>> = {
  ENOTFOUND: 'There is no such host name',
  EAI_AGAIN: 'The host name could not be looked up at the moment',
  ECONNREFUSED: 'Nothing takes connections at that address',
  ECONNRESET: 'The connection was broken off',
  EPIPE: 'The connection was broken off',
  ETIMEDOUT: 'There was no answer in time',
  EHOSTUNREACH: 'The host can’t be reached',
  ENETUNREACH: 'The network can’t be reached',
};

function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return 'It could not be sent';
  const code = 'code' in error ? String(error.code) : '';
  return (meanings[code] ?? error.message).slice(0, 300);
}
