import type { CallId, CallServerId } from '../../../shared/domain/index.ts';
import type {
  MeterUse,
  UsageClaim,
  UsageExhaustion,
  UsageRefusal,
  UsageRequest,
  UsageStore,
} from '../ports/UsageStore.ts';
import { UsageLedger } from '../usage/index.ts';

/** Use of the limits in one process; it is gone with it. */
export class MemoryUsageStore implements UsageStore {
  readonly #ledger: UsageLedger;
  readonly #listeners = new Set<() => void>();

  constructor(deps: { ledger?: UsageLedger } = {}) {
    this.#ledger = deps.ledger ?? new UsageLedger();
  }

  async admit(request: UsageRequest): Promise<UsageRefusal | null> {
    const { refusal, isChanged } = this.#ledger.admit({ ...request, atMs: Math.floor(request.atMs) });
    // What is set aside for the call is no longer there for those that run.
    if (isChanged && request.price !== null) this.#notify();
    return refusal;
  }

  async check(request: Pick<UsageRequest, 'atMs' | 'claims' | 'price'>): Promise<UsageRefusal | null> {
    return this.#ledger.check({ ...request, atMs: Math.floor(request.atMs) });
  }

  async answered(callId: CallId, atMs: number): Promise<void> {
    if (this.#ledger.answered(callId, Math.floor(atMs))) this.#notify();
  }

  async ended(callId: CallId, atMs: number): Promise<void> {
    if (this.#ledger.ended(callId, Math.floor(atMs))) this.#notify();
  }

  async read(claims: readonly Pick<UsageClaim, 'meterId' | 'day'>[], atMs: number): Promise<readonly MeterUse[]> {
    return this.#ledger.read(claims, Math.floor(atMs));
  }

  async exhaustions(callServerId: CallServerId, atMs: number): Promise<readonly UsageExhaustion[]> {
    return this.#ledger.exhaustions(callServerId, Math.floor(atMs));
  }

  async endAll(callServerId: CallServerId, atMs: number): Promise<void> {
    if (this.#ledger.endAll(callServerId, Math.floor(atMs))) this.#notify();
  }

  onChange(listener: () => void): () => void {
    // Each call of `onChange` counts for itself, also with the same function.
    const entry = () => listener();
    this.#listeners.add(entry);
    return () => this.#listeners.delete(entry);
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }
}
