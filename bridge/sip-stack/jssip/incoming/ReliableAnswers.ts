import type { SipRequest, SipResponse } from '../../message/index.ts';

interface ReliableAnswersDeps {
  /** Runs once after the delay; returns how to stop it. */
  readonly startTimer: (delayMs: number, callback: () => void) => () => void;
  readonly send: (response: SipResponse) => void;
  /** Below 2**31 (RFC 3262 section 3). */
  readonly firstSequence: number;
  readonly inviteSequence: number;
  /** No PRACK came within 64*T1: the INVITE is to be refused. */
  readonly onSilence: () => void;
}

const T1_MS = 500;
const LIFETIME_MS = 64 * T1_MS;

interface Waiting {
  readonly response: SipResponse;
  readonly onAcknowledged: (prack: SipRequest) => void;
}

/** Provisional responses of ours that are repeated until their PRACK (RFC 3262 section 3), one at a time. */
export class ReliableAnswers {
  readonly #deps: ReliableAnswersDeps;
  readonly #queue: Waiting[] = [];
  #sequence: number;
  #stopRepeat: () => void = () => {};
  #stopLife: () => void = () => {};
  #whenDone: (() => void)[] = [];

  constructor(deps: ReliableAnswersDeps) {
    this.#deps = deps;
    this.#sequence = deps.firstSequence;
  }

  /** Adds Require and RSeq. The second waits until the first was acknowledged. */
  say(response: SipResponse, onAcknowledged: (prack: SipRequest) => void = () => {}): void {
    response.headers.append('Require', '100rel').append('RSeq', String(this.#sequence));
    this.#sequence += 1;
    this.#queue.push({ response, onAcknowledged });
    if (this.#queue.length === 1) this.#sendFirst();
  }

  /** Runs once everything was acknowledged; at once where nothing waits. */
  whenDone(callback: () => void): void {
    if (this.#queue.length === 0) callback();
    else this.#whenDone.push(callback);
  }

  /** Status of the answer to a PRACK: 481 where it is for nothing that waits. */
  take(prack: SipRequest): 200 | 481 {
    const [first] = this.#queue;
    const rack = /^(\d{1,10})\s+(\d{1,10})\s+INVITE$/i.exec(prack.headers.get('RAck')?.trim() ?? '');
    if (first === undefined || rack === null) return 481;
    const isMeant = rack[1] === first.response.headers.get('RSeq') && Number(rack[2]) === this.#deps.inviteSequence;
    if (!isMeant) return 481;
    this.#stopTimers();
    this.#queue.shift();
    first.onAcknowledged(prack);
    if (this.#queue.length > 0) this.#sendFirst();
    else for (const callback of this.#whenDone.splice(0)) callback();
    return 200;
  }

  /** The INVITE has its final answer. */
  stop(): void {
    this.#stopTimers();
    this.#queue.length = 0;
    this.#whenDone = [];
  }

  #sendFirst(): void {
    this.#stopLife = this.#deps.startTimer(LIFETIME_MS, () => {
      this.stop();
      this.#deps.onSilence();
    });
    this.#send(T1_MS);
  }

  #send(nextAfterMs: number): void {
    const [first] = this.#queue;
    if (first === undefined) return;
    this.#deps.send(first.response);
    this.#stopRepeat = this.#deps.startTimer(nextAfterMs, () => this.#send(nextAfterMs * 2));
  }

  #stopTimers(): void {
    this.#stopRepeat();
    this.#stopLife();
  }
}
