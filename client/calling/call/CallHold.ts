import { toWireError } from '../../../shared/errors/index.ts';
import type { CallSignalling } from './CallSignalling.ts';
import type { CallEvent } from './reduceCall.ts';

export interface CallHoldDeps {
  readonly signalling: Pick<CallSignalling, 'hold'>;
  /** What the call looks like follows from this. */
  readonly apply: (event: CallEvent) => void;
  readonly now: () => number;
}

/**
 * Puts the other party on hold and takes it off again, as the person wished last: one request after another, and none for a wish
 * that was taken back meanwhile.
 */
export class CallHold {
  readonly #deps: CallHoldDeps;
  #wished: boolean | null = null;
  #asking: Promise<void> | null = null;

  constructor(deps: CallHoldDeps) {
    this.#deps = deps;
  }

  /** Resolves when the bridge has answered. Never throws: what went wrong is in the state. */
  async set(isOnHold: boolean): Promise<void> {
    this.#deps.apply({ type: 'holdWished', isOnHold, atMs: this.#deps.now() });
    this.#wished = isOnHold;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
    });
    await this.#asking;
  }

  async #ask(): Promise<void> {
    while (this.#wished !== null) {
      const wished = this.#wished;
      const problem = await this.#problemOf(this.#deps.signalling.hold(wished));
      if (this.#wished !== wished) continue;
      this.#wished = null;
      this.#deps.apply({ type: 'holdSettled', problem, atMs: this.#deps.now() });
    }
  }

  async #problemOf(asked: Promise<void>) {
    try {
      await asked;
      return null;
    } catch (error) {
      return toWireError(error);
    }
  }
}
