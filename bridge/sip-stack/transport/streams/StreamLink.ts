import type { Link } from '../links/Link.ts';
import type { CancelTimer, TimerSet } from '../TimerSet.ts';
import type { StreamConnection } from './StreamConnection.ts';

interface StreamLinkOptions {
  /** The connection to use for the first message. */
  readonly connection: StreamConnection;
  /** An open or opening connection to the same place, other than one that was lost; null where none can be made. */
  readonly reconnect: () => StreamConnection | null;
  /** For a message that must not get lost: while no connection can be made it is tried again, until the link is released. */
  readonly timers?: TimerSet;
}

/** Pause between tries to connect. */
const RETRY_MS = 1000;

/**
 * A transaction's use of a TCP connection. One that is lost after it was open is made anew once, and the last unanswered text
 * is sent again: a kept connection may have been closed by the other side in the very moment we wrote (RFC 3261 section 18.4 asks
 * to try before failing; repeats are absorbed by their branch).
 */
export class StreamLink implements Link {
  readonly isReliable = true;
  onFailed: (reason: string) => void = () => {};
  readonly #reconnect: () => StreamConnection | null;
  #connection: StreamConnection;
  #lastUnanswered: string | null = null;
  #hasRetried = false;
  readonly #timers: TimerSet | undefined;
  #cancelRetry: CancelTimer = () => {};
  readonly #onClosed = (end: { reason: string; wasOpen: boolean }): void => this.#lost(end);

  constructor(options: StreamLinkOptions) {
    this.#connection = options.connection;
    this.#timers = options.timers;
    this.#reconnect = options.reconnect;
    this.#connection.once('closed', this.#onClosed);
  }

  send(text: string): void {
    this.#lastUnanswered = text;
    if (this.#connection.isClosed && !this.#renew()) process.nextTick(() => this.#fail('the connection was lost'));
    else this.#connection.send(text);
  }

  answered(): void {
    this.#lastUnanswered = null;
  }

  release(): void {
    this.#connection.off('closed', this.#onClosed);
    this.#cancelRetry();
    this.onFailed = () => {};
  }

  #lost(end: { reason: string; wasOpen: boolean }): void {
    if (!end.wasOpen && this.#timers !== undefined && this.#lastUnanswered !== null) {
      this.#cancelRetry = this.#timers.start(RETRY_MS, () => this.#retry(end.reason));
      return;
    }
    if (!end.wasOpen || this.#hasRetried || !this.#renew()) {
      this.#fail(end.reason);
      return;
    }
    this.#hasRetried = true;
    if (this.#lastUnanswered !== null) this.#connection.send(this.#lastUnanswered);
  }

  #retry(reason: string): void {
    if (!this.#renew()) this.#fail(reason);
    else if (this.#lastUnanswered !== null) this.#connection.send(this.#lastUnanswered);
  }

  #fail(reason: string): void {
    const { onFailed } = this;
    this.release();
    onFailed(reason);
  }

  /** False where there is no way back. */
  #renew(): boolean {
    const connection = this.#reconnect();
    if (connection === null) return false;
    this.#connection.off('closed', this.#onClosed);
    this.#connection = connection;
    connection.once('closed', this.#onClosed);
    return true;
  }
}
