import fc from 'fast-check';
import { expect } from 'vitest';
import { callIdSchema, callServerIdSchema } from '../../../shared/domain/index.ts';
import type { UsageClaim, UsageDay, UsagePrice, UsageRefusal, UsageStore } from '../ports/UsageStore.ts';
import { answerCost, type CallHistory, UsageModel } from './usageModel.ts';

const server = callServerIdSchema.parse('main');

// Days so short that a few calls run over several borders, none of them at a quarter of an hour.
const borders = [0, 101_000, 190_500, 302_001, 420_000] as const;
const days = borders.slice(1).map((toMs, index) => ({ fromMs: borders[index] ?? 0, toMs }));
const calendar: UsageDay = { fromMs: borders[0], toMs: borders[1], laterEndsMs: borders.slice(2) };
const dayOf = (atMs: number) => days.find(({ toMs }) => atMs < toMs) ?? { fromMs: 0, toMs: 0 };

const price: fc.Arbitrary<UsagePrice> = fc.record({
  connectionFeeMicros: fc.integer({ min: 0, max: 50 }),
  microsPerMinute: fc.integer({ min: 0, max: 300 }),
  firstMs: fc.integer({ min: 1, max: 30_000 }),
  incrementMs: fc.integer({ min: 500, max: 20_000 }),
});
const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const limits: fc.Arbitrary<UsageClaim['limits']> = fc
  .record({
    callsAtOnce: some(fc.integer({ min: 1, max: 3 })),
    callsPerMinute: some(fc.integer({ min: 1, max: 3 })),
    talkMsPerDay: some(fc.integer({ min: 1, max: 60_000 })),
    costMicrosPerDay: some(fc.integer({ min: 1, max: 300 })),
  })
  .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)));

/** At the same instant, a bit later, or much later. */
const waitMs = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 900 }), fc.integer({ min: 1, max: 25_000 }));
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant('dial' as const),
      waitMs,
      meters: fc.integer({ min: 1, max: 3 }),
      price: fc.option(price),
    }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('answer' as const), waitMs, which: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('end' as const), waitMs, which: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('save' as const), waitMs }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

export interface InterleavingOptions {
  readonly numRuns: number;
  /** What the store does now and then by itself, at `save` steps. */
  readonly save?: (atMs: number) => Promise<void> | void;
}

/** Whatever is dialled, answered and ended when: no limit is passed, nobody is refused without need, and every sum is right. */
export async function expectNoInterleavingPassesALimit(usage: UsageStore, options: InterleavingOptions): Promise<void> {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(limits, limits),
      fc.array(step, { minLength: 1, maxLength: 25 }),
      async (limitsOfMeters, steps) => {
        run += 1;
        const meters = limitsOfMeters.map((allowed, index) => ({
          meterId: `run ${run}: ${index}`,
          day: calendar,
          limits: allowed,
        }));
        await new Play(usage, meters, options).play(steps);
      },
    ),
    { numRuns: options.numRuns },
  );
}

class Play {
  readonly #usage: UsageStore;
  readonly #meters: readonly UsageClaim[];
  readonly #options: InterleavingOptions;
  readonly #calls = new Map<string, CallHistory>();
  #nowMs = 0;

  constructor(usage: UsageStore, meters: readonly UsageClaim[], options: InterleavingOptions) {
    this.#usage = usage;
    this.#meters = meters;
    this.#options = options;
  }

  async play(steps: readonly Step[]): Promise<void> {
    for (const one of steps) {
      this.#nowMs = Math.min(this.#nowMs + one.waitMs, borders[4] - 1);
      await this.#endExhausted();
      if (one.act === 'dial') await this.#dial(one.meters, one.price);
      else if (one.act === 'save') await this.#options.save?.(this.#nowMs);
      else await this.#touch(one.act, one.which);
      await this.#compare();
    }
    for (const [callId, { endedAtMs }] of this.#calls) if (endedAtMs === null) await this.#end(callId, this.#nowMs);
    await this.#compare();
  }

  /** As the call director does: whoever meets a limit is ended at that moment, the first one first. */
  async #endExhausted(): Promise<void> {
    for (;;) {
      const due = (await this.#usage.exhaustions(server, this.#nowMs)).filter(({ atMs }) => atMs <= this.#nowMs);
      const first = due.sort((one, other) => one.atMs - other.atMs)[0];
      if (first === undefined) return;
      await this.#end(first.callId, first.atMs);
    }
  }

  async #dial(which: number, callPrice: UsagePrice | null): Promise<void> {
    const claims = this.#meters.filter((_, index) => (which & (index + 1)) !== 0);
    const callId = callIdSchema.parse(`${this.#meters[0]?.meterId} call ${this.#calls.size}`);
    const request = { callId, callServerId: server, atMs: this.#nowMs, claims, price: callPrice };
    const refusal = await this.#usage.admit(request);
    if (refusal !== null) return this.#expectNoRoom(refusal, callPrice);
    const history = { claims, price: callPrice, admittedAtMs: this.#nowMs, answeredAtMs: null, endedAtMs: null };
    this.#calls.set(callId, history);
  }

  async #touch(act: 'answer' | 'end', which: number): Promise<void> {
    const fits = ({ answeredAtMs, endedAtMs }: CallHistory) =>
      endedAtMs === null && (act === 'end' || answeredAtMs === null);
    const candidates = [...this.#calls].filter(([, history]) => fits(history));
    const [callId, history] = candidates[which % Math.max(1, candidates.length)] ?? [];
    if (callId === undefined || history === undefined) return;
    if (act === 'end') return this.#end(callId, this.#nowMs);
    await this.#usage.answered(callIdSchema.parse(callId), this.#nowMs);
    history.answeredAtMs = this.#nowMs;
  }

  async #end(callId: string, atMs: number): Promise<void> {
    await this.#usage.ended(callIdSchema.parse(callId), atMs);
    const history = this.#calls.get(callId);
    if (history !== undefined) history.endedAtMs = atMs;
  }

  #modelOf(meterId: string): UsageModel {
    return new UsageModel([...this.#calls.values()], meterId);
  }

  #expectNoRoom({ meterId, limit, allowed, used }: UsageRefusal, callPrice: UsagePrice | null): void {
    const model = this.#modelOf(meterId);
    const day = dayOf(this.#nowMs);
    const spent = model.costMicros(day, this.#nowMs) + model.reservedMicros();
    const counted = {
      callsAtOnce: model.callsAtOnce(),
      callsPerMinute: model.callsPerMinute(this.#nowMs),
      talkMsPerDay: model.talkMs(day, this.#nowMs),
      costMicrosPerDay: spent,
    };
    expect(used).toBe(counted[limit]);
    expect(used + (limit === 'costMicrosPerDay' ? answerCost(callPrice) : 1)).toBeGreaterThan(allowed);
  }

  async #compare(): Promise<void> {
    const day = dayOf(this.#nowMs);
    const uses = await this.#usage.read(this.#meters, this.#nowMs);
    for (const [index, { meterId, limits: allowed }] of this.#meters.entries()) {
      const model = this.#modelOf(meterId);
      expect(uses[index]).toEqual({
        meterId,
        callsAtOnce: model.callsAtOnce(),
        callsPerMinute: model.callsPerMinute(this.#nowMs),
        talkMs: model.talkMs(day, this.#nowMs),
        costMicros: model.costMicros(day, this.#nowMs) + model.reservedMicros(),
      });
      expect(uses[index]?.callsAtOnce).toBeLessThanOrEqual(allowed.callsAtOnce ?? Number.POSITIVE_INFINITY);
      expect(uses[index]?.callsPerMinute).toBeLessThanOrEqual(allowed.callsPerMinute ?? Number.POSITIVE_INFINITY);
      expect(uses[index]?.talkMs).toBeLessThanOrEqual(allowed.talkMsPerDay ?? Number.POSITIVE_INFINITY);
      expect(uses[index]?.costMicros).toBeLessThanOrEqual(allowed.costMicrosPerDay ?? Number.POSITIVE_INFINITY);
    }
  }
}
