import type { EventEmitter } from 'node:events';
import type { BrandId, GatewayId } from '../../../shared/domain/index.ts';
import type { Clock } from '../../observability/index.ts';
import type { CallLoggerEvents } from '../call-logger/index.ts';
import { type CallFigures, CallTally } from './CallTally.ts';

export interface CallTrafficDeps {
  readonly log: Pick<EventEmitter<CallLoggerEvents>, 'on'>;
  readonly clock: Pick<Clock, 'now'>;
}

export interface MinuteFigures extends CallFigures {
  /** When it begins, in milliseconds since the epoch. */
  readonly fromMs: number;
}

const minuteMs = 60_000;
const keptMinutes = 60;

/** Calls of one brand through one gateway (null: none was asked) within a minute. */
interface Slice {
  readonly brandId: BrandId;
  readonly gatewayId: GatewayId | null;
  readonly tally: CallTally;
}

/** How the calls of this call server went in the last hour, minute by minute. What it keeps is bounded by brands and gateways, not by calls. */
export class CallTraffic {
  readonly #clock: CallTrafficDeps['clock'];
  readonly #minutes = new Map<number, Map<string, Slice>>();

  constructor({ log, clock }: CallTrafficDeps) {
    this.#clock = clock;
    log.on('requested', ({ brandId }) => {
      this.#tally(brandId, null).requested += 1;
    });
    log.on('answered', ({ opening, gatewayId }) => {
      this.#tally(opening.brandId, gatewayId).answered += 1;
    });
    log.on('ended', (call) => this.#tally(call.opening.brandId, call.gatewayId).end(call));
  }

  /** Oldest first, the last one is the present one. `brandId` null: of all brands. */
  minutes(brandId: BrandId | null): readonly MinuteFigures[] {
    const now = this.#minuteNow();
    return Array.from({ length: keptMinutes }, (_, index) => {
      const fromMs = now - (keptMinutes - 1 - index) * minuteMs;
      const tally = new CallTally();
      for (const slice of this.#slices(fromMs, brandId)) tally.add(slice.tally);
      return { fromMs, ...tally.figures };
    });
  }

  /** Of the whole hour, by gateway. */
  byGateway(): ReadonlyMap<GatewayId, CallFigures> {
    return this.#grouped(null, ({ gatewayId }) => gatewayId);
  }

  /** Of the whole hour, by brand; one where `brandId` is given. */
  byBrand(brandId: BrandId | null): ReadonlyMap<BrandId, CallFigures> {
    return this.#grouped(brandId, (slice) => slice.brandId);
  }

  #grouped<Key>(brandId: BrandId | null, keyOf: (slice: Slice) => Key | null): ReadonlyMap<Key, CallFigures> {
    this.#forgetOld();
    const tallies = new Map<Key, CallTally>();
    for (const fromMs of this.#minutes.keys())
      for (const slice of this.#slices(fromMs, brandId)) {
        const key = keyOf(slice);
        if (key === null) continue;
        const tally = tallies.get(key) ?? new CallTally();
        tally.add(slice.tally);
        tallies.set(key, tally);
      }
    return new Map([...tallies].map(([key, tally]) => [key, tally.figures]));
  }

  *#slices(fromMs: number, brandId: BrandId | null): Generator<Slice> {
    for (const slice of this.#minutes.get(fromMs)?.values() ?? [])
      if (brandId === null || slice.brandId === brandId) yield slice;
  }

  #tally(brandId: BrandId, gatewayId: GatewayId | null): CallTally {
    const fromMs = this.#minuteNow();
    let minute = this.#minutes.get(fromMs);
    if (minute === undefined) {
      minute = new Map();
      this.#minutes.set(fromMs, minute);
      this.#forgetOld();
    }
    const key = JSON.stringify([brandId, gatewayId]);
    const slice = minute.get(key) ?? { brandId, gatewayId, tally: new CallTally() };
    minute.set(key, slice);
    return slice.tally;
  }

  #forgetOld(): void {
    const oldest = this.#minuteNow() - (keptMinutes - 1) * minuteMs;
    for (const fromMs of this.#minutes.keys()) if (fromMs < oldest) this.#minutes.delete(fromMs);
  }

  #minuteNow(): number {
    const now = this.#clock.now();
    return now - (now % minuteMs);
  }
}
