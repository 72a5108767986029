import { z } from 'zod';
import { webhookDeliverySchema } from '../../../shared/admin/index.ts';
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
import type { DatabaseThread } from './DatabaseThread.ts';
import type { StoredWebhookPage, StoredWebhookRow } from './operations.ts';

const { shape } = webhookDeliverySchema;
const rowSchema = z.object({
  id: shape.id,
  webhook_id: shape.webhookId,
  event_id: shape.eventId,
  event_type: shape.eventType,
  order_key: z.string(),
  created_at_ms: shape.createdAtMs,
  state: shape.state,
  most_attempts: shape.mostAttempts,
  next_attempt_at_ms: shape.nextAttemptAtMs,
  finished_at_ms: shape.finishedAtMs,
  attempts: z.string().transform((json) => shape.attempts.parse(JSON.parse(json))),
  body: shape.body,
});

/** Deliveries of webhooks in SQLite. */
export class SqliteWebhookDeliveryStore implements WebhookDeliveryStore {
  readonly #thread: DatabaseThread;

  constructor(deps: { thread: DatabaseThread }) {
    this.#thread = deps.thread;
  }

  add(deliveries: readonly NewWebhookDelivery[], mostWaiting: number): Promise<number> {
    return this.#thread.query({ kind: 'addWebhookDeliveries', deliveries, mostWaiting });
  }

  async claim(claim: WebhookClaim): Promise<readonly KeptWebhookDelivery[]> {
    const rows = await this.#thread.query<readonly StoredWebhookRow[]>({ kind: 'claimWebhookDeliveries', claim });
    return rows.map(toDelivery);
  }

  record(id: string, result: WebhookAttemptResult): Promise<void> {
    return this.#thread.write({ kind: 'recordWebhookAttempt', id, result });
  }

  release(callServerId: CallServerId): Promise<void> {
    return this.#thread.write({ kind: 'releaseWebhooks', callServerId });
  }

  async get(id: string): Promise<KeptWebhookDelivery | undefined> {
    const row = await this.#thread.query<StoredWebhookRow | undefined>({ kind: 'getWebhookDelivery', id });
    return row && toDelivery(row);
  }

  async page(options: {
    filter?: WebhookDeliveryFilter;
    before?: string;
    limit: number;
  }): Promise<WebhookDeliveryPage> {
    const { filter = {}, before = null, limit } = options;
    const query = { kind: 'webhookPage', filter, before, limit } as const;
    const { rows, nextCursor } = await this.#thread.query<StoredWebhookPage>(query);
    return { deliveries: rows.map(toDelivery), nextCursor };
  }

  waiting(): Promise<ReadonlyMap<string, number>> {
    return this.#thread.query({ kind: 'countWaitingWebhooks' });
  }

  hasDelivered(webhookId: string, sinceMs: number): Promise<boolean> {
    return this.#thread.query({ kind: 'hasWebhookDelivered', webhookId, sinceMs });
  }

  forget(beforeMs: number, limit: number): Promise<number> {
    return this.#thread.query({ kind: 'forgetWebhookDeliveries', beforeMs, limit });
  }

  forgetWebhook(webhookId: string): Promise<void> {
    return this.#thread.write({ kind: 'forgetWebhook', webhookId });
  }
}

function toDelivery(row: StoredWebhookRow): KeptWebhookDelivery {
  const { id, state, body, attempts, ...columns } = rowSchema.parse(row);
  return {
    ...{ id, webhookId: columns.webhook_id, eventId: columns.event_id, eventType: columns.event_type },
    ...{ orderKey: columns.order_key, createdAtMs: columns.created_at_ms, state, mostAttempts: columns.most_attempts },
    ...{ nextAttemptAtMs: columns.next_attempt_at_ms, finishedAtMs: columns.finished_at_ms, attempts, body },
  };
}
