import type { CallId } from '../../../shared/domain/index.ts';
import { drop, Observable, type Readable, type Timers } from '../../state/index.ts';
import type { Connection, HelloAnswer } from '../connection/index.ts';
import type { Microphone } from '../media/index.ts';
import type { Phone } from '../phone/index.ts';
import type { CallLocks } from './CallLocks.ts';
import type { HangUpWishes } from './HangUpWishes.ts';
import type { KeptCall, KeptCalls } from './KeptCalls.ts';

export interface CallReturnDeps {
  readonly connection: Pick<Connection, 'on'>;
  readonly phone: Pick<Phone, 'takeOver'>;
  readonly microphone: Pick<Microphone, 'isGranted'>;
  readonly kept: Pick<KeptCalls, 'all' | 'find' | 'remove'>;
  readonly locks: Pick<CallLocks, 'tryHold'>;
  readonly hangUps: Pick<HangUpWishes, 'tellAbandoned'>;
  readonly timers: Timers;
}

/** A call that was here before the page went, and what is known of it. */
export interface AbandonedCall extends KeptCall {
  /** Until then the bridge keeps it, at the most (this machine's clock). */
  readonly untilMs: number;
}

/**
 * Finds the calls whose page crashed or was closed, once, when the page has been opened, and takes them back. Where the browser would
 * ask for the microphone they wait for the person's press.
 */
export class CallReturn {
  readonly #deps: CallReturnDeps;
  readonly #waiting = new Observable<readonly AbandonedCall[]>([]);
  /** Of the calls that wait. */
  readonly #releases = new Map<CallId, () => void>();
  readonly #stop: () => void;
  #hasLooked = false;

  constructor(deps: CallReturnDeps) {
    this.#deps = deps;
    this.#stop = deps.connection.on('ready', (hello) => {
      if (!this.#hasLooked) drop(this.#look(hello), 'looking for calls of before');
      this.#hasLooked = true;
    });
  }

  /** Those that are taken back only when the person says so. */
  get waiting(): Readable<readonly AbandonedCall[]> {
    return this.#waiting;
  }

  take(callId: CallId): void {
    const call = this.#waiting.get().find((one) => one.callId === callId);
    if (call === undefined) return;
    this.#takeBack(call);
    this.#forget(callId);
  }

  hangUp(callId: CallId): void {
    this.#forget(callId);
    drop(this.#deps.hangUps.tellAbandoned(callId), 'hanging up');
  }

  close(): void {
    this.#stop();
    for (const release of this.#releases.values()) release();
    this.#releases.clear();
  }

  async #look({ calls, reconnectWindowMs }: HelloAnswer): Promise<void> {
    const { kept, locks, microphone, timers } = this.#deps;
    const isHere = (one: KeptCall) => calls.some(({ callId }) => callId === one.callId);
    const found = kept.all().filter((call) => !call.isHangUpWished && !isHere(call));
    if (found.length === 0) return;
    const isGranted = await microphone.isGranted();
    // Whom the person talked to comes last, and so in front.
    for (const call of found.toSorted((a, b) => Number(b.isOnHold) - Number(a.isOnHold))) {
      const release = await locks.tryHold(call.callId);
      if (release === null) continue;
      const untilMs = call.aliveAtMs + reconnectWindowMs + graceMs;
      if (untilMs <= timers.now()) kept.remove(call.callId);
      else if (isGranted) this.#takeBack(call);
      else {
        this.#wait({ ...call, untilMs }, release);
        continue;
      }
      // The telephone waits for the lock by now, where it has the call.
      release();
    }
  }

  #takeBack({ callId, resumeKey, direction, number, name, answeredAtMs }: KeptCall): void {
    this.#deps.phone.takeOver({ callId, resumeKey, direction, number, name, answeredAtMs, takesOver: 'own' });
  }

  #wait(call: AbandonedCall, release: () => void): void {
    const { timers, kept } = this.#deps;
    const cancel = timers.after(call.untilMs - timers.now(), () => {
      this.#forget(call.callId);
      kept.remove(call.callId);
    });
    this.#releases.set(call.callId, () => {
      cancel();
      release();
    });
    this.#waiting.set([...this.#waiting.get(), call]);
  }

  #forget(callId: CallId): void {
    this.#releases.get(callId)?.();
    this.#releases.delete(callId);
    this.#waiting.set(this.#waiting.get().filter((call) => call.callId !== callId));
  }
}

/** What is written of a call is up to 5 s old, and the bridge begins to count when it misses the page. */
const graceMs = 15_000;
