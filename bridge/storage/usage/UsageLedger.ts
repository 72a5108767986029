import type { CallId, CallServerId } from '../../../shared/domain/index.ts';
import type { MeterUse, UsageClaim, UsageExhaustion, UsageRefusal, UsageRequest } from '../ports/UsageStore.ts';
import { findRefusal } from './findRefusal.ts';
import { Meter } from './Meter.ts';
import { type MeterSlice, RunningCall } from './RunningCall.ts';

export interface UsageLedgerOptions {
  /** Called with what a slice of a meter holds whenever that changes. */
  readonly onBooked?: (slice: MeterSlice) => void;
}

interface CallServerCalls {
  readonly calls: Set<RunningCall>;
  lastHeardMs: number;
}

/** Use that is older is forgotten: no day is as long. */
export const usageKeptMs = 2 * 86_400_000;
/** Meters that are looked at with each admission, to forget those that nobody uses any more: more than one call can make. */
const metersToLookAt = 8;

/**
 * The arithmetic of `UsageStore`, without waiting and without timers. What it costs grows with the running calls of the meters
 * that are asked for, not with the calls that were. Times are whole milliseconds.
 */
export class UsageLedger {
  readonly #meters = new Map<string, Meter>();
  readonly #calls = new Map<CallId, RunningCall>();
  readonly #callServers = new Map<CallServerId, CallServerCalls>();
  readonly #onBooked: (slice: MeterSlice) => void;
  #lookingAt: Iterator<Meter> = [].values();

  constructor(options: UsageLedgerOptions = {}) {
    this.#onBooked = options.onBooked ?? (() => undefined);
  }

  /** Meters that are held. */
  get size(): number {
    return this.#meters.size;
  }

  /** What was saved before: the slice holds this. */
  load({ meterId, ...slice }: MeterSlice): void {
    this.#meterOf(meterId).slices.add(slice);
  }

  check({ claims, price, atMs }: Pick<UsageRequest, 'atMs' | 'claims' | 'price'>): UsageRefusal | null {
    for (const claim of claims) {
      const meter = this.#meters.get(claim.meterId) ?? new Meter(claim.meterId);
      const refusal = findRefusal({ meter, claim, price, atMs });
      if (refusal !== null) return refusal;
    }
    return null;
  }

  /** Says also whether it was new. */
  admit(request: UsageRequest): { refusal: UsageRefusal | null; isChanged: boolean } {
    const callServer = this.#hear(request.callServerId, request.atMs);
    if (this.#calls.has(request.callId)) return { refusal: null, isChanged: false };
    const refusal = this.check(request);
    if (refusal !== null) return { refusal, isChanged: false };
    const call = new RunningCall(request, (meterId) => this.#meterOf(meterId));
    this.#calls.set(request.callId, call);
    callServer.calls.add(call);
    this.#forgetIdleMeters(request.atMs);
    return { refusal: null, isChanged: true };
  }

  /** Says whether anything changed. */
  answered(callId: CallId, atMs: number): boolean {
    const call = this.#calls.get(callId);
    if (call === undefined || call.isAnswered) return false;
    this.#hear(call.request.callServerId, atMs);
    call.answer(atMs);
    return true;
  }

  /** Says whether anything changed. */
  ended(callId: CallId, atMs: number): boolean {
    const call = this.#calls.get(callId);
    if (call === undefined) return false;
    this.#hear(call.request.callServerId, atMs);
    this.#end(call, atMs);
    return true;
  }

  read(claims: readonly Pick<UsageClaim, 'meterId' | 'day'>[], atMs: number): readonly MeterUse[] {
    return claims.map(({ meterId, day }) => (this.#meters.get(meterId) ?? new Meter(meterId)).read(day, atMs));
  }

  exhaustions(callServerId: CallServerId, atMs: number): readonly UsageExhaustion[] {
    const found: UsageExhaustion[] = [];
    for (const call of this.#hear(callServerId, atMs).calls) {
      const exhaustion = call.exhaustion(atMs);
      if (exhaustion !== null) found.push(exhaustion);
    }
    return found;
  }

  /** Says whether anything changed. */
  endAll(callServerId: CallServerId, atMs: number): boolean {
    const { calls, lastHeardMs } = this.#callServers.get(callServerId) ?? { calls: new Set(), lastHeardMs: 0 };
    this.#callServers.delete(callServerId);
    for (const call of calls) this.#end(call, Math.max(Math.min(atMs, lastHeardMs), call.bookedToMs));
    return calls.size > 0;
  }

  /**
   * Books what running calls have used until this moment, so that `onBooked` is told of it: those that were last booked so long
   * before, and those that were never.
   */
  bookRunning(atMs: number, sinceMs = 0): void {
    for (const call of this.#calls.values()) {
      const isDue = call.isUnbooked ? atMs > call.bookedToMs : atMs - call.bookedToMs >= sinceMs;
      if (isDue) call.book(atMs, this.#onBooked);
    }
  }

  #end(call: RunningCall, atMs: number): void {
    const { callId, callServerId } = call.request;
    call.book(atMs, this.#onBooked);
    call.leave();
    this.#calls.delete(callId);
    this.#callServers.get(callServerId)?.calls.delete(call);
  }

  #meterOf(meterId: string): Meter {
    const present = this.#meters.get(meterId);
    if (present !== undefined) return present;
    const made = new Meter(meterId);
    this.#meters.set(meterId, made);
    return made;
  }

  /** A few with each admission, in turn, so that none of them waits for all. */
  #forgetIdleMeters(atMs: number): void {
    for (let count = 0; count < metersToLookAt; count += 1) {
      const next = this.#lookingAt.next();
      if (next.done === true) {
        this.#lookingAt = this.#meters.values();
        return;
      }
      next.value.slices.forgetBefore(atMs - usageKeptMs);
      if (next.value.isIdle(atMs)) this.#meters.delete(next.value.id);
    }
  }

  #hear(callServerId: CallServerId, atMs: number): CallServerCalls {
    let callServer = this.#callServers.get(callServerId);
    if (callServer === undefined) {
      callServer = { calls: new Set(), lastHeardMs: atMs };
      this.#callServers.set(callServerId, callServer);
    }
    callServer.lastHeardMs = Math.max(callServer.lastHeardMs, atMs);
    return callServer;
  }
}
