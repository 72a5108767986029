import type { CallServerId } from '../../../shared/domain/index.ts';
import type {
  KeptWebhookDelivery,
  NewWebhookDelivery,
  WebhookAttemptResult,
  WebhookClaim,
  WebhookDeliveryFilter,
  WebhookDeliveryPage,
  WebhookDeliveryStore,
} from '../ports/WebhookDeliveryStore.ts';
import { StorageError } from '../StorageError.ts';

interface Held {
  readonly seq: number;
  delivery: KeptWebhookDelivery;
  claimedBy: CallServerId | null;
  /** When it is due, or free again for others. */
  dueAtMs: number;
}

/** The deliveries of one process: for tests. */
export class MemoryWebhookDeliveryStore implements WebhookDeliveryStore {
  readonly #held = new Map<string, Held>();
  #seq = 0;

  async add(deliveries: readonly NewWebhookDelivery[], mostWaiting: number): Promise<number> {
    let dropped = 0;
    for (const delivery of deliveries) {
      if (this.#held.has(delivery.id)) continue;
      if ((this.#count().get(delivery.webhookId) ?? 0) >= mostWaiting) {
        dropped += 1;
        continue;
      }
      this.#seq += 1;
      const kept = { ...delivery, state: 'waiting' as const, attempts: [], finishedAtMs: null };
      this.#held.set(delivery.id, {
        seq: this.#seq,
        delivery: kept,
        claimedBy: null,
        dueAtMs: delivery.nextAttemptAtMs,
      });
    }
    return dropped;
  }

  async claim({ callServerId, nowMs, untilMs, places, holdingAttempts }: WebhookClaim) {
    return places.flatMap(({ webhookId, limit }) => {
      const found = this.#of(webhookId)
        .filter((held) => held.dueAtMs <= nowMs && !this.#isHeldUp(held, holdingAttempts))
        .sort((a, b) => a.dueAtMs - b.dueAtMs || a.seq - b.seq)
        .slice(0, limit);
      for (const held of found) Object.assign(held, { claimedBy: callServerId, dueAtMs: untilMs });
      return found.map(({ delivery }) => delivery);
    });
  }

  async record(id: string, { attempt, state, nextAttemptAtMs }: WebhookAttemptResult): Promise<void> {
    const held = this.#held.get(id);
    if (held === undefined) return;
    const { delivery } = held;
    const finishedAtMs = state === 'waiting' ? null : attempt.atMs + attempt.durationMs;
    held.delivery = { ...delivery, attempts: [...delivery.attempts, attempt], state, nextAttemptAtMs, finishedAtMs };
    held.claimedBy = null;
    held.dueAtMs = nextAttemptAtMs ?? 0;
  }

  async release(callServerId: CallServerId): Promise<void> {
    for (const held of this.#held.values()) {
      if (held.claimedBy === callServerId) Object.assign(held, { claimedBy: null, dueAtMs: 0 });
    }
  }

  async get(id: string): Promise<KeptWebhookDelivery | undefined> {
    return this.#held.get(id)?.delivery;
  }

  async page(options: {
    filter?: WebhookDeliveryFilter;
    before?: string;
    limit: number;
  }): Promise<WebhookDeliveryPage> {
    const { filter = {}, before, limit } = options;
    const beforeSeq = before === undefined ? Number.POSITIVE_INFINITY : Number(before);
    if (Number.isNaN(beforeSeq)) throw new StorageError('badCursor', 'The cursor is not one of an earlier page.');
    const found = [...this.#held.values()]
      .filter(({ seq, delivery }) => seq < beforeSeq && matches(delivery, filter))
      .toReversed();
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    return {
      deliveries: shown.map(({ delivery }) => delivery),
      nextCursor: found.length > limit && last !== undefined ? String(last.seq) : null,
    };
  }

  async waiting(): Promise<ReadonlyMap<string, number>> {
    return this.#count();
  }

  async hasDelivered(webhookId: string, sinceMs: number): Promise<boolean> {
    return [...this.#held.values()].some(
      ({ delivery }) =>
        delivery.webhookId === webhookId && delivery.state === 'delivered' && (delivery.finishedAtMs ?? 0) >= sinceMs,
    );
  }

  async forget(beforeMs: number, limit: number): Promise<number> {
    const old = [...this.#held.values()].filter(({ delivery }) => delivery.createdAtMs < beforeMs).slice(0, limit);
    for (const { delivery } of old) this.#held.delete(delivery.id);
    return old.length;
  }

  async forgetWebhook(webhookId: string): Promise<void> {
    for (const [id, { delivery }] of this.#held) if (delivery.webhookId === webhookId) this.#held.delete(id);
  }

  #of(webhookId: string): Held[] {
    return [...this.#held.values()].filter(
      ({ delivery }) => delivery.webhookId === webhookId && delivery.state === 'waiting',
    );
  }

  #isHeldUp({ seq, delivery: { webhookId, orderKey } }: Held, holdingAttempts: number): boolean {
    return this.#of(webhookId).some(
      (other) =>
        other.seq < seq && other.delivery.orderKey === orderKey && other.delivery.attempts.length < holdingAttempts,
    );
  }

  #count(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { delivery } of this.#held.values()) {
      if (delivery.state !== 'waiting') continue;
      counts.set(delivery.webhookId, (counts.get(delivery.webhookId) ?? 0) + 1);
    }
    return counts;
  }
}

function matches(delivery: KeptWebhookDelivery, { webhookId, state }: WebhookDeliveryFilter): boolean {
  return (
    (webhookId === undefined || delivery.webhookId === webhookId) && (state === undefined || delivery.state === state)
  );
}
