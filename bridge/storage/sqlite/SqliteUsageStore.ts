import type { CallId, CallServerId } from '../../../shared/domain/index.ts';
import type { Clock, Logger, Timer } from '../../observability/index.ts';
import { MemoryUsageStore } from '../memory/index.ts';
import type {
  MeterUse,
  UsageClaim,
  UsageExhaustion,
  UsageRefusal,
  UsageRequest,
  UsageStore,
} from '../ports/UsageStore.ts';
import { type MeterSlice, UsageLedger, usageKeptMs } from '../usage/index.ts';
import type { DatabaseThread } from './DatabaseThread.ts';
import type { LoadedUsage } from './operations.ts';

interface SqliteUsageStoreDeps {
  readonly thread: Pick<DatabaseThread, 'write' | 'query'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** How often it looks for running calls that are to be saved: a few each time instead of all at once. */
const saveIntervalMs = 1000;
/** How often each running call is saved; so much of it is lost at most by `kill -9`, and a second or two. */
const callSaveIntervalMs = 9000;
/** What was used just now is not saved: a call that is ended late for a limit is taken back to the right moment by its end. */
const saveDelayMs = 1000;
const forgetIntervalMs = 3_600_000;

/**
 * Use of the limits, for a single machine: decided in memory, where calls at the same instant come one after another, and saved
 * in SQLite at the end of each call and about every ten seconds while it runs. Dialling waits for no disk; where the disk refuses,
 * calls go on, a warning says so once, and it is tried again. After a restart the day's use is there again. Running calls and
 * the calls of the last minute are not: those ended with the process.
 */
export class SqliteUsageStore implements UsageStore {
  readonly #deps: SqliteUsageStoreDeps;
  readonly #ledger: UsageLedger;
  readonly #memory: MemoryUsageStore;
  /** What the database doesn't have yet, by meter and slice. */
  #unsaved = new Map<string, MeterSlice>();
  #saving: Promise<void> = Promise.resolve();
  #timer: Timer | undefined;
  #forgottenAtMs = Number.NEGATIVE_INFINITY;
  #isFailing = false;
  #isClosed = false;

  /** Reads what was used lately. @throws StorageError `unavailable` */
  static async create(deps: SqliteUsageStoreDeps): Promise<SqliteUsageStore> {
    const store = new SqliteUsageStore(deps);
    const fromMs = deps.clock.now() - usageKeptMs;
    store.#load(await deps.thread.query<LoadedUsage>({ kind: 'loadUsage', fromMs }));
    store.#schedule();
    return store;
  }

  private constructor(deps: SqliteUsageStoreDeps) {
    this.#deps = deps;
    this.#ledger = new UsageLedger({
      onBooked: (slice) => this.#unsaved.set(`${slice.fromMs} ${slice.meterId}`, slice),
    });
    this.#memory = new MemoryUsageStore({ ledger: this.#ledger });
  }

  admit(request: UsageRequest): Promise<UsageRefusal | null> {
    return this.#memory.admit(request);
  }

  check(request: Pick<UsageRequest, 'atMs' | 'claims' | 'price'>): Promise<UsageRefusal | null> {
    return this.#memory.check(request);
  }

  answered(callId: CallId, atMs: number): Promise<void> {
    return this.#memory.answered(callId, atMs);
  }

  /** Resolves when it is saved, or could not be. */
  async ended(callId: CallId, atMs: number): Promise<void> {
    await this.#memory.ended(callId, atMs);
    await this.#save();
  }

  read(claims: readonly Pick<UsageClaim, 'meterId' | 'day'>[], atMs: number): Promise<readonly MeterUse[]> {
    return this.#memory.read(claims, atMs);
  }

  exhaustions(callServerId: CallServerId, atMs: number): Promise<readonly UsageExhaustion[]> {
    return this.#memory.exhaustions(callServerId, atMs);
  }

  /** Resolves when it is saved, or could not be. */
  async endAll(callServerId: CallServerId, atMs: number): Promise<void> {
    await this.#memory.endAll(callServerId, atMs);
    await this.#save();
  }

  onChange(listener: () => void): () => void {
    return this.#memory.onChange(listener);
  }

  /** Saves what all calls have used until now. Idempotent. The thread is its owner's to close. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#deps.clock.clearTimeout(this.#timer);
    this.#ledger.bookRunning(this.#deps.clock.now());
    await this.#save();
  }

  #load({ meterIds, numbers }: LoadedUsage): void {
    for (const [index, meterId] of meterIds.entries()) {
      const [fromMs = 0, talkMs = 0, costMicros = 0] = numbers.subarray(index * 3, index * 3 + 3);
      this.#ledger.load({ meterId, fromMs, talkMs, costMicros });
    }
  }

  #schedule(): void {
    if (this.#isClosed) return;
    this.#timer = this.#deps.clock.setTimeout(() => void this.#saveRunning(), saveIntervalMs);
    this.#timer.unref();
  }

  async #saveRunning(): Promise<void> {
    const nowMs = this.#deps.clock.now();
    this.#ledger.bookRunning(nowMs - saveDelayMs, callSaveIntervalMs);
    this.#schedule();
    await Promise.all([this.#save(), this.#forget(nowMs)]);
  }

  /** One after the other: what is put back after a failure must not come after something newer. */
  #save(): Promise<void> {
    this.#saving = this.#saving.then(() => this.#saveOnce());
    return this.#saving;
  }

  async #saveOnce(): Promise<void> {
    if (this.#unsaved.size === 0) return;
    const saved = this.#unsaved;
    this.#unsaved = new Map();
    try {
      await this.#deps.thread.write({ kind: 'saveUsage', slices: [...saved.values()] });
      this.#isFailing = false;
    } catch (error) {
      // What was booked meanwhile is newer.
      this.#unsaved = new Map([...saved, ...this.#unsaved]);
      if (!this.#isFailing)
        this.#deps.logger.warn({ error }, 'Use of limits cannot be saved; it holds until a restart');
      this.#isFailing = true;
    }
  }

  async #forget(nowMs: number): Promise<void> {
    if (nowMs - this.#forgottenAtMs < forgetIntervalMs) return;
    this.#forgottenAtMs = nowMs;
    try {
      await this.#deps.thread.write({ kind: 'forgetUsage', beforeMs: nowMs - usageKeptMs });
    } catch (error) {
      this.#deps.logger.warn({ error }, 'Old use of limits cannot be deleted');
    }
  }
}
