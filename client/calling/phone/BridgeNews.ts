import type { CallId } from '../../../shared/domain/index.ts';
import type { CallStatus } from '../../../shared/protocol/index.ts';
import { drop } from '../../state/index.ts';
import type { CallSessionDeps } from '../call/index.ts';
import type { Connection, HelloAnswer } from '../connection/index.ts';
import type { OpenCalls } from './OpenCalls.ts';

export interface BridgeNewsDeps {
  readonly connection: Connection;
  readonly timers: CallSessionDeps['timers'];
  readonly open: OpenCalls;
  /** The person has hung up, whatever the bridge still knows of the call. */
  readonly isDoneWith: (callId: CallId) => boolean;
  /** The bridge kept this call for the tab. */
  readonly adopt: (status: CallStatus) => void;
}

/** What the bridge tells of the calls of this page, and what becomes of them while it can't be heard. */
export class BridgeNews {
  readonly #deps: BridgeNewsDeps;
  readonly #stops: (() => void)[];
  #stopWaiting: (() => void) | null = null;
  /** Told by each hello; there is none before the first. */
  #reconnectWindowMs = 0;

  constructor(deps: BridgeNewsDeps) {
    this.#deps = deps;
    this.#stops = this.#listen(deps.connection);
  }

  /** Idempotent. */
  close(): void {
    for (const stop of this.#stops) stop();
    this.#stopWaiting?.();
  }

  #listen(connection: Connection): (() => void)[] {
    return [
      connection.on('ready', (hello) => this.#ready(hello)),
      connection.state.subscribe(() => this.#watchConnection()),
      connection.on('call:status', (status) => this.#deps.open.find(status.callId)?.receive(status)),
      connection.on('media:codec', ({ callId, codec, payloadType }) =>
        this.#deps.open.find(callId)?.followCodec(codec, payloadType),
      ),
      connection.on('media:restart', ({ callId }) => {
        const session = this.#deps.open.find(callId);
        if (session) drop(session.restartAudio(), 'renewing the audio');
      }),
      connection.on('media:answer', ({ callId, answer }) => {
        const session = this.#deps.open.find(callId);
        if (session) drop(session.acceptAnswer(answer), 'connecting with the gateway');
      }),
      connection.on('call:moved', ({ callId, to }) => this.#deps.open.find(callId)?.movedTo(to.name)),
    ];
  }

  /** The bridge holds a call for its window and no longer; who is away for so long has lost it. */
  #watchConnection(): void {
    const state = this.#deps.connection.state.get();
    if (state.kind === 'reconnecting') {
      const lose = () => {
        for (const session of this.#deps.open.sessions) session.connectionLost();
      };
      this.#stopWaiting ??= this.#deps.timers.after(this.#reconnectWindowMs, lose);
    } else {
      this.#stopWaiting?.();
      this.#stopWaiting = null;
    }
  }

  #ready({ calls, elsewhere, reconnectWindowMs }: HelloAnswer): void {
    const { open, isDoneWith, adopt } = this.#deps;
    this.#reconnectWindowMs = reconnectWindowMs;
    const known = open.sessions.map((session) => ({ session, callId: session.state.get().callId }));
    for (const { session, callId } of known) {
      const taken = elsewhere.calls.find((call) => call.callId === callId);
      if (taken) session.movedTo(taken.device.name);
      else session.connectionReturned(calls.find((status) => status.callId === callId));
    }
    // A reload: the bridge kept the calls of this tab. Whom the person talked to comes last, and so in front.
    const kept = calls
      .filter((status) => isKept(status) && !isDoneWith(status.callId) && open.find(status.callId) === null)
      .toSorted((a, b) => Number(b.isOnHold) - Number(a.isOnHold));
    for (const status of kept) adopt(status);
  }
}

/** A call that goes on where the page was reloaded. One that only rings here is told of by other means. */
function isKept({ state, direction, answeredAt }: HelloAnswer['calls'][number]): boolean {
  return state !== 'ended' && state !== 'disconnecting' && (direction === 'outgoing' || answeredAt !== null);
}
