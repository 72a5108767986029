import type { DeviceId, UserId } from '../../../../shared/domain/index.ts';
import type { IncomingCallEnd } from '../../../../shared/protocol/index.ts';
import type { Callee } from '../people/Callees.ts';
import { type RingReason, reasonOfGroup } from '../plan/RingReason.ts';
import { PersonRinging, type PersonRingingDeps, type PersonRingingEvents, type RingFacts } from './PersonRinging.ts';

export interface RingOrder {
  readonly people: readonly Callee[];
  /** Together, in milliseconds. */
  readonly ringMs: number;
  /** How long each rings, one after another, in milliseconds; null: all at once. */
  readonly eachMs: number | null;
}

export interface DestinationRingingEvents extends PersonRingingEvents {
  /** The person won't take it, and why. */
  readonly onPersonOver: (person: PersonRinging, reason: RingReason) => void;
}

/** One destination that is rung: a person, or a group at once or in turn. It rings on while anybody of it is left. */
export class DestinationRinging {
  readonly #deps: PersonRingingDeps;
  readonly #events: DestinationRingingEvents;
  readonly #order: RingOrder;
  readonly #persons: readonly PersonRinging[];
  #isStopped = false;

  constructor(deps: PersonRingingDeps, facts: RingFacts, order: RingOrder, events: DestinationRingingEvents) {
    this.#deps = deps;
    this.#events = events;
    this.#order = order;
    this.#persons = order.people.map((callee) => new PersonRinging(deps, callee, facts, events));
  }

  /** Resolves with why nobody took it, or once it was stopped. */
  async ring(): Promise<RingReason | 'stopped'> {
    const reasons = await (this.#order.eachMs === null ? this.#ringAll() : this.#ringInTurn(this.#order.eachMs));
    return this.#isStopped ? 'stopped' : reasonOfGroup(reasons);
  }

  /** The person, while they are rung. */
  ringingPerson(userId: UserId): PersonRinging | undefined {
    return this.#persons.find((person) => person.callee.id === userId && person.isRinging);
  }

  /** Everybody who is rung. */
  get ringingPersons(): readonly PersonRinging[] {
    return this.#persons.filter((person) => person.isRinging);
  }

  /** All are told this, but for the device `by`; what each is told may depend on whether they are `self`. */
  stop(
    end: Omit<IncomingCallEnd, 'callId'>,
    taker: { readonly userId: UserId; readonly deviceId: DeviceId } | null = null,
  ) {
    this.#isStopped = true;
    for (const person of this.#persons) {
      const isSelf = person.callee.id === taker?.userId;
      const takenBy = end.takenBy && { ...end.takenBy, isSelf };
      person.stop({ ...end, takenBy }, isSelf ? (taker?.deviceId ?? null) : null);
    }
  }

  pause(): void {
    for (const person of this.#persons) person.pause();
  }

  resume(): void {
    for (const person of this.#persons) person.resume();
  }

  async #ringAll(): Promise<readonly RingReason[]> {
    const { ringMs } = this.#order;
    return (await Promise.all(this.#persons.map((person) => this.#ringPerson(person, ringMs)))).flat();
  }

  async #ringInTurn(eachMs: number): Promise<readonly RingReason[]> {
    const { clock } = this.#deps;
    const endsAtMs = clock.now() + this.#order.ringMs;
    const reasons: RingReason[] = [];
    for (const person of this.#persons) {
      const leftMs = endsAtMs - clock.now();
      if (leftMs <= 0 || this.#isStopped) break;
      reasons.push(...(await this.#ringPerson(person, Math.min(eachMs, leftMs))));
    }
    return reasons;
  }

  async #ringPerson(person: PersonRinging, ringMs: number): Promise<readonly RingReason[]> {
    const reason = await person.ring(ringMs);
    if (reason === 'stopped') return [];
    this.#events.onPersonOver(person, reason);
    return [reason];
  }
}
