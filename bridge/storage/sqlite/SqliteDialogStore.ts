import type { CallServerId } from '../../../shared/domain/index.ts';
import type { DialogStore, KeptDialog } from '../ports/DialogStore.ts';
import type { DatabaseThread } from './DatabaseThread.ts';

/** Dialogs in SQLite. */
export class SqliteDialogStore implements DialogStore {
  readonly #thread: DatabaseThread;

  constructor(deps: { thread: DatabaseThread }) {
    this.#thread = deps.thread;
  }

  keep(dialog: KeptDialog): Promise<void> {
    return this.#thread.write({ kind: 'keepDialog', dialog });
  }

  forget(id: string): Promise<void> {
    return this.#thread.write({ kind: 'forgetDialog', id });
  }

  list(callServerId: CallServerId): Promise<readonly KeptDialog[]> {
    return this.#thread.query({ kind: 'listDialogs', callServerId });
  }
}
