import type { CallId } from '../../../shared/domain/index.ts';
import type { ActiveCall, ActiveCallStore } from '../ports/ActiveCallStore.ts';

/** The connection database of one process. */
export class MemoryActiveCallStore implements ActiveCallStore {
  readonly #calls = new Map<CallId, ActiveCall>();

  async add(call: ActiveCall): Promise<void> {
    this.#calls.set(call.id, Object.freeze({ ...call }));
  }

  async update(id: CallId, change: Partial<Omit<ActiveCall, 'id'>>): Promise<void> {
    const call = this.#calls.get(id);
    if (call !== undefined) this.#calls.set(id, Object.freeze({ ...call, ...change }));
  }

  async remove(id: CallId): Promise<void> {
    this.#calls.delete(id);
  }

  async get(id: CallId): Promise<ActiveCall | undefined> {
    return this.#calls.get(id);
  }

  async list(): Promise<readonly ActiveCall[]> {
    return [...this.#calls.values()];
  }
}
