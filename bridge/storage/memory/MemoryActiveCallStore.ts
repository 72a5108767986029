import { randomUUID } from 'node:crypto';
import type { CallId } from '../../../shared/domain/index.ts';
import type { ActiveCall, ActiveCallChanges, ActiveCallStore } from '../ports/ActiveCallStore.ts';

/** Of so many calls that have ended a reader is told one by one; one who comes later gets everything. */
const rememberedEnds = 10_000;

/** The connection database of one process. */
export class MemoryActiveCallStore implements ActiveCallStore {
  readonly #calls = new Map<CallId, { readonly call: ActiveCall; readonly version: number }>();
  /** Oldest first. */
  readonly #ends: { readonly id: CallId; readonly version: number }[] = [];
  /** Cursors of an earlier process mean nothing here. */
  readonly #epoch = randomUUID();
  #version = 0;
  /** Ends up to this version are forgotten. */
  #forgottenVersion = 0;

  async add(call: ActiveCall): Promise<void> {
    this.#put({ ...call });
  }

  async update(id: CallId, change: Partial<Omit<ActiveCall, 'id'>>): Promise<void> {
    const entry = this.#calls.get(id);
    if (entry !== undefined) this.#put({ ...entry.call, ...change });
  }

  async remove(id: CallId): Promise<void> {
    if (!this.#calls.delete(id)) return;
    this.#version += 1;
    this.#ends.push({ id, version: this.#version });
    if (this.#ends.length <= 2 * rememberedEnds) return;
    this.#forgottenVersion = this.#ends.splice(0, rememberedEnds).at(-1)?.version ?? this.#version;
  }

  async get(id: CallId): Promise<ActiveCall | undefined> {
    return this.#calls.get(id)?.call;
  }

  async list(): Promise<readonly ActiveCall[]> {
    return [...this.#calls.values()].map(({ call }) => call);
  }

  async changesSince(cursor: string | null): Promise<ActiveCallChanges> {
    const since = this.#read(cursor);
    const calls = [...this.#calls.values()].filter(({ version }) => version > (since ?? 0)).map(({ call }) => call);
    const ended = since === null ? [] : this.#ends.filter(({ version }) => version > since).map(({ id }) => id);
    return { cursor: `${this.#epoch}.${this.#version}`, isWhole: since === null, calls, ended };
  }

  #put(call: ActiveCall): void {
    this.#version += 1;
    this.#calls.set(call.id, { call: Object.freeze(call), version: this.#version });
  }

  #read(cursor: string | null): number | null {
    const [epoch, version] = cursor?.split('.') ?? [];
    if (epoch !== this.#epoch) return null;
    const since = Number(version);
    const isOurs = Number.isInteger(since) && since >= this.#forgottenVersion && since <= this.#version;
    return isOurs ? since : null;
  }
}
