export type StorageErrorCode =
  /** A file is there and can't be used; it was left as it is. */
  | 'damaged'
  /** The disk or the database refused. */
  | 'unavailable'
  /** Another bridge has the data folder. */
  | 'locked'
  /** A cursor of a page that this store did not make. */
  | 'badCursor'
  /** Something was written for a call that has no record, or a closed one. */
  | 'unknownCall'
  /** The id is taken by something else. */
  | 'conflict'
  | 'closed';

/** What storage could not do. The message is a sentence for the operator that names the place. */
export class StorageError extends Error {
  readonly code: StorageErrorCode;

  constructor(code: StorageErrorCode, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'StorageError';
    this.code = code;
  }
}
