import type { CallId } from '../../../shared/domain/index.ts';
import type { UsageClaim, UsageDay, UsageExhaustion } from '../ports/UsageStore.ts';
import { type ChargedCall, projectCost } from './projectCost.ts';
import { projectTalk } from './projectTalk.ts';
import type { TalkingCall, UsageCall } from './UsageCall.ts';
import type { UseSlices } from './UseSlices.ts';
import { dayAt, type Span } from './usageDay.ts';

type DayLimit = UsageExhaustion['limit'];

/** Looks ahead over this day and so many more. */
const laterDays = 2;

interface Projection {
  readonly endsMs: ReadonlyMap<CallId, number>;
  /** From here on it would look at later days. */
  readonly validToMs: number;
}

interface Asked {
  readonly limit: DayLimit;
  readonly allowed: number;
  readonly day: UsageDay;
  readonly atMs: number;
}

interface Talking {
  readonly call: UsageCall;
  readonly talking: TalkingCall;
}

/** When the running calls of a meter meet its limits per day. Reckoned when asked for, once for all calls with the same limit. */
export class Projections {
  readonly #meter: { readonly calls: ReadonlyMap<CallId, UsageCall>; readonly slices: UseSlices };
  readonly #known = new Map<string, Projection>();

  constructor(meter: { readonly calls: ReadonlyMap<CallId, UsageCall>; readonly slices: UseSlices }) {
    this.#meter = meter;
  }

  /** After a change of the meter's calls. */
  forget(): void {
    this.#known.clear();
  }

  /** Null: not within these days, or there is no such limit. */
  exhaustedAtMs(options: { callId: CallId; limit: DayLimit; claim: UsageClaim; atMs: number }): number | null {
    const { callId, limit, claim, atMs } = options;
    const allowed = claim.limits[limit];
    if (allowed === undefined) return null;
    const today = dayAt(claim.day, atMs);
    const key = `${limit}/${allowed}/${today.fromMs}/${today.toMs}/${dayAt(claim.day, today.toMs).toMs}`;
    let projection = this.#known.get(key);
    if (projection === undefined || atMs >= projection.validToMs) {
      projection = { endsMs: this.#project({ limit, allowed, day: claim.day, atMs }), validToMs: today.toMs };
      this.#known.set(key, projection);
    }
    return projection.endsMs.get(callId) ?? null;
  }

  #project(asked: Asked): ReadonlyMap<CallId, number> {
    const calls: Talking[] = [];
    for (const call of this.#meter.calls.values()) {
      if (call.talking !== null) calls.push({ call, talking: call.talking });
    }
    const ends = asked.limit === 'talkMsPerDay' ? this.#talkEnds(calls, asked) : this.#costEnds(calls, asked);
    const known = new Map<CallId, number>();
    for (const [index, { call }] of calls.entries()) {
      const endMs = ends[index] ?? null;
      if (endMs !== null) known.set(call.request.callId, endMs);
    }
    return known;
  }

  #talkEnds(calls: readonly Talking[], { allowed, day, atMs }: Asked): (number | null)[] {
    const fromMs = calls.map(({ talking }) => talking.talkBookedToMs);
    return projectTalk({
      fromMs,
      allowedMs: allowed,
      bookedMs: (span) => this.#meter.slices.sum(span).talkMs,
      days: daysFrom(Math.min(atMs, ...fromMs), atMs, day),
    });
  }

  #costEnds(calls: readonly Talking[], { allowed, day, atMs }: Asked): (number | null)[] {
    const charged = calls.map(({ call, talking }) => toCharged(call, talking));
    return projectCost({
      calls: charged,
      allowedMicros: allowed,
      bookedMicros: (span) => this.#sureCost(span),
      days: daysFrom(Math.min(atMs, ...charged.map(({ fromMs }) => fromMs)), atMs, day),
    });
  }

  /** What is booked, what answers cost that are not booked yet, and what is set aside for calls that ring. */
  #sureCost(span: Span): number {
    let { costMicros } = this.#meter.slices.sum(span);
    for (const call of this.#meter.calls.values()) {
      costMicros += call.reservedMicros;
      if (call.talking !== null) costMicros += call.unbookedUse(span, call.talking.answeredAtMs).costMicros;
    }
    return costMicros;
  }
}

/** A call without a price has steps that cost nothing. */
function toCharged(call: UsageCall, { answeredAtMs, costBookedToMs }: TalkingCall): ChargedCall {
  const price = call.request.price ?? { connectionFeeMicros: 0, microsPerMinute: 0, firstMs: 1, incrementMs: 1 };
  return { price, answeredAtMs, fromMs: Math.max(costBookedToMs, answeredAtMs + 1) };
}

/** From the day that holds `fromMs` to some days after that which holds `atMs`. */
function daysFrom(fromMs: number, atMs: number, day: UsageDay): readonly Span[] {
  const days = [dayAt(day, fromMs)];
  for (let later = 0; later <= laterDays; ) {
    const last = days.at(-1);
    if (last === undefined) break;
    if (atMs < last.toMs) later += 1;
    if (later <= laterDays) days.push(dayAt(day, last.toMs));
  }
  return days;
}
