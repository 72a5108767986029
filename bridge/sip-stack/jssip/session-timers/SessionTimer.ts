import type { SipRequest, SipResponse } from '../../message/index.ts';
import { MIN_SECONDS, readMinSeconds, readSessionExpires } from './sessionExpires.ts';

type Header = readonly [name: string, value: string];

interface SessionTimerDeps {
  /** What we ask for; null: only what the gateway asks for. */
  readonly wantedSeconds: number | null;
  /** Runs once after the delay; returns how to stop it. */
  readonly startTimer: (delayMs: number, callback: () => void) => () => void;
  /** Refreshes the session; false where that came to nothing. */
  readonly refresh: () => Promise<boolean>;
  /** Nobody has refreshed it in time. */
  readonly onExpired: () => void;
}

/** After a refresh that was refused; until the session expires. */
const RETRY_MS = 10_000;
/** What a gateway says below this would have us send without end. */
const SHORTEST_SECONDS = 20;

/**
 * The session timer of one call (RFC 4028): what is said of it in requests and answers, and who refreshes when. Each INVITE and UPDATE
 * that succeeds settles it anew.
 *
 *   off <--settled without--> running: ours refreshes after half of the interval, theirs must before the last third, or 32 s, of it
 */
export class SessionTimer {
  readonly #deps: SessionTimerDeps;
  #minSeconds = MIN_SECONDS;
  #running: { readonly seconds: number; readonly isOurs: boolean } | null = null;
  #stopRefresh: () => void = () => {};
  #stopExpiry: () => void = () => {};
  /** Counts how often it was settled. */
  #round = 0;
  #isClosed = false;

  constructor(deps: SessionTimerDeps) {
    this.#deps = deps;
  }

  /** For an INVITE or UPDATE of ours. */
  requestHeaders(): Header[] {
    const asked = this.#running?.seconds ?? this.#deps.wantedSeconds;
    if (asked === null) return [];
    const refresher = this.#running === null ? '' : `;refresher=${this.#running.isOurs ? 'uac' : 'uas'}`;
    const minimum: Header[] = this.#minSeconds > MIN_SECONDS ? [['Min-SE', String(this.#minSeconds)]] : [];
    return [['Session-Expires', `${Math.max(asked, this.#minSeconds)}${refresher}`], ...minimum];
  }

  /** A 2xx to it. */
  settle(response: SipResponse): void {
    const agreed = readSessionExpires(response);
    const { wantedSeconds } = this.#deps;
    if (agreed !== null) this.#run({ seconds: agreed.seconds, isOurs: agreed.refresher !== 'uas' });
    // The gateway doesn't know timers. Our refreshes show all the same whether it still knows the call.
    else this.#run(wantedSeconds === null ? null : { seconds: wantedSeconds, isOurs: true });
  }

  /** A 422 to it (section 7.4): whether a longer interval is worth another try. */
  learn(response: SipResponse): boolean {
    const minimum = readMinSeconds(response);
    const asked = this.#running?.seconds ?? this.#deps.wantedSeconds;
    if (asked === null || minimum <= Math.max(asked, this.#minSeconds)) return false;
    this.#minSeconds = minimum;
    if (this.#running !== null) this.#running = { ...this.#running, seconds: minimum };
    return true;
  }

  /** For our 2xx to an INVITE or UPDATE of theirs, which settles it (section 9). */
  answerHeaders(request: SipRequest): Header[] {
    const asked = readSessionExpires(request);
    const isKnown = request.headers.lists('Supported', 'timer');
    const seconds = asked?.seconds ?? this.#deps.wantedSeconds;
    if (seconds === null) {
      this.#run(null);
      return [];
    }
    // Whoever doesn't know timers can't refresh.
    const isOurs = !isKnown || (asked?.refresher ?? 'uas') === 'uas';
    const running = { seconds: Math.max(seconds, readMinSeconds(request)), isOurs };
    this.#run(running);
    const said: Header = ['Session-Expires', `${running.seconds};refresher=${isOurs ? 'uas' : 'uac'}`];
    return isOurs ? [said] : [said, ['Require', 'timer']];
  }

  /** The call is over. Idempotent. */
  close(): void {
    this.#isClosed = true;
    this.#run(null);
  }

  #run(running: { seconds: number; isOurs: boolean } | null): void {
    this.#stopRefresh();
    this.#stopExpiry();
    this.#round += 1;
    this.#running = this.#isClosed ? null : running;
    if (this.#running === null) return;
    const seconds = Math.max(SHORTEST_SECONDS, this.#running.seconds);
    const expiresMs = (seconds - Math.min(32, seconds / 3)) * 1000;
    this.#stopExpiry = this.#deps.startTimer(expiresMs, () => {
      this.#run(null);
      this.#deps.onExpired();
    });
    if (this.#running.isOurs) this.#refreshAfter((seconds / 2) * 1000);
  }

  #refreshAfter(delayMs: number): void {
    this.#stopRefresh = this.#deps.startTimer(delayMs, async () => {
      const round = this.#round;
      const isRefreshed = await this.#deps.refresh();
      // Settled anew meanwhile, or over.
      if (!isRefreshed && this.#round === round) this.#refreshAfter(RETRY_MS);
    });
  }
}
