import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { NewWebhookDelivery } from '../ports/WebhookDeliveryStore.ts';
import { readWebhookCursor, writeWebhookCursor } from './cursor.ts';
import type { StoredWebhookPage, StoredWebhookRow, WebhookQuery, WebhookWrite } from './operations.ts';

type Asked<Kind extends WebhookQuery['kind']> = Extract<WebhookQuery, { readonly kind: Kind }>;

/** The table `webhook_deliveries`: what waits and what became of what was sent. */
export class WebhookTable {
  readonly #database: DatabaseSync;
  readonly #statements;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#statements = prepare(database);
  }

  perform(write: WebhookWrite): void {
    const { record, release, forgetWebhook } = this.#statements;
    switch (write.kind) {
      case 'recordWebhookAttempt': {
        const { attempt, state, nextAttemptAtMs } = write.result;
        const finishedAtMs = state === 'waiting' ? null : attempt.atMs + attempt.durationMs;
        record.run(state, nextAttemptAtMs, nextAttemptAtMs ?? 0, finishedAtMs, JSON.stringify(attempt), write.id);
        return;
      }
      case 'releaseWebhooks':
        release.run(write.callServerId);
        return;
      case 'forgetWebhook':
        forgetWebhook.run(write.webhookId);
    }
  }

  /** @throws StorageError `badCursor` */
  answer(query: WebhookQuery): unknown {
    const { get, waiting, hasDelivered, forget } = this.#statements;
    switch (query.kind) {
      case 'addWebhookDeliveries':
        return this.#together(() => this.#add(query));
      case 'claimWebhookDeliveries':
        return this.#together(() => this.#claim(query));
      case 'getWebhookDelivery':
        return get.get(query.id);
      case 'webhookPage':
        return this.#page(query);
      case 'countWaitingWebhooks':
        return new Map(waiting.all().map(({ webhook_id, waits }) => [String(webhook_id), Number(waits)]));
      case 'hasWebhookDelivered':
        return hasDelivered.get(query.webhookId, query.sinceMs) !== undefined;
      case 'forgetWebhookDeliveries':
        return Number(forget.run(query.beforeMs, query.limit).changes);
    }
  }

  #add({ deliveries, mostWaiting }: Asked<'addWebhookDeliveries'>): number {
    const { add, get, waitingOf } = this.#statements;
    const counts = new Map<string, number>();
    let dropped = 0;
    for (const delivery of deliveries) {
      const { webhookId } = delivery;
      const waits = counts.get(webhookId) ?? Number(waitingOf.get(webhookId)?.waits ?? 0);
      if (get.get(delivery.id) !== undefined) continue;
      if (waits >= mostWaiting) dropped += 1;
      else add.run(...columnsOf(delivery));
      counts.set(webhookId, Math.min(waits + 1, mostWaiting));
    }
    return dropped;
  }

  #claim({ claim }: Asked<'claimWebhookDeliveries'>): readonly StoredWebhookRow[] {
    const { due, take } = this.#statements;
    const { callServerId, nowMs, untilMs, places, holdingAttempts } = claim;
    return places.flatMap(({ webhookId, limit }) => {
      const rows = due.all(webhookId, nowMs, holdingAttempts, limit);
      for (const { seq } of rows) take.run(callServerId, untilMs, seq ?? null);
      return rows;
    });
  }

  #page({ filter, before, limit }: Asked<'webhookPage'>): StoredWebhookPage {
    const conditions: string[] = ['seq < ?'];
    const values: SQLInputValue[] = [before === null ? Number.MAX_SAFE_INTEGER : readWebhookCursor(before)];
    for (const [name, column] of Object.entries({ webhookId: 'webhook_id', state: 'state' } as const)) {
      const wanted = filter[name as keyof typeof filter];
      if (wanted === undefined) continue;
      conditions.push(`${column} = ?`);
      values.push(wanted);
    }
    const found = this.#database
      .prepare(`SELECT * FROM webhook_deliveries WHERE ${conditions.join(' AND ')} ORDER BY seq DESC LIMIT ?`)
      .all(...values, limit + 1);
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    return {
      rows: shown,
      nextCursor: found.length > limit && last !== undefined ? writeWebhookCursor(Number(last.seq)) : null,
    };
  }

  #together<Result>(work: () => Result): Result {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#database.exec('COMMIT');
      return result;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }
}

function prepare(database: DatabaseSync) {
  return {
    add: database.prepare(`
      INSERT INTO webhook_deliveries (id, webhook_id, event_id, event_type, order_key, created_at_ms, most_attempts,
        next_attempt_at_ms, due_at_ms, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    // `due_at_ms` is also when a claim runs out; the log goes on telling when the try is.
    due: database.prepare(`
      SELECT * FROM webhook_deliveries AS mine WHERE webhook_id = ? AND state = 'waiting' AND due_at_ms <= ?
        AND NOT EXISTS (SELECT 1 FROM webhook_deliveries AS before WHERE before.webhook_id = mine.webhook_id
          AND before.order_key = mine.order_key AND before.state = 'waiting' AND before.seq < mine.seq
          AND json_array_length(before.attempts) < ?)
      ORDER BY due_at_ms, seq LIMIT ?`),
    take: database.prepare('UPDATE webhook_deliveries SET claimed_by = ?, due_at_ms = ? WHERE seq = ?'),
    record: database.prepare(`
      UPDATE webhook_deliveries SET state = ?, next_attempt_at_ms = ?, due_at_ms = ?, finished_at_ms = ?,
        claimed_by = NULL, attempts = json_insert(attempts, '$[#]', json(?)) WHERE id = ?`),
    release: database.prepare(
      "UPDATE webhook_deliveries SET claimed_by = NULL, due_at_ms = 0 WHERE claimed_by = ? AND state = 'waiting'",
    ),
    get: database.prepare('SELECT * FROM webhook_deliveries WHERE id = ?'),
    waiting: database.prepare(
      "SELECT webhook_id, count(*) AS waits FROM webhook_deliveries WHERE state = 'waiting' GROUP BY webhook_id",
    ),
    waitingOf: database.prepare(
      "SELECT count(*) AS waits FROM webhook_deliveries WHERE state = 'waiting' AND webhook_id = ?",
    ),
    hasDelivered: database.prepare(`
      SELECT 1 FROM webhook_deliveries WHERE webhook_id = ? AND state = 'delivered' AND finished_at_ms >= ? LIMIT 1`),
    forget: database.prepare(`
      DELETE FROM webhook_deliveries WHERE seq IN (
        SELECT seq FROM webhook_deliveries WHERE created_at_ms < ? ORDER BY created_at_ms LIMIT ?)`),
    forgetWebhook: database.prepare('DELETE FROM webhook_deliveries WHERE webhook_id = ?'),
  };
}

function columnsOf(delivery: NewWebhookDelivery): SQLInputValue[] {
  const { id, webhookId, eventId, eventType, orderKey, createdAtMs, mostAttempts, nextAttemptAtMs, body } = delivery;
  return [
    ...[id, webhookId, eventId, eventType, orderKey, createdAtMs, mostAttempts, nextAttemptAtMs, nextAttemptAtMs],
    body,
  ];
}
