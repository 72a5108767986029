import type { CallId, GatewayId } from '../../../shared/domain/index.ts';
import type { ActiveCall, ActiveCallStore } from '../ports/ActiveCallStore.ts';

/** The connection database of one process. */
export class MemoryActiveCallStore implements ActiveCallStore {
  readonly #calls = new Map<CallId, ActiveCall>();
  readonly #counts = new Map<GatewayId, number>();

  async add(call: ActiveCall): Promise<void> {
    this.#replace(call.id, { ...call });
  }

  async update(id: CallId, change: Partial<Omit<ActiveCall, 'id'>>): Promise<void> {
    const call = this.#calls.get(id);
    if (call !== undefined) this.#replace(id, { ...call, ...change });
  }

  async remove(id: CallId): Promise<void> {
    this.#replace(id, undefined);
  }

  async get(id: CallId): Promise<ActiveCall | undefined> {
    return this.#calls.get(id);
  }

  async list(): Promise<readonly ActiveCall[]> {
    return [...this.#calls.values()];
  }

  async countsByGateway(): Promise<ReadonlyMap<GatewayId, number>> {
    return new Map(this.#counts);
  }

  #replace(id: CallId, call: ActiveCall | undefined): void {
    this.#count(this.#calls.get(id)?.gatewayId ?? null, -1);
    this.#count(call?.gatewayId ?? null, 1);
    if (call === undefined) this.#calls.delete(id);
    else this.#calls.set(id, Object.freeze(call));
  }

  #count(gatewayId: GatewayId | null, step: 1 | -1): void {
    if (gatewayId === null) return;
    const count = (this.#counts.get(gatewayId) ?? 0) + step;
    if (count > 0) this.#counts.set(gatewayId, count);
    else this.#counts.delete(gatewayId);
  }
}
