import type { NumberDestination, NumberEntry } from '../../../../shared/admin/index.ts';
import type { NumberId } from '../../../../shared/domain/index.ts';
import type { NumberBook } from '../numbers/NumberBook.ts';
import { movesOn, type RingReason } from './RingReason.ts';
import { nextPlanState, type PlanEvent, type PlanState } from './ringPlan.ts';

/** A destination that is to be tried. */
export interface PlanStep<Kind extends NumberDestination['kind'] = NumberDestination['kind']> {
  /** The number of ours whose destination it is. */
  readonly number: NumberEntry;
  readonly destination: Extract<NumberDestination, { readonly kind: Kind }>;
  readonly ringMs: number;
}

export interface PlanRunnerDeps {
  readonly book: Pick<NumberBook, 'find' | 'has' | 'isOpen'>;
  /** Rings people until they took the call (`stopped`) or didn't. */
  readonly ringPeople: (step: PlanStep<'user' | 'group'>) => Promise<RingReason | 'stopped'>;
  readonly callTelephone: (step: PlanStep<'telephone'>) => Promise<RingReason | 'stopped'>;
  readonly event: (type: string, detail?: Readonly<Record<string, unknown>>) => void;
}

/** How often a call may be sent on from one number of ours to another. */
const mostHops = 5;

/** Leads one call through the plans of the numbers that it comes to. Numbers of ours that forward to each other never leave the bridge. */
export class PlanRunner {
  readonly #deps: PlanRunnerDeps;
  #isAbandoned = false;

  constructor(deps: PlanRunnerDeps) {
    this.#deps = deps;
  }

  /** Resolves with why nobody took the call, or `stopped` when somebody did or the call was abandoned. */
  run(number: NumberEntry): Promise<RingReason | 'stopped'> {
    return this.#runNumber(number, [number.id]);
  }

  /** The caller doesn't want it any more: nothing further is tried. */
  abandon(): void {
    this.#isAbandoned = true;
  }

  /** `path` are the numbers that lead here, this one last. */
  async #runNumber(number: NumberEntry, path: readonly NumberId[]): Promise<RingReason | 'stopped'> {
    const { otherwise } = number;
    let state: PlanState = 'waiting';
    const move = (event: PlanEvent) => {
      state = nextPlanState(state, event);
    };
    const after = (result: RingReason | 'stopped'): PlanEvent => {
      if (this.#isAbandoned) return 'abandoned';
      if (result === 'stopped') return 'taken';
      return (state === 'waiting' || state === 'first') && movesOn(result, otherwise) ? 'movedOn' : 'exhausted';
    };
    let result: RingReason | 'stopped' = 'closed';
    if (this.#deps.book.isOpen(number)) {
      move('opened');
      result = await this.#try({ number, destination: number.destination, ringMs: number.ringSeconds * 1000 }, path);
    } else {
      this.#deps.event('outsideHours', { number: number.id });
    }
    move(after(result));
    if ((state as PlanState) === 'second' && otherwise !== null) {
      this.#deps.event('movedOn', { number: number.id, reason: result });
      const { destination, ringSeconds } = otherwise;
      result = await this.#try({ number, destination, ringMs: ringSeconds * 1000 }, path);
      move(after(result));
    }
    return (state as PlanState) === 'abandoned' ? 'stopped' : result;
  }

  async #try(step: PlanStep, path: readonly NumberId[]): Promise<RingReason | 'stopped'> {
    const { destination, ...rest } = step;
    if (destination.kind !== 'telephone') return this.#deps.ringPeople({ ...rest, destination });
    const own = this.#deps.book.find([destination.number]);
    if (own === undefined) {
      if (!this.#deps.book.has(destination.number)) return this.#deps.callTelephone({ ...rest, destination });
      // The network would only bring it back to us, who say that there is no such number.
      this.#deps.event('switchedOff', { number: destination.number });
      return 'wrongNumber';
    }
    const isLoop = path.includes(own.id) || path.length > mostHops;
    this.#deps.event(isLoop ? 'loopFound' : 'sentOn', { number: own.id });
    return isLoop ? 'loop' : this.#runNumber(own, [...path, own.id]);
  }
}
