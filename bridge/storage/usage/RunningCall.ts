import type { UsageDay, UsageExhaustion, UsageRequest } from '../ports/UsageStore.ts';
import type { Meter } from './Meter.ts';
import { UsageCall } from './UsageCall.ts';
import type { Slice } from './UseSlices.ts';

/** Use of a meter, as it is saved. */
export interface MeterSlice extends Slice {
  readonly meterId: string;
}

/** A limit per day that the call has, with what the meter said of it last: most meters have one call, and some a thousand. */
interface Watch {
  readonly meter: Meter;
  readonly limit: UsageExhaustion['limit'];
  readonly allowed: number;
  readonly day: UsageDay;
  endMs: number | null;
  seenVersion: number;
  validToMs: number;
}

const dayLimits = ['talkMsPerDay', 'costMicrosPerDay'] as const;

/** A call at its meters, from its admission to its end. */
export class RunningCall {
  readonly #call: UsageCall;
  /** With the days by which each keeps it: those of the first claim, where several name one meter. */
  readonly #meters = new Map<Meter, UsageDay>();
  readonly #watches: Watch[] = [];

  constructor(request: UsageRequest, meterOf: (meterId: string) => Meter) {
    this.#call = new UsageCall(request);
    for (const { meterId, day, limits } of request.claims) {
      const meter = meterOf(meterId);
      if (!this.#meters.has(meter)) this.#meters.set(meter, day);
      for (const limit of dayLimits) {
        const allowed = limits[limit];
        if (allowed === undefined) continue;
        this.#watches.push({ meter, limit, allowed, day, endMs: null, seenVersion: -1, validToMs: 0 });
      }
    }
    for (const meter of this.#meters.keys()) meter.add(this.#call, request.atMs);
  }

  get request(): UsageRequest {
    return this.#call.request;
  }

  get isAnswered(): boolean {
    return this.#call.talking !== null;
  }

  /** Until when its talking is in the slices of its meters. */
  get bookedToMs(): number {
    return this.#call.talking?.talkBookedToMs ?? 0;
  }

  /** Nothing of it is in the slices, not even what its answer cost. */
  get isUnbooked(): boolean {
    const { talking } = this.#call;
    return talking !== null && talking.costBookedToMs === talking.answeredAtMs;
  }

  answer(atMs: number): void {
    this.#call.answer(atMs);
    for (const meter of this.#meters.keys()) meter.noteChange();
  }

  /** Brings the slices of its meters to this moment, and tells what they hold then. */
  book(atMs: number, onBooked: (slice: MeterSlice) => void): void {
    for (const [meter, day] of this.#meters) {
      const touched = new Map<number, Slice>();
      for (const slice of this.#call.slicesTo(atMs, day)) touched.set(slice.fromMs, meter.slices.add(slice));
      for (const slice of touched.values()) onBooked({ meterId: meter.id, ...slice });
    }
    this.#call.markBooked(atMs);
  }

  /** After it was booked to its end. */
  leave(): void {
    for (const meter of this.#meters.keys()) meter.remove(this.#call);
  }

  /** The first limit that it meets. */
  exhaustion(atMs: number): UsageExhaustion | null {
    if (!this.isAnswered) return null;
    let first: UsageExhaustion | null = null;
    for (const watch of this.#watches) {
      const { meter, limit } = watch;
      const endMs = this.#exhaustedAtMs(watch, atMs);
      if (endMs === null || (first !== null && first.atMs <= endMs)) continue;
      first = { callId: this.request.callId, meterId: meter.id, limit, atMs: endMs };
    }
    return first;
  }

  #exhaustedAtMs(watch: Watch, atMs: number): number | null {
    const { projections } = watch.meter;
    if (watch.seenVersion === projections.version && atMs < watch.validToMs) return watch.endMs;
    const projection = projections.of({ ...watch, atMs });
    watch.endMs = projection.endsMs.get(this.#call) ?? null;
    watch.seenVersion = projections.version;
    watch.validToMs = projection.validToMs;
    return watch.endMs;
  }
}
