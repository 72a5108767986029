import type { CallServerId } from '../../../shared/domain/index.ts';
import type { DialogStore, KeptDialog } from '../ports/DialogStore.ts';

/** The dialogs of one process: for tests. */
export class MemoryDialogStore implements DialogStore {
  readonly #dialogs = new Map<string, KeptDialog>();

  async keep(dialog: KeptDialog): Promise<void> {
    this.#dialogs.set(dialog.id, structuredClone(dialog));
  }

  async forget(id: string): Promise<void> {
    this.#dialogs.delete(id);
  }

  async list(callServerId: CallServerId): Promise<readonly KeptDialog[]> {
    return [...this.#dialogs.values()].filter((dialog) => dialog.callServerId === callServerId);
  }
}
