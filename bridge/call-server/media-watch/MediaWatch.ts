import { type Clock, drop, type Logger, type Timer } from '../../observability/index.ts';
import { SipRequestError } from '../../sip-stack/index.ts';
import type { CallWatch, CallWatcher, WatchedCall } from '../call-handler/index.ts';

export interface MediaWatchDeps {
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface MediaWatchOptions {
  /** For how long nothing may be heard of either side before the call is ended, in milliseconds. */
  readonly deadCallMs: number;
}

/** How often a gateway that sends no audio is asked whether it still has the call, in milliseconds. */
const askAgainMs = 30_000;

type Side = 'browser' | 'gateway';

/**
 * Ends calls in which nobody can be talking any more. Where neither side sends audio the call is over after a while (`mediaLost`).
 * Where only the gateway sends none it may just be silent, so it is asked by a re-INVITE that changes nothing: one that no longer
 * knows the call (481), or says nothing at all, has lost it (`gatewayLost`). Nobody has to send anything in a call that is on hold.
 */
export class MediaWatch implements CallWatch {
  readonly #deps: MediaWatchDeps;
  readonly #options: MediaWatchOptions;
  readonly #call: WatchedCall;
  readonly #silent = new Set<Side>();
  #deadTimer: Timer | undefined;
  #askTimer: Timer | undefined;
  #isAsking = false;
  #isClosed = false;

  constructor(deps: MediaWatchDeps, options: MediaWatchOptions, call: WatchedCall) {
    this.#deps = deps;
    this.#options = options;
    this.#call = call;
    call.media.on('audioStopped', this.#onStopped);
    call.media.on('audioResumed', this.#onResumed);
  }

  close(): void {
    this.#isClosed = true;
    this.#call.media.off('audioStopped', this.#onStopped);
    this.#call.media.off('audioResumed', this.#onResumed);
    this.#stopTimers();
  }

  readonly #onStopped = ({ from }: { from: Side }): void => {
    this.#call.reporter.event('audioStopped', { from });
    this.#silent.add(from);
    if (from === 'gateway') this.#ask();
    if (this.#silent.size === 2) this.#waitForLife();
  };

  readonly #onResumed = ({ from }: { from: Side }): void => {
    this.#call.reporter.event('audioResumed', { from });
    this.#silent.delete(from);
    this.#deps.clock.clearTimeout(this.#deadTimer);
    this.#deadTimer = undefined;
    if (from === 'gateway') {
      this.#deps.clock.clearTimeout(this.#askTimer);
      this.#askTimer = undefined;
    }
  };

  /** Nobody is expected to send before the answer, or on hold. */
  get #isTalking(): boolean {
    const { state, isOnHold, isHeldByOther } = this.#call.reporter.status;
    return state === 'established' && !isOnHold && !isHeldByOther;
  }

  #waitForLife(): void {
    const { clock } = this.#deps;
    this.#deadTimer = clock.setTimeout(() => {
      // What wasn't to be expected is waited for anew.
      if (this.#isTalking) this.#call.end('mediaLost');
      else this.#waitForLife();
    }, this.#options.deadCallMs);
  }

  #ask(): void {
    const { clock, logger } = this.#deps;
    clock.clearTimeout(this.#askTimer);
    this.#askTimer = clock.setTimeout(() => this.#ask(), askAgainMs);
    if (!this.#isTalking || this.#isAsking) return;
    this.#isAsking = true;
    drop(this.#judgeAnswer(), logger, 'asking a gateway whether it still has a call');
  }

  async #judgeAnswer(): Promise<void> {
    try {
      await this.#call.gatewayLeg.reoffer({ direction: 'sendrecv' });
    } catch (error) {
      if (!this.#isClosed && isLoss(error)) this.#call.end('gatewayLost');
    } finally {
      this.#isAsking = false;
    }
  }

  #stopTimers(): void {
    this.#deps.clock.clearTimeout(this.#deadTimer);
    this.#deps.clock.clearTimeout(this.#askTimer);
  }
}

/** Any other answer is one, too: the gateway has the call and doesn't like our offer. */
function isLoss(error: unknown): boolean {
  return error instanceof SipRequestError && (error.status === null || error.status === 408 || error.status === 481);
}

export function mediaWatcher(deps: MediaWatchDeps, options: MediaWatchOptions): CallWatcher {
  return (call) => new MediaWatch(deps, options, call);
}
