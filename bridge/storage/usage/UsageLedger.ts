import type { CallId, CallServerId } from '../../../shared/domain/index.ts';
import type { MeterUse, UsageClaim, UsageExhaustion, UsageRefusal, UsageRequest } from '../ports/UsageStore.ts';
import { findRefusal } from './findRefusal.ts';
import { Meter } from './Meter.ts';
import { UsageCall } from './UsageCall.ts';
import type { Slice } from './UseSlices.ts';

/** Use of a meter, as it is saved. */
export interface MeterSlice extends Slice {
  readonly meterId: string;
}

export interface UsageLedgerOptions {
  /** Called with what a slice of a meter holds whenever that changes. */
  readonly onBooked?: (slice: MeterSlice) => void;
}

/** Use that is older is forgotten: no day is as long. */
const keptMs = 2 * 86_400_000;
/** Meters that are looked at with each admission, to forget those that nobody uses any more: more than one call can make. */
const metersToLookAt = 8;

const dayLimits = ['talkMsPerDay', 'costMicrosPerDay'] as const;

/**
 * The arithmetic of `UsageStore`, without waiting and without timers. What it costs grows with the running calls of the meters
 * that are asked for, not with the calls that were.
 */
export class UsageLedger {
  readonly #meters = new Map<string, Meter>();
  readonly #calls = new Map<CallId, UsageCall>();
  readonly #callsByServer = new Map<CallServerId, Set<UsageCall>>();
  readonly #lastHeardMs = new Map<CallServerId, number>();
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
    this.#heardOf(request.callServerId, request.atMs);
    if (this.#calls.has(request.callId)) return { refusal: null, isChanged: false };
    const refusal = this.check(request);
    if (refusal !== null) return { refusal, isChanged: false };
    const call = new UsageCall(request);
    for (const meterId of call.meters.keys()) this.#meterOf(meterId).add(call, request.atMs);
    this.#calls.set(request.callId, call);
    const sameServer = this.#callsByServer.get(request.callServerId);
    if (sameServer === undefined) this.#callsByServer.set(request.callServerId, new Set([call]));
    else sameServer.add(call);
    this.#forgetIdleMeters(request.atMs);
    return { refusal: null, isChanged: true };
  }

  /** Says whether anything changed. */
  answered(callId: CallId, atMs: number): boolean {
    const call = this.#calls.get(callId);
    if (call === undefined || call.talking !== null) return false;
    this.#heardOf(call.request.callServerId, atMs);
    call.answer(atMs);
    for (const meterId of call.meters.keys()) this.#meterOf(meterId).projections.forget();
    return true;
  }

  /** Says whether anything changed. */
  ended(callId: CallId, atMs: number): boolean {
    const call = this.#calls.get(callId);
    if (call === undefined) return false;
    this.#heardOf(call.request.callServerId, atMs);
    this.#end(call, atMs);
    return true;
  }

  read(claims: readonly Pick<UsageClaim, 'meterId' | 'day'>[], atMs: number): readonly MeterUse[] {
    return claims.map(({ meterId, day }) => (this.#meters.get(meterId) ?? new Meter(meterId)).read(day, atMs));
  }

  exhaustions(callServerId: CallServerId, atMs: number): readonly UsageExhaustion[] {
    this.#heardOf(callServerId, atMs);
    const found: UsageExhaustion[] = [];
    for (const call of this.#callsByServer.get(callServerId) ?? []) {
      const exhaustion = this.#firstExhaustion(call, atMs);
      if (exhaustion !== null) found.push(exhaustion);
    }
    return found;
  }

  /** Says whether anything changed. */
  endAll(callServerId: CallServerId, atMs: number): boolean {
    const calls = [...(this.#callsByServer.get(callServerId) ?? [])];
    const knownToMs = Math.min(atMs, this.#lastHeardMs.get(callServerId) ?? 0);
    for (const call of calls) this.#end(call, Math.max(knownToMs, call.talking?.talkBookedToMs ?? 0));
    this.#lastHeardMs.delete(callServerId);
    return calls.length > 0;
  }

  /** Books what all running calls have used until now, so that `onBooked` is told of it. */
  bookRunning(atMs: number): void {
    for (const call of this.#calls.values()) this.#book(call, atMs);
  }

  #end(call: UsageCall, atMs: number): void {
    const { callId, callServerId } = call.request;
    this.#book(call, atMs);
    this.#calls.delete(callId);
    const sameServer = this.#callsByServer.get(callServerId);
    sameServer?.delete(call);
    if (sameServer?.size === 0) this.#callsByServer.delete(callServerId);
    for (const meterId of call.meters.keys()) this.#meterOf(meterId).remove(callId);
  }

  #book(call: UsageCall, atMs: number): void {
    for (const [meterId, day] of call.meters) {
      const { slices } = this.#meterOf(meterId);
      const touched = new Map<number, Slice>();
      for (const slice of call.slicesTo(atMs, day)) touched.set(slice.fromMs, slices.add(slice));
      for (const slice of touched.values()) this.#onBooked({ meterId, ...slice });
    }
    call.markBooked(atMs);
  }

  #firstExhaustion(call: UsageCall, atMs: number): UsageExhaustion | null {
    if (call.talking === null) return null;
    const { callId, claims } = call.request;
    let first: UsageExhaustion | null = null;
    for (const claim of claims) {
      for (const limit of dayLimits) {
        const endMs = this.#meterOf(claim.meterId).projections.exhaustedAtMs({ callId, limit, claim, atMs });
        if (endMs === null || (first !== null && first.atMs <= endMs)) continue;
        first = { callId, meterId: claim.meterId, limit, atMs: endMs };
      }
    }
    return first;
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
      next.value.slices.forgetBefore(atMs - keptMs);
      if (next.value.isIdle(atMs)) this.#meters.delete(next.value.id);
    }
  }

  #heardOf(callServerId: CallServerId, atMs: number): void {
    const lastMs = this.#lastHeardMs.get(callServerId);
    if (lastMs === undefined || lastMs < atMs) this.#lastHeardMs.set(callServerId, atMs);
  }
}
