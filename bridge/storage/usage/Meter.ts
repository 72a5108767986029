import type { MeterUse, UsageDay } from '../ports/UsageStore.ts';
import { Projections } from './Projections.ts';
import { SlidingWindow } from './SlidingWindow.ts';
import type { UsageCall } from './UsageCall.ts';
import { UseSlices } from './UseSlices.ts';
import { dayAt, type Span } from './usageDay.ts';

/** Most meters have no running call: those share this set, and have no projections. */
const noCalls: ReadonlySet<UsageCall> = new Set();

/** What is used of one meter, by its running calls and by those that are over. */
export class Meter {
  readonly id: string;
  readonly slices = new UseSlices();
  readonly admissions = new SlidingWindow();
  /** In the order of admission. */
  #calls: Set<UsageCall> | null = null;
  #projections: Projections | null = null;

  constructor(id: string) {
    this.id = id;
  }

  get calls(): ReadonlySet<UsageCall> {
    return this.#calls ?? noCalls;
  }

  get projections(): Projections {
    this.#projections ??= new Projections(this);
    return this.#projections;
  }

  /** Of calls that are not answered yet: what they will cost at their answer. */
  get reservedMicros(): number {
    let sum = 0;
    for (const call of this.calls) sum += call.reservedMicros;
    return sum;
  }

  isIdle(atMs: number): boolean {
    return this.#calls === null && this.slices.isEmpty && this.admissions.count(atMs) === 0;
  }

  add(call: UsageCall, atMs: number): void {
    this.#calls ??= new Set();
    this.#calls.add(call);
    this.admissions.add(atMs);
    this.noteChange();
  }

  remove(call: UsageCall): void {
    this.#calls?.delete(call);
    this.noteChange();
    if (this.#calls?.size !== 0) return;
    this.#calls = null;
    this.#projections = null;
  }

  /** One of its calls was answered. */
  noteChange(): void {
    this.#projections?.forget();
  }

  /** Of this day, until now. */
  talkMs(day: Span, atMs: number): number {
    let { talkMs } = this.slices.sum(day);
    for (const call of this.calls) talkMs += call.unbookedTalk(day, atMs);
    return talkMs;
  }

  /** Of this day, until now, with what is set aside. */
  costMicros(day: Span, atMs: number): number {
    let { costMicros } = this.slices.sum(day);
    for (const call of this.calls) costMicros += call.unbookedCost(day, atMs) + call.reservedMicros;
    return costMicros;
  }

  read(day: UsageDay, atMs: number): MeterUse {
    const today = dayAt(day, atMs);
    return {
      meterId: this.id,
      callsAtOnce: this.calls.size,
      callsPerMinute: this.admissions.count(atMs),
      talkMs: this.talkMs(today, atMs),
      costMicros: this.costMicros(today, atMs),
    };
  }
}
