import { StorageError } from '../StorageError.ts';

/** The last row of a page: the next page begins after it, wherever rows were added meanwhile. */
export interface PageEnd {
  readonly requestedAtMs: number;
  readonly seq: number;
}

export function writeCursor(end: PageEnd): string {
  return Buffer.from(`${end.requestedAtMs}/${end.seq}`).toString('base64url');
}

/** @throws StorageError `badCursor` */
export function readCursor(cursor: string): PageEnd {
  const parts = /^(-?\d+(?:\.\d+)?)\/(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (parts === null) throw new StorageError('badCursor', 'The cursor is not one of an earlier page.');
  return { requestedAtMs: Number(parts[1]), seq: Number(parts[2]) };
}
