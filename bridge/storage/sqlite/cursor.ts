import { StorageError } from '../StorageError.ts';

/** The last row of a page of calls: the next page begins after it, wherever rows were added meanwhile. */
export interface PageEnd {
  readonly requestedAtMs: number;
  readonly seq: number;
}

export function writeCursor(end: PageEnd): string {
  return encode(`${end.requestedAtMs}/${end.seq}`);
}

/** @throws StorageError `badCursor` */
export function readCursor(cursor: string): PageEnd {
  const parts = /^(-?\d+(?:\.\d+)?)\/(\d{1,15})$/.exec(decode(cursor));
  if (parts === null) throw badCursor();
  return { requestedAtMs: Number(parts[1]), seq: Number(parts[2]) };
}

/** Audit entries are in the order in which they were appended. */
export function writeAuditCursor(seq: number): string {
  return encode(`audit/${seq}`);
}

/** @throws StorageError `badCursor` */
export function readAuditCursor(cursor: string): number {
  const parts = /^audit\/(\d{1,15})$/.exec(decode(cursor));
  if (parts === null) throw badCursor();
  return Number(parts[1]);
}

/** Deliveries of webhooks are in the order in which they were added. */
export function writeWebhookCursor(seq: number): string {
  return encode(`webhook/${seq}`);
}

/** @throws StorageError `badCursor` */
export function readWebhookCursor(cursor: string): number {
  const parts = /^webhook\/(\d{1,15})$/.exec(decode(cursor));
  if (parts === null) throw badCursor();
  return Number(parts[1]);
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64url');
}

function decode(cursor: string): string {
  return Buffer.from(cursor, 'base64url').toString();
}

function badCursor(): StorageError {
  return new StorageError('badCursor', 'The cursor is not one of an earlier page.');
}
