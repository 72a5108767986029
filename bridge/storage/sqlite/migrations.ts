import type { DatabaseSync } from 'node:sqlite';
import { StorageError } from '../StorageError.ts';

/** Each step brings the database from the version of its index to the next (`user_version`). Steps are never changed once released. */
const steps: readonly string[] = [
  `
  CREATE TABLE calls (
    seq INTEGER PRIMARY KEY,
    call_id TEXT NOT NULL UNIQUE,
    call_server_id TEXT NOT NULL,
    brand_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    direction TEXT NOT NULL,
    calling_number TEXT,
    called_number TEXT NOT NULL,
    called_name TEXT,
    requested_at_ms REAL NOT NULL,
    gateway_id TEXT,
    gateway_choice TEXT,
    codec TEXT,
    answered_at_ms REAL,
    ended_at_ms REAL,
    outcome TEXT,
    disconnected_by TEXT,
    sip_status INTEGER,
    q850 INTEGER,
    error_code TEXT,
    post_dial_delay_ms REAL
  ) STRICT;
  CREATE INDEX calls_of_user ON calls (user_id, requested_at_ms DESC, seq DESC);
  CREATE INDEX open_calls ON calls (call_server_id) WHERE ended_at_ms IS NULL;
  CREATE TABLE events (
    seq INTEGER PRIMARY KEY,
    call_seq INTEGER NOT NULL REFERENCES calls (seq) ON DELETE CASCADE,
    at_ms REAL NOT NULL,
    type TEXT NOT NULL,
    state TEXT,
    detail TEXT NOT NULL
  ) STRICT;
  CREATE INDEX events_of_call ON events (call_seq, seq);
  `,
  // Usage: by quarter of an hour. Audit: an index for every set of filters but those with an entity, of which there are few entries.
  `
  CREATE TABLE usage (
    meter_id TEXT NOT NULL,
    from_ms REAL NOT NULL,
    talk_ms REAL NOT NULL,
    cost_micros REAL NOT NULL,
    PRIMARY KEY (meter_id, from_ms)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX usage_by_time ON usage (from_ms);
  CREATE TABLE audit (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    at_ms REAL NOT NULL,
    actor_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    entity_id TEXT,
    brand_id TEXT,
    entry TEXT NOT NULL
  ) STRICT;
  CREATE INDEX audit_of_entity ON audit (entity_id, seq) WHERE entity_id IS NOT NULL;
  CREATE INDEX audit_of_brand ON audit (brand_id, seq) WHERE brand_id IS NOT NULL;
  CREATE INDEX audit_of_kind ON audit (kind, seq);
  CREATE INDEX audit_of_actor ON audit (actor_id, seq);
  CREATE INDEX audit_of_kind_actor ON audit (kind, actor_id, seq);
  CREATE INDEX audit_of_brand_kind ON audit (brand_id, kind, seq) WHERE brand_id IS NOT NULL;
  CREATE INDEX audit_of_brand_actor ON audit (brand_id, actor_id, seq) WHERE brand_id IS NOT NULL;
  CREATE INDEX audit_of_brand_kind_actor ON audit (brand_id, kind, actor_id, seq) WHERE brand_id IS NOT NULL;
  `,
  // Incoming calls: nobody has dialled them, and they are in the history of everybody whom they rang. A column that may not be null
  // can't become one that may but by another in its place.
  `
  CREATE TABLE participants (
    call_seq INTEGER NOT NULL REFERENCES calls (seq) ON DELETE CASCADE,
    user_id TEXT NOT NULL,
    requested_at_ms REAL NOT NULL,
    display_name TEXT,
    calling_name TEXT,
    answer TEXT,
    PRIMARY KEY (call_seq, user_id)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO participants (call_seq, user_id, requested_at_ms) SELECT seq, user_id, requested_at_ms FROM calls;
  CREATE INDEX calls_of_participant ON participants (user_id, requested_at_ms DESC, call_seq DESC);
  DROP INDEX calls_of_user;
  ALTER TABLE calls ADD COLUMN taker_id TEXT;
  UPDATE calls SET taker_id = user_id;
  ALTER TABLE calls DROP COLUMN user_id;
  ALTER TABLE calls RENAME COLUMN taker_id TO user_id;
  ALTER TABLE calls ADD COLUMN device_id TEXT;
  ALTER TABLE calls ADD COLUMN calling_name TEXT;
  ALTER TABLE calls ADD COLUMN forwarded_to TEXT;
  ALTER TABLE calls ADD COLUMN forward_gateway_id TEXT;
  `,
  // Which way the audio went, and to whom the person passed the call on. Of the calls of before nobody wrote it down.
  `
  ALTER TABLE calls ADD COLUMN media_way TEXT;
  ALTER TABLE calls ADD COLUMN transferred_to TEXT;
  `,
  // Searching: an index in the order of time for whatever may be looked for alone, and for what is rare within a brand.
  `
  CREATE INDEX calls_by_time ON calls (requested_at_ms, seq);
  CREATE INDEX calls_of_brand ON calls (brand_id, requested_at_ms, seq);
  CREATE INDEX calls_of_outcome ON calls (outcome, requested_at_ms, seq);
  CREATE INDEX calls_of_brand_outcome ON calls (brand_id, outcome, requested_at_ms, seq);
  CREATE INDEX calls_of_gateway ON calls (gateway_id, requested_at_ms, seq) WHERE gateway_id IS NOT NULL;
  CREATE INDEX calls_to ON calls (called_number, requested_at_ms, seq);
  CREATE INDEX calls_by ON calls (calling_number, requested_at_ms, seq) WHERE calling_number IS NOT NULL;
  `,
  // Retention.
  `
  ALTER TABLE calls ADD COLUMN is_anonymous INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX calls_with_numbers ON calls (requested_at_ms) WHERE is_anonymous = 0;
  `,
  // Answered calls at gateways, for ending those that a killed process leaves.
  `
  CREATE TABLE dialogs (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    call_server_id TEXT NOT NULL,
    call_id TEXT NOT NULL,
    gateway_id TEXT NOT NULL,
    snapshot TEXT NOT NULL
  ) STRICT;
  `,
  // What a call was charged by (JSON), and what is known of a call in detail: its SIP messages and its audio.
  `
  ALTER TABLE calls ADD COLUMN price TEXT;
  CREATE TABLE traces (
    seq INTEGER PRIMARY KEY,
    call_seq INTEGER NOT NULL REFERENCES calls (seq) ON DELETE CASCADE,
    requested_at_ms REAL NOT NULL,
    part TEXT NOT NULL
  ) STRICT;
  CREATE INDEX traces_of_call ON traces (call_seq, seq);
  CREATE INDEX traces_by_time ON traces (requested_at_ms);
  `,
  // Webhooks: events on their way, and the log of it.
  `
  CREATE TABLE webhook_deliveries (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    webhook_id TEXT NOT NULL,
    event_id TEXT NOT NULL,
    event_type TEXT NOT NULL,
    order_key TEXT NOT NULL,
    created_at_ms REAL NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',
    most_attempts INTEGER NOT NULL,
    next_attempt_at_ms REAL,
    due_at_ms REAL NOT NULL,
    claimed_by TEXT,
    finished_at_ms REAL,
    attempts TEXT NOT NULL DEFAULT '[]',
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX waiting_webhooks ON webhook_deliveries (webhook_id, due_at_ms, seq) WHERE state = 'waiting';
  CREATE INDEX waiting_webhooks_in_order ON webhook_deliveries (webhook_id, order_key, seq) WHERE state = 'waiting';
  CREATE INDEX webhook_deliveries_by_time ON webhook_deliveries (created_at_ms);
  CREATE INDEX webhook_deliveries_of_webhook ON webhook_deliveries (webhook_id, seq);
  CREATE INDEX webhook_deliveries_of_state ON webhook_deliveries (state, seq);
  CREATE INDEX webhook_deliveries_of_webhook_state ON webhook_deliveries (webhook_id, state, seq);
  CREATE INDEX delivered_webhooks ON webhook_deliveries (webhook_id, finished_at_ms) WHERE state = 'delivered';
  `,
  // Whose end is yet to be told to receivers of webhooks. Of the calls of before it was, or never will be.
  `
  ALTER TABLE calls ADD COLUMN is_told INTEGER NOT NULL DEFAULT 1;
  CREATE INDEX untold_calls ON calls (call_server_id, seq) WHERE is_told = 0;
  `,
];

/** Brings the schema up to date. @throws StorageError `damaged` for a database of a newer bridge */
export function migrate(database: DatabaseSync, path: string): void {
  const version = readVersion(database);
  if (version > steps.length) {
    throw new StorageError(
      'damaged',
      `The database ${path} was written by a newer bridge (version ${version}; this one knows ${steps.length}).`,
    );
  }
  for (const [index, step] of steps.entries()) {
    if (index < version) continue;
    database.exec(`BEGIN IMMEDIATE; ${step} PRAGMA user_version = ${index + 1}; COMMIT;`);
  }
}

function readVersion(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);
}
