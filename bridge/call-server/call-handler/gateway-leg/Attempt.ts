import { EventEmitter } from 'node:events';
import type { Clock, Timer } from '../../../observability/index.ts';
import type { IncomingReferral, SipCall, SipCallEnd } from '../../../sip-stack/index.ts';
import type { AttemptFailure } from './AttemptFailure.ts';

export interface AttemptDeps {
  /** Just invited: nothing of it has been heard yet. */
  readonly call: SipCall;
  readonly clock: Clock;
}

export interface AttemptTimeouts {
  /** How long the destination may say nothing at all, in milliseconds. */
  readonly firstResponseMs: number;
  /** How long it may take to its first 18x or final answer once it has said 100, in milliseconds. */
  readonly progressMs: number;
}

export interface AttemptEvents {
  sent: [];
  /** The first 18x or the answer: so long after the INVITE, in milliseconds. Once, before its `progressed` or `answered`. */
  heard: [postDialDelayMs: number];
  progressed: [{ status: number; sdp: string | null }];
  answered: [sdp: string];
  /** Terminal, before `answered`. */
  failed: [AttemptFailure];
  /** The gateway asks us to call somebody else in its stead. */
  referred: [IncomingReferral];
  /** Keys by SIP INFO. */
  digitsPressed: [digits: string];
  /** Terminal, after `answered`. */
  ended: [SipCallEnd];
}

/** One INVITE to one destination of a gateway. What comes after it was given up is dealt with by the SIP stack alone. */
export class Attempt extends EventEmitter<AttemptEvents> {
  readonly call: SipCall;
  readonly #clock: Clock;
  readonly #timeouts: AttemptTimeouts;
  readonly #startedAtMs: number;
  #timer: Timer | undefined;
  #isHeard = false;
  #isOver = false;

  constructor({ call, clock }: AttemptDeps, timeouts: AttemptTimeouts) {
    super();
    this.call = call;
    this.#clock = clock;
    this.#timeouts = timeouts;
    this.#startedAtMs = clock.now();
    this.#listen();
    this.#giveUpAfter(timeouts.firstResponseMs, { kind: 'timeout' });
  }

  /** CANCEL; `failed: cancelled` follows when the gateway confirms it. */
  cancel(): void {
    this.#stopTimer();
    this.call.cancel();
  }

  /** It is nobody's any more: it is cancelled, and nothing of it is told from here on. Idempotent. */
  abandon(): void {
    if (this.#isOver) return;
    this.#over();
    this.call.cancel();
  }

  #listen(): void {
    const { call } = this;
    const whileOn = <Args extends unknown[]>(listener: (...args: Args) => void) => {
      return (...args: Args) => {
        if (!this.#isOver) listener(...args);
      };
    };
    call.on(
      'sent',
      whileOn(() => this.emit('sent')),
    );
    call.on(
      'trying',
      whileOn(() => this.#trying()),
    );
    call.on(
      'progress',
      whileOn(({ status, sdp }) => {
        this.#heard();
        this.emit('progressed', { status, sdp });
      }),
    );
    call.on(
      'answered',
      whileOn(({ sdp }) => {
        this.#heard();
        this.emit('answered', sdp);
      }),
    );
    call.on(
      'failed',
      whileOn((failure) => this.#failed(failure)),
    );
    call.on(
      'referred',
      whileOn((referral) => this.emit('referred', referral)),
    );
    call.on(
      'digitsPressed',
      whileOn((digits) => this.emit('digitsPressed', digits)),
    );
    call.on(
      'ended',
      whileOn((end) => {
        this.#over();
        this.emit('ended', end);
      }),
    );
  }

  #trying(): void {
    if (!this.#isHeard && this.#timer) this.#giveUpAfter(this.#timeouts.progressMs, { kind: 'stalled' });
  }

  #heard(): void {
    this.#stopTimer();
    if (this.#isHeard) return;
    this.#isHeard = true;
    this.emit('heard', this.#clock.now() - this.#startedAtMs);
  }

  #failed(failure: AttemptFailure): void {
    this.#over();
    this.emit('failed', failure);
  }

  #giveUpAfter(delayMs: number, failure: AttemptFailure): void {
    this.#stopTimer();
    this.#timer = this.#clock.setTimeout(() => {
      this.abandon();
      this.emit('failed', failure);
    }, delayMs);
  }

  #stopTimer(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #over(): void {
    this.#isOver = true;
    this.#stopTimer();
  }
}
