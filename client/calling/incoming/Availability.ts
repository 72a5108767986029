import type { Availability as AvailabilityValues } from '../../../shared/protocol/index.ts';
import { Observable, type Readable } from '../../state/index.ts';
import type { Connection } from '../connection/index.ts';

export interface AvailabilityDeps {
  readonly connection: Pick<Connection, 'on' | 'request'>;
}

/** A wish that can't be told within this time is given back. */
const changeDeadlineMs = 8_000;

/** Whether the person's devices ring, as the bridge keeps it for all of them. */
export class Availability {
  readonly #connection: AvailabilityDeps['connection'];
  /** As the bridge has it. */
  #kept: AvailabilityValues = { isDoNotDisturb: false, hasCallWaiting: true };
  readonly #shown = new Observable<AvailabilityValues>(this.#kept);
  readonly #stops: (() => void)[];
  /** Counts wishes: only the answer to the last is shown. */
  #wishes = 0;

  constructor({ connection }: AvailabilityDeps) {
    this.#connection = connection;
    this.#stops = [
      connection.on('ready', ({ availability }) => this.#keep(availability)),
      connection.on('session:availabilityChanged', (availability) => this.#keep(availability)),
    ];
  }

  /** A wish is shown at once. */
  get state(): Readable<AvailabilityValues> {
    return this.#shown;
  }

  /** @throws DialbridgeError when the bridge can't be told; then it is shown as it was */
  async change(wish: Partial<AvailabilityValues>): Promise<void> {
    this.#wishes += 1;
    const own = this.#wishes;
    this.#shown.set({ ...this.#shown.get(), ...wish });
    try {
      const kept = await this.#connection.request('session:setAvailability', wish, { deadlineMs: changeDeadlineMs });
      if (own === this.#wishes) this.#keep(kept);
      else this.#kept = kept;
    } catch (error) {
      if (own === this.#wishes) this.#shown.set(this.#kept);
      throw error;
    }
  }

  /** Idempotent. */
  close(): void {
    for (const stop of this.#stops) stop();
  }

  #keep(availability: AvailabilityValues): void {
    this.#kept = availability;
    this.#shown.set(availability);
  }
}
