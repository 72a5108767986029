import type { UsageDay, UsageExhaustion, UsagePrice } from '../ports/UsageStore.ts';
import { type ChargedCall, projectCost } from './projectCost.ts';
import { projectTalk } from './projectTalk.ts';
import type { TalkingCall, UsageCall } from './UsageCall.ts';
import type { UseSlices } from './UseSlices.ts';
import { dayAt, type Span } from './usageDay.ts';

/** Looks ahead over this day and so many more. */
const laterDays = 2;

interface Asked {
  readonly limit: UsageExhaustion['limit'];
  readonly allowed: number;
  readonly day: UsageDay;
  readonly atMs: number;
}

interface Projection {
  /** Calls that are not here don't meet the limit within these days. */
  readonly endsMs: ReadonlyMap<UsageCall, number>;
  /** From here on it would look at later days. */
  readonly validToMs: number;
}

interface Known extends Projection {
  readonly limit: Asked['limit'];
  readonly allowed: number;
  readonly today: Span;
  readonly tomorrowToMs: number;
}

interface Going {
  readonly call: UsageCall;
  readonly talking: TalkingCall;
}

interface ProjectedMeter {
  /** In the order of admission. */
  readonly calls: ReadonlySet<UsageCall>;
  readonly slices: UseSlices;
}

/** When the running calls of a meter meet its limits per day: reckoned when asked for, once for all calls with the same limit. */
export class Projections {
  readonly #meter: ProjectedMeter;
  /** A few: calls of one meter differ in limit and day only where it was changed while they run, or over time zones. */
  #known: Known[] = [];
  #version = 0;

  constructor(meter: ProjectedMeter) {
    this.#meter = meter;
  }

  /** Rises when what was told before may be wrong. */
  get version(): number {
    return this.#version;
  }

  /** After a change of the meter's calls. */
  forget(): void {
    this.#version += 1;
    this.#known = [];
  }

  of(asked: Asked): Projection {
    const { limit, allowed, day, atMs } = asked;
    const today = dayAt(day, atMs);
    const tomorrowToMs = dayAt(day, today.toMs).toMs;
    const isAsked = (one: Known) =>
      one.limit === limit &&
      one.allowed === allowed &&
      one.today.fromMs === today.fromMs &&
      one.today.toMs === today.toMs &&
      one.tomorrowToMs === tomorrowToMs;
    const known = this.#known.find(isAsked);
    if (known !== undefined) return known;
    const made = { limit, allowed, today, tomorrowToMs, endsMs: this.#project(asked), validToMs: today.toMs };
    this.#known.push(made);
    return made;
  }

  #project(asked: Asked): ReadonlyMap<UsageCall, number> {
    const going: Going[] = [];
    for (const call of this.#meter.calls) if (call.talking !== null) going.push({ call, talking: call.talking });
    const ends = asked.limit === 'talkMsPerDay' ? this.#talkEnds(going, asked) : this.#costEnds(going, asked);
    const endsMs = new Map<UsageCall, number>();
    for (const [index, { call }] of going.entries()) {
      const endMs = ends[index] ?? null;
      if (endMs !== null) endsMs.set(call, endMs);
    }
    return endsMs;
  }

  #talkEnds(going: readonly Going[], { allowed, day, atMs }: Asked): readonly (number | null)[] {
    const fromMs = going.map(({ talking }) => talking.talkBookedToMs);
    return projectTalk({
      fromMs,
      allowedMs: allowed,
      bookedMs: (span) => this.#meter.slices.sum(span).talkMs,
      days: daysFrom(fromMs, atMs, day),
    });
  }

  #costEnds(going: readonly Going[], { allowed, day, atMs }: Asked): readonly (number | null)[] {
    const calls = going.map(toCharged);
    const fromMs = calls.map((call) => call.fromMs);
    return projectCost({
      calls,
      allowedMicros: allowed,
      bookedMicros: (span) => this.#sureCost(span),
      days: daysFrom(fromMs, atMs, day),
    });
  }

  /** What is booked, what answers cost that are not booked yet, and what is set aside for calls that ring. */
  #sureCost(span: Span): number {
    let { costMicros } = this.#meter.slices.sum(span);
    for (const call of this.#meter.calls) {
      costMicros += call.reservedMicros;
      if (call.talking !== null) costMicros += call.unbookedCost(span, call.talking.answeredAtMs);
    }
    return costMicros;
  }
}

/** A call without a price has steps that cost nothing. */
const free: UsagePrice = { connectionFeeMicros: 0, microsPerMinute: 0, firstMs: 1, incrementMs: 1 };

function toCharged({ call, talking }: Going): ChargedCall {
  const { answeredAtMs, costBookedToMs } = talking;
  return { price: call.request.price ?? free, answeredAtMs, fromMs: Math.max(costBookedToMs, answeredAtMs + 1) };
}

/** From the day that holds the first of these moments to some days after that which holds `atMs`. */
function daysFrom(momentsMs: readonly number[], atMs: number, day: UsageDay): readonly Span[] {
  const firstMs = momentsMs.reduce((least, moment) => Math.min(least, moment), atMs);
  let last = dayAt(day, firstMs);
  const days = [last];
  for (let later = 0; later < laterDays; ) {
    if (atMs < last.toMs) later += 1;
    last = dayAt(day, last.toMs);
    days.push(last);
  }
  return days;
}
