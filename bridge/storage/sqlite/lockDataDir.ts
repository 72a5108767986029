import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StorageError } from '../StorageError.ts';

export interface DataDirLock {
  /** Idempotent. */
  release(): void;
}

/**
 * Takes the data folder for this process. The lock is the operating system's (SQLite's exclusive lock on `lock.sqlite`),
 * so it goes with the process however that ends.
 * @throws StorageError `locked` when another bridge has it, `unavailable` when the folder can't be used
 */
export function lockDataDir(dataDir: string): DataDirLock {
  let database: DatabaseSync | undefined;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    // The short wait settles the case of two bridges that start at the same moment: one of them gets it.
    database = new DatabaseSync(join(dataDir, 'lock.sqlite'), { timeout: 250 });
    chmodSync(join(dataDir, 'lock.sqlite'), 0o600);
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database?.close();
    throw toStorageError(dataDir, error);
  }
  const held = database;
  return {
    release: () => {
      if (held.isOpen) held.close();
    },
  };
}

/** SQLITE_BUSY and SQLITE_LOCKED: somebody else has it. */
function toStorageError(dataDir: string, error: unknown): StorageError {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
  if (code === 5 || code === 6) {
    return new StorageError(
      'locked',
      `The data folder ${dataDir} is in use by another running bridge. Stop that one, or give this one a \`dataDir\` of its own.`,
      { cause: error },
    );
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new StorageError('unavailable', `The data folder ${dataDir} can't be used: ${reason}`, { cause: error });
}
