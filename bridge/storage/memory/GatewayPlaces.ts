import type { CallId, CallServerId } from '../../../shared/domain/index.ts';
import type { GatewayClaim } from '../ports/GatewayLoadStore.ts';

/** Who is at one gateway, and who came lately. */
export class GatewayPlaces {
  readonly #calls = new Map<CallId, CallServerId>();
  /** When calls took a place, in milliseconds since the epoch, ascending; no older than the last bound asks for. */
  #starts: number[] = [];
  /** Of the last claim; null: no bound. */
  #pace: Pace | null = null;

  get calls(): number {
    return this.#calls.size;
  }

  /** When the next call may come, by the bound of the last claim; not after `atMs`: now. */
  freeAtMs(atMs: number): number {
    const pace = this.#pace;
    if (pace === null) return atMs;
    // What lies ahead was written before the clock was set back; nobody shall wait for that.
    this.#starts = this.#starts.filter((startMs) => startMs > atMs - pace.withinMs && startMs <= atMs);
    const oldest = this.#starts[this.#starts.length - pace.calls];
    return oldest === undefined ? atMs : oldest + pace.withinMs;
  }

  claim({ callId, callServerId, atMs, maxCalls, maxCallsPerSecond }: GatewayClaim): 'claimed' | 'full' | 'tooFast' {
    if (this.#calls.has(callId)) return 'claimed';
    if (maxCalls !== null && this.#calls.size >= maxCalls) return 'full';
    this.#pace = maxCallsPerSecond === null ? null : paceOf(maxCallsPerSecond);
    if (this.freeAtMs(atMs) > atMs) return 'tooFast';
    this.#calls.set(callId, callServerId);
    if (this.#pace) this.#starts.push(atMs);
    else this.#starts = [];
    return 'claimed';
  }

  release(callId: CallId): boolean {
    return this.#calls.delete(callId);
  }

  releaseAll(callServerId: CallServerId): boolean {
    const own = [...this.#calls].filter(([, id]) => id === callServerId);
    for (const [callId] of own) this.#calls.delete(callId);
    return own.length > 0;
  }
}

interface Pace {
  readonly calls: number;
  readonly withinMs: number;
}

function paceOf(maxCallsPerSecond: number): Pace {
  return maxCallsPerSecond < 1
    ? { calls: 1, withinMs: Math.ceil(1000 / maxCallsPerSecond) }
    : { calls: Math.floor(maxCallsPerSecond), withinMs: 1000 };
}
