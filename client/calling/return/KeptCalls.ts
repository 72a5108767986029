import { z } from 'zod';
import { type CallId, callDirectionSchema, callIdSchema, type UserId } from '../../../shared/domain/index.ts';

const keptCallSchema = z.object({
  callId: callIdSchema,
  /** Takes the call over, once. Null: the bridge has not given one yet. */
  resumeKey: z.string().nullable(),
  direction: callDirectionSchema,
  /** The other party, for words about the call before the bridge has told of it; empty: withheld. */
  number: z.string(),
  name: z.string().nullable(),
  answeredAtMs: z.number().nullable(),
  isOnHold: z.boolean(),
  /** The person has hung up, and the bridge has not heard of it yet. */
  isHangUpWished: z.boolean(),
  /** When the page that has the call was there last, by this machine's clock. */
  aliveAtMs: z.number(),
});

/** A call of this browser, as it is kept where a crash doesn't reach. */
export type KeptCall = Readonly<z.infer<typeof keptCallSchema>>;

type CallStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const prefix = 'dialbridge.call.';

/** The running calls of one person in this browser, an entry of the storage each, so that tabs don't overwrite each other's. */
export class KeptCalls {
  readonly #storage: CallStorage;
  readonly #prefix: string;

  constructor(storage: CallStorage, userId: UserId) {
    this.#storage = storage;
    this.#prefix = `${prefix}${encodeURIComponent(userId)}.`;
  }

  all(): readonly KeptCall[] {
    return this.#names().flatMap((name) => this.#read(name) ?? []);
  }

  find(callId: CallId): KeptCall | null {
    return this.#read(this.#prefix + callId);
  }

  put(call: KeptCall): void {
    try {
      this.#storage.setItem(this.#prefix + call.callId, JSON.stringify(call));
    } catch {
      // Full or forbidden: then the call survives a reload, and no crash.
    }
  }

  /** Changes what is kept; nothing where the call is not kept (any more). */
  change(callId: CallId, change: Partial<KeptCall>): void {
    const call = this.find(callId);
    if (call !== null) this.put({ ...call, ...change });
  }

  remove(callId: CallId): void {
    this.#storage.removeItem(this.#prefix + callId);
  }

  /** Forgets all calls of this person. */
  clear(): void {
    for (const name of this.#names()) this.#storage.removeItem(name);
  }

  #names(): string[] {
    const all = Array.from({ length: this.#storage.length }, (_, index) => this.#storage.key(index) ?? '');
    return all.filter((name) => name.startsWith(this.#prefix));
  }

  #read(name: string): KeptCall | null {
    try {
      return keptCallSchema.parse(JSON.parse(this.#storage.getItem(name) ?? 'null'));
    } catch {
      return null;
    }
  }
}
