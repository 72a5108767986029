import type { Clock } from '../../observability/index.ts';
import type { SipDestination } from '../port/index.ts';

/** How long a place that failed is tried last. */
export const FAILED_FOR_MS = 30_000;
const MAX_KEPT = 10_000;

/** Places that were silent or refused lately. */
export class FailedDestinations {
  readonly #clock: Clock;
  /** When each is good again, oldest first. */
  readonly #until = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(place: Place): void {
    const key = keyOf(place);
    this.#until.delete(key);
    this.#until.set(key, this.#clock.now() + FAILED_FOR_MS);
    for (const [oldest, untilMs] of this.#until) {
      if (this.#until.size <= MAX_KEPT && untilMs > this.#clock.now()) break;
      this.#until.delete(oldest);
    }
  }

  /** It has answered. */
  clear(place: Place): void {
    if (this.#until.size > 0) this.#until.delete(keyOf(place));
  }

  /** Stable, with the failed ones at the end. */
  last<T extends Place>(places: readonly T[]): readonly T[] {
    if (this.#until.size === 0) return places;
    return [...places.filter((place) => !this.#has(place)), ...places.filter((place) => this.#has(place))];
  }

  #has(place: Place): boolean {
    const untilMs = this.#until.get(keyOf(place));
    return untilMs !== undefined && this.#clock.now() < untilMs;
  }
}

type Place = Pick<SipDestination, 'transport' | 'address' | 'port'>;

export function keyOf({ transport, address, port }: Place): string {
  return `${transport} ${address} ${port}`;
}
