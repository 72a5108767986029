import type { CallId, CallServerId } from '../../../shared/domain/index.ts';
import { type Clock, drop, type Logger, type Timer } from '../../observability/index.ts';
import type { ActiveCall, ActiveCallStore, CallRecordStore } from '../../storage/index.ts';

export interface StaleCallsDeps {
  readonly activeCalls: Pick<ActiveCallStore, 'list' | 'remove'>;
  readonly records: Pick<CallRecordStore, 'closeInterrupted'>;
  /** All call servers, with when each told last that it lives (milliseconds since the epoch). */
  readonly callServers: { list(): Promise<readonly { readonly id: CallServerId; readonly heartbeatAtMs: number }[]> };
  /** This call server, and whether it knows a call. */
  readonly own: { readonly id: CallServerId; has(callId: CallId): boolean };
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Milliseconds. A call server tells each other second that it lives. */
const everyMs = 5000;
const silentAfterMs = 15_000;

/**
 * Takes calls out of the connection database that nobody has any more: those of a call server that fell silent, whose records
 * are closed as interrupted, and entries of this one that it knows nothing of. Each is seen twice before it goes: it may just be ending.
 */
export class StaleCalls {
  readonly #deps: StaleCallsDeps;
  #suspects: ReadonlySet<CallId> = new Set();
  #timer: Timer | undefined;
  #work: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(deps: StaleCallsDeps) {
    this.#deps = deps;
    this.#schedule();
  }

  /** Resolves when nothing is under way any more. Idempotent. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#deps.clock.clearTimeout(this.#timer);
    await this.#work;
  }

  #schedule(): void {
    if (this.#isClosed) return;
    this.#timer = this.#deps.clock.setTimeout(() => {
      this.#work = this.#look()
        .catch((error: unknown) => {
          this.#deps.logger.warn({ error }, 'It could not be looked for calls that are gone; it is tried again');
        })
        .finally(() => this.#schedule());
      drop(this.#work, this.#deps.logger, 'looking for calls that are gone');
    }, everyMs);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    const calls = await this.#deps.activeCalls.list();
    const isGone = await this.#judge();
    const gone = calls.filter(isGone);
    const sure = gone.filter(({ id }) => this.#suspects.has(id));
    this.#suspects = new Set(gone.map(({ id }) => id));
    if (sure.length > 0) await this.#remove(sure);
  }

  async #judge(): Promise<(call: ActiveCall) => boolean> {
    const { own, callServers, clock } = this.#deps;
    const aliveSinceMs = clock.now() - silentAfterMs;
    const servers = await callServers.list();
    const alive = new Set(servers.filter((one) => one.heartbeatAtMs > aliveSinceMs).map(({ id }) => id));
    return ({ id, callServerId }) => (callServerId === own.id ? !own.has(id) : !alive.has(callServerId));
  }

  async #remove(calls: readonly ActiveCall[]): Promise<void> {
    const { activeCalls, records, own, logger } = this.#deps;
    // Records first: where that fails, the calls are still there to be found the next time.
    for (const id of new Set(calls.map(({ callServerId }) => callServerId)))
      if (id !== own.id) await records.closeInterrupted(id);
    for (const { id } of calls) await activeCalls.remove(id);
    const callServerIds = [...new Set(calls.map(({ callServerId }) => callServerId))];
    logger.warn({ count: calls.length, callServerIds }, 'Calls that nobody has any more were taken out');
  }
}
