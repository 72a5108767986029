import type { UsagePrice } from '../ports/UsageStore.ts';
import { costBefore, nextStepAtMs } from './callCost.ts';
import type { Span } from './usageDay.ts';

export interface ChargedCall {
  readonly price: UsagePrice;
  readonly answeredAtMs: number;
  /** Steps from here on are not in `bookedMicros`; after the answer. */
  readonly fromMs: number;
}

export interface CostProjection {
  /** In the order of admission, which decides between steps at the same moment. */
  readonly calls: readonly ChargedCall[];
  readonly allowedMicros: number;
  /** What the day has used besides, with what is set aside. */
  readonly bookedMicros: (day: Span) => number;
  /** Days one after another, the first with the first of `fromMs` in it. */
  readonly days: readonly Span[];
}

interface GoingCall extends ChargedCall {
  readonly index: number;
}

/**
 * When each call begins a step that what is left doesn't pay; it ends there, and leaves the rest to the others. Steps are not
 * gone through one by one: there may be millions. Null: not within these days.
 */
export function projectCost({ calls, allowedMicros, bookedMicros, days }: CostProjection): (number | null)[] {
  const ends: (number | null)[] = calls.map(() => null);
  let going = calls.map((call, index) => ({ ...call, index })).filter(({ price }) => price.microsPerMinute > 0);
  for (const day of days) {
    if (going.length === 0) break;
    for (const { index, endMs } of endsWithin(day, going, allowedMicros - bookedMicros(day))) ends[index] = endMs;
    going = going.filter(({ index }) => ends[index] === null);
  }
  return ends;
}

function* endsWithin(day: Span, calls: readonly GoingCall[], leftMicros: number) {
  // Steps that round to nothing are free, also where more was used than is allowed.
  let left = Math.max(0, leftMicros);
  if (chargedWithin(calls, day) <= left) return;
  let going = [...calls];
  for (let atMs = day.fromMs; ; ) {
    // Whoever can't pay the next step will not be able to: what is left only shrinks.
    const paying: GoingCall[] = [];
    for (const call of going) {
      const stepAtMs = nextStep(call, atMs);
      if (stepAtMs >= day.toMs) continue;
      if (chargedAt(call, stepAtMs) > left) yield { index: call.index, endMs: stepAtMs };
      else paying.push(call);
    }
    const shortMs = firstShortage(paying, { fromMs: atMs, toMs: day.toMs }, left);
    if (shortMs === null) return;
    left -= chargedWithin(paying, { fromMs: atMs, toMs: shortMs });
    going = [];
    for (const call of paying) {
      const charge = chargedAt(call, shortMs);
      if (charge > left) yield { index: call.index, endMs: shortMs };
      else {
        left -= charge;
        going.push(call);
      }
    }
    atMs = shortMs + 1;
  }
}

/** The first moment at which the steps so far cost more than is left. */
function firstShortage(calls: readonly GoingCall[], span: Span, left: number): number | null {
  if (chargedWithin(calls, span) <= left) return null;
  let affordableToMs = span.fromMs;
  let tooDearToMs = span.toMs;
  while (tooDearToMs - affordableToMs > 1) {
    const middleMs = Math.floor((affordableToMs + tooDearToMs) / 2);
    if (chargedWithin(calls, { fromMs: span.fromMs, toMs: middleMs }) <= left) affordableToMs = middleMs;
    else tooDearToMs = middleMs;
  }
  return affordableToMs;
}

function chargedWithin(calls: readonly GoingCall[], span: Span): number {
  let sum = 0;
  for (const { price, answeredAtMs, fromMs } of calls) {
    const beginMs = Math.max(fromMs, span.fromMs);
    if (beginMs < span.toMs)
      sum += costBefore(price, answeredAtMs, span.toMs) - costBefore(price, answeredAtMs, beginMs);
  }
  return sum;
}

function nextStep(call: GoingCall, atMs: number): number {
  return nextStepAtMs(call.price, call.answeredAtMs, Math.max(call.fromMs, atMs));
}

function chargedAt(call: GoingCall, stepAtMs: number): number {
  return chargedWithin([call], { fromMs: stepAtMs, toMs: stepAtMs + 1 });
}
