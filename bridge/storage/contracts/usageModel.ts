import type { UsageClaim, UsagePrice } from '../ports/UsageStore.ts';

/** All that happened to a call, as a test knows it. */
export interface CallHistory {
  readonly claims: readonly UsageClaim[];
  readonly price: UsagePrice | null;
  readonly admittedAtMs: number;
  answeredAtMs: number | null;
  endedAtMs: number | null;
}

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What the histories of calls say of a meter's use, added up step by step with no regard to time and memory. */
export class UsageModel {
  readonly #calls: readonly CallHistory[];

  constructor(calls: readonly CallHistory[], meterId: string) {
    this.#calls = calls.filter(({ claims }) => claims.some((claim) => claim.meterId === meterId));
  }

  callsAtOnce(): number {
    return this.#calls.filter(({ endedAtMs }) => endedAtMs === null).length;
  }

  callsPerMinute(atMs: number): number {
    return this.#calls.filter(({ admittedAtMs }) => admittedAtMs > atMs - 60_000 && admittedAtMs <= atMs).length;
  }

  talkMs(day: Span, atMs: number): number {
    let sum = 0;
    for (const { answeredAtMs, endedAtMs } of this.#calls) {
      if (answeredAtMs === null) continue;
      sum += Math.max(0, Math.min(endedAtMs ?? atMs, atMs, day.toMs) - Math.max(answeredAtMs, day.fromMs));
    }
    return sum;
  }

  costMicros(day: Span, atMs: number): number {
    return this.#calls.reduce((sum, call) => sum + callCost(call, day, atMs), 0);
  }

  /** What calls that ring will cost at their answer. */
  reservedMicros(): number {
    const ringing = this.#calls.filter(({ answeredAtMs, endedAtMs }) => answeredAtMs === null && endedAtMs === null);
    return ringing.reduce((sum, { price }) => sum + answerCost(price), 0);
  }
}

export function answerCost(price: UsagePrice | null): number {
  return price === null ? 0 : price.connectionFeeMicros + Math.ceil((price.microsPerMinute * price.firstMs) / 60_000);
}

function callCost({ price, answeredAtMs, endedAtMs }: CallHistory, day: Span, atMs: number): number {
  if (price === null || answeredAtMs === null) return 0;
  const untilMs = Math.min(endedAtMs ?? atMs, atMs);
  const isWithin = (moment: number) => moment >= day.fromMs && moment < day.toMs;
  let sum = isWithin(answeredAtMs) ? answerCost(price) : 0;
  let chargedMs = price.firstMs;
  while (answeredAtMs + chargedMs < untilMs) {
    const before = Math.ceil((price.microsPerMinute * chargedMs) / 60_000);
    const after = Math.ceil((price.microsPerMinute * (chargedMs + price.incrementMs)) / 60_000);
    if (isWithin(answeredAtMs + chargedMs)) sum += after - before;
    chargedMs += price.incrementMs;
  }
  return sum;
}
