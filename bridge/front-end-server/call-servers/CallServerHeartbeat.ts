import type { Clock, Logger, Timer } from '../../observability/index.ts';
import { drop } from '../../observability/index.ts';
import type { Collection } from '../../storage/index.ts';
import type { CallServerEntry } from './CallServerEntry.ts';

export interface CallServerHeartbeatDeps {
  readonly callServers: Pick<Collection<CallServerEntry>, 'put' | 'delete'>;
  readonly self: Pick<CallServerEntry, 'id' | 'url' | 'region' | 'capacity'>;
  /** Calls that are up now. */
  readonly activeCalls: () => number;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Milliseconds. Default 2000. */
  readonly intervalMs?: number;
}

/** Keeps this call server's own entry in the call-server database fresh. */
export class CallServerHeartbeat {
  readonly #deps: CallServerHeartbeatDeps;
  #timer: Timer | undefined;
  #isDraining = false;
  #isClosed = false;
  #writing: Promise<void> = Promise.resolve();

  /** Resolves when the first entry is written: from then on sessions can be given out. */
  static async create(deps: CallServerHeartbeatDeps): Promise<CallServerHeartbeat> {
    const heartbeat = new CallServerHeartbeat(deps);
    await heartbeat.#write();
    heartbeat.#schedule();
    return heartbeat;
  }

  private constructor(deps: CallServerHeartbeatDeps) {
    this.#deps = deps;
  }

  /** From now on no new session is sent here. */
  async drain(): Promise<void> {
    this.#isDraining = true;
    if (!this.#isClosed) await this.#write();
  }

  /** Takes the entry out of the database. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#deps.clock.clearTimeout(this.#timer);
    await this.#writing;
    await this.#deps.callServers.delete(this.#deps.self.id);
  }

  #schedule(): void {
    if (this.#isClosed) return;
    this.#timer = this.#deps.clock.setTimeout(() => {
      drop(
        this.#write().finally(() => this.#schedule()),
        this.#deps.logger,
        'telling the call-server database that this call server lives',
      );
    }, this.#deps.intervalMs ?? 2000);
    this.#timer.unref();
  }

  #write(): Promise<void> {
    const { callServers, self, activeCalls, clock } = this.#deps;
    const writing = callServers.put({
      ...self,
      activeCalls: activeCalls(),
      isDraining: this.#isDraining,
      heartbeatAtMs: clock.now(),
    });
    this.#writing = writing.catch(() => undefined);
    return writing;
  }
}
