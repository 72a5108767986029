import type { Clock, Timer } from '../observability/index.ts';
import { expiryNoticeMs, helloTimeoutMs } from './ClientGatewayDeps.ts';

/** Timers of the runtime hold 31 bits. */
const longestTimerMs = 2 ** 31 - 1;

export interface ConnectionTermListener {
  /** The token runs out soon (milliseconds since the epoch): time for a new one. */
  onExpiring(expiresAtMs: number): void;
  /** No hello came in time, or the token ran out. */
  onOver(reason: string): void;
}

/** For how long a connection may stay: a short time until its hello, and then as long as its token is good. */
export class ConnectionTerm {
  readonly #clock: Clock;
  readonly #listener: ConnectionTermListener;
  #endTimer: Timer | undefined;
  #noticeTimer: Timer | undefined;

  constructor(clock: Clock, listener: ConnectionTermListener) {
    this.#clock = clock;
    this.#listener = listener;
    this.#endTimer = clock.setTimeout(() => listener.onOver('no hello'), helloTimeoutMs);
  }

  /** A token was accepted, which is good until then (milliseconds since the epoch). */
  renew(expiresAtMs: number): void {
    this.close();
    const leftMs = Math.min(longestTimerMs, Math.max(0, expiresAtMs - this.#clock.now()));
    const noticeMs = leftMs - Math.min(expiryNoticeMs, leftMs / 2);
    this.#noticeTimer = this.#clock.setTimeout(() => this.#listener.onExpiring(expiresAtMs), noticeMs);
    this.#endTimer = this.#clock.setTimeout(() => this.#listener.onOver('the access token ran out'), leftMs);
  }

  /** Idempotent. */
  close(): void {
    this.#clock.clearTimeout(this.#endTimer);
    this.#clock.clearTimeout(this.#noticeTimer);
  }
}
