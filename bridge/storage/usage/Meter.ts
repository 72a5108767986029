import type { CallId } from '../../../shared/domain/index.ts';
import type { MeterUse, UsageDay } from '../ports/UsageStore.ts';
import { Projections } from './Projections.ts';
import { SlidingWindow } from './SlidingWindow.ts';
import type { UsageCall } from './UsageCall.ts';
import { type Use, UseSlices } from './UseSlices.ts';
import { dayAt, type Span } from './usageDay.ts';

/** What is used of one meter, by its running calls and by those that are over. */
export class Meter {
  readonly id: string;
  readonly slices = new UseSlices();
  readonly admissions = new SlidingWindow();
  readonly projections: Projections;
  /** In the order of admission. */
  readonly #calls = new Map<CallId, UsageCall>();

  constructor(id: string) {
    this.id = id;
    this.projections = new Projections({ calls: this.#calls, slices: this.slices });
  }

  get callsAtOnce(): number {
    return this.#calls.size;
  }

  /** Of calls that are not answered yet: what they will cost at their answer. */
  get reservedMicros(): number {
    let sum = 0;
    for (const call of this.#calls.values()) sum += call.reservedMicros;
    return sum;
  }

  isIdle(atMs: number): boolean {
    return this.#calls.size === 0 && this.slices.isEmpty && this.admissions.count(atMs) === 0;
  }

  add(call: UsageCall, atMs: number): void {
    this.#calls.set(call.request.callId, call);
    this.admissions.add(atMs);
    this.projections.forget();
  }

  remove(callId: CallId): void {
    this.#calls.delete(callId);
    this.projections.forget();
  }

  /** Of this day, until now. */
  use(day: Span, atMs: number): Use {
    let { talkMs, costMicros } = this.slices.sum(day);
    for (const call of this.#calls.values()) {
      const unbooked = call.unbookedUse(day, atMs);
      talkMs += unbooked.talkMs;
      costMicros += unbooked.costMicros + call.reservedMicros;
    }
    return { talkMs, costMicros };
  }

  read(day: UsageDay, atMs: number): MeterUse {
    return {
      meterId: this.id,
      callsAtOnce: this.callsAtOnce,
      callsPerMinute: this.admissions.count(atMs),
      ...this.use(dayAt(day, atMs), atMs),
    };
  }
}
