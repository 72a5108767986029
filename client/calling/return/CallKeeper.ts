import type { CallId } from '../../../shared/domain/index.ts';
import type { Timers } from '../../state/index.ts';
import type { ClientCall } from '../call/index.ts';
import type { Connection } from '../connection/index.ts';
import type { Phone } from '../phone/index.ts';
import type { CallLocks } from './CallLocks.ts';
import type { KeptCalls } from './KeptCalls.ts';

export interface CallKeeperDeps {
  readonly connection: Pick<Connection, 'on'>;
  readonly phone: Pick<Phone, 'calls'>;
  readonly kept: KeptCalls;
  readonly locks: CallLocks;
  readonly timers: Timers;
}

const aliveEachMs = 5_000;

/** Keeps the calls of this page where a crash doesn't reach, and holds a lock for each while the page is there. */
export class CallKeeper {
  readonly #deps: CallKeeperDeps;
  readonly #stops: (() => void)[];
  /** The calls that are up, each with how to let go of its lock. */
  readonly #held = new Map<CallId, () => void>();
  /** Keys of calls that the page doesn't know yet: after a reload they come before the call itself. */
  readonly #keys = new Map<CallId, string>();
  #stopBeating: (() => void) | null = null;

  constructor(deps: CallKeeperDeps) {
    this.#deps = deps;
    this.#stops = [
      deps.phone.calls.subscribe(() => this.#follow(deps.phone.calls.get())),
      deps.connection.on('call:resumeKey', ({ callId, resumeKey }) => this.#keyCame(callId, resumeKey)),
    ];
  }

  /** Lets go of all locks; what is kept stays. Idempotent. */
  close(): void {
    for (const stop of this.#stops) stop();
    this.#stopBeating?.();
    for (const release of this.#held.values()) release();
    this.#held.clear();
  }

  #follow(calls: readonly ClientCall[]): void {
    for (const callId of [...this.#held.keys()]) {
      if (!calls.some((call) => call.callId === callId)) this.#ended(callId);
    }
    for (const call of calls) this.#keep(call);
  }

  #keep({ callId, direction, number, name, answeredAtMs, isOnHold }: ClientCall): void {
    const { kept, locks, timers } = this.#deps;
    if (!this.#held.has(callId)) this.#held.set(callId, locks.hold(callId));
    const former = kept.find(callId);
    const resumeKey = this.#keys.get(callId) ?? former?.resumeKey ?? null;
    this.#keys.delete(callId);
    const isHangUpWished = former?.isHangUpWished ?? false;
    const aliveAtMs = timers.now();
    kept.put({ callId, resumeKey, direction, number, name, answeredAtMs, isOnHold, isHangUpWished, aliveAtMs });
    this.#beat();
  }

  #keyCame(callId: CallId, resumeKey: string): void {
    if (this.#held.has(callId)) this.#deps.kept.change(callId, { resumeKey });
    else this.#keys.set(callId, resumeKey);
  }

  #ended(callId: CallId): void {
    this.#held.get(callId)?.();
    this.#held.delete(callId);
    this.#keys.delete(callId);
    // One that was hung up is kept until the bridge has heard of it.
    if (!this.#deps.kept.find(callId)?.isHangUpWished) this.#deps.kept.remove(callId);
  }

  /** Whoever finds the entries later sees by their age whether the calls can still be up. */
  #beat(): void {
    this.#stopBeating ??= this.#deps.timers.after(aliveEachMs, () => {
      this.#stopBeating = null;
      for (const callId of this.#held.keys()) this.#deps.kept.change(callId, { aliveAtMs: this.#deps.timers.now() });
      if (this.#held.size > 0) this.#beat();
    });
  }
}
