import type { CancelTimer, TimerSet } from '../TimerSet.ts';

/** RFC 5626 section 4.4.1 has 95 to 120 s; most NATs and firewalls forget a silent connection sooner. */
export const PING_EVERY_MS = 25_000;
/** RFC 5626 section 4.4.1. */
export const PONG_WITHIN_MS = 10_000;

interface KeepAliveDeps {
  readonly timers: TimerSet;
  /** Sends CRLF CRLF. */
  readonly ping: () => void;
  readonly onDead: () => void;
}

/**
 * Pings a connection that we keep, so that it stays open on its way, and a dead one is found before a call needs it. Many gateways
 * don't answer pings at all: silence counts only from one that has answered before.
 */
export class KeepAlive {
  readonly #deps: KeepAliveDeps;
  #cancel: CancelTimer = () => {};
  #answersPings = false;

  constructor(deps: KeepAliveDeps) {
    this.#deps = deps;
    this.#wait();
  }

  /** CRLF came that we had asked for. */
  pong(): void {
    this.#answersPings = true;
  }

  /** Anything came at all: it lives. */
  heard(): void {
    this.#cancel();
    this.#wait();
  }

  stop(): void {
    this.#cancel();
  }

  #wait(): void {
    this.#cancel = this.#deps.timers.start(PING_EVERY_MS, () => {
      this.#cancel = this.#deps.timers.start(PONG_WITHIN_MS, () => this.#silent());
      this.#deps.ping();
    });
  }

  #silent(): void {
    if (this.#answersPings) this.#deps.onDead();
    else this.heard();
  }
}
