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
  `.replaceAll('REAL', 'REAL'),
];

/** Brings the schema up to date. @throws StorageError `damaged` for a database of a newer bridge */
export function migrate(database: DatabaseSync, path: string): void {
  const version = readVersion(database);
  if (version > steps.length) {
    throw new StorageError(
      'damaged',
      `The call records in ${path} were written by a newer bridge (version ${version}; this one knows ${steps.length}).`,
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
