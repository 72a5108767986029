import { EventEmitter } from 'node:events';
import type { CallId } from '../../../shared/domain/index.ts';
import type { NotificationName, NotificationPayload } from '../../../shared/protocol/index.ts';
import type { MediaSession } from '../../media-relay/index.ts';
import type { Clock, Timer } from '../../observability/index.ts';
import type { ClientChannel } from '../CallServer.ts';

export interface ClientLegDeps {
  readonly media: MediaSession;
  readonly clock: Clock;
}

export interface ClientLegOptions {
  readonly callId: CallId;
  /** How long the call is held for a client or an audio connection that went, in milliseconds. */
  readonly reconnectWindowMs: number;
}

export type ClientLoss = 'socket' | 'media';

export interface ClientLegEvents {
  /** Audio with the browser is up, for the first time or again. */
  mediaConnected: [];
  /** The socket or the audio went; the call is held. */
  holding: [ClientLoss];
  /** It did not come back within the window: the call has lost its reason. Emitted at most once for each. */
  lost: [ClientLoss];
}

/** The non-native side of a call ("call master"): the device's channel and its audio connection. */
export class ClientLeg extends EventEmitter<ClientLegEvents> {
  readonly #deps: ClientLegDeps;
  readonly #options: ClientLegOptions;
  readonly #holds = new Map<ClientLoss, { readonly timer: Timer; readonly untilMs: number }>();
  #channel: ClientChannel | null;
  #isClosed = false;
  /** Offers are answered one after another: each replaces the browser's side. Undefined while none is being answered. */
  #answering: Promise<unknown> | undefined;

  constructor(deps: ClientLegDeps, options: ClientLegOptions, channel: ClientChannel | null) {
    super();
    this.#deps = deps;
    this.#options = options;
    this.#channel = channel;
    deps.media.on('browserConnected', () => {
      this.#release('media');
      this.emit('mediaConnected');
    });
    deps.media.on('browserDisconnected', () => this.#hold('media'));
    deps.media.on('workerLost', () => {
      this.#hold('media');
      this.notify('media:restart', { callId: options.callId });
    });
    deps.media.on('codecChosen', ({ codec, payloadType }) =>
      this.notify('media:codec', { callId: options.callId, codec, payloadType }),
    );
    // A browser whose audio never comes up is as lost as one whose audio went.
    this.#startTimer('media');
  }

  /** The device is not connected: the call ends then (milliseconds since the epoch) unless one comes; null: it is. */
  get heldUntilMs(): number | null {
    return this.#holds.get('socket')?.untilMs ?? null;
  }

  notify<Name extends NotificationName>(name: Name, payload: NotificationPayload<Name>): void {
    this.#channel?.notify(name, payload);
  }

  /** @throws MediaError as `MediaSession.acceptBrowserOffer` */
  acceptOffer(offer: string): Promise<string> {
    return this.answerInTurn(() => this.#deps.media.acceptBrowserOffer(offer));
  }

  answerInTurn<Answer>(accept: () => Promise<Answer>): Promise<Answer> {
    // The first is given to the relay at once: what the browser speaks has to be known when the gateway's offer is written.
    const answer = this.#answering ? this.#answering.then(accept, accept) : accept();
    this.#answering = answer;
    const done = () => {
      if (this.#answering === answer) this.#answering = undefined;
    };
    answer.then(done, done);
    return answer;
  }

  /** Whether audio with the browser is to be there, or to come, within the window. Once more is no change. */
  expectAudio(isExpected: boolean): void {
    if (!isExpected) this.#release('media');
    else if (!this.#isClosed && !this.#holds.has('media')) this.#startTimer('media');
  }

  attach(channel: ClientChannel): void {
    this.#channel = channel;
    this.#release('socket');
  }

  detach(): void {
    this.#channel = null;
    this.#hold('socket');
  }

  /** The call is none of a device's any more: nobody is told of it, and nobody is waited for. */
  leave(): void {
    this.close();
    this.#channel = null;
  }

  /** Stops the timers; the media session is its owner's to close. Idempotent. */
  close(): void {
    this.#isClosed = true;
    for (const { timer } of this.#holds.values()) this.#deps.clock.clearTimeout(timer);
    this.#holds.clear();
  }

  #hold(what: ClientLoss): void {
    if (this.#isClosed || this.#holds.has(what)) return;
    this.#startTimer(what);
    this.emit('holding', what);
  }

  #startTimer(what: ClientLoss): void {
    const { clock } = this.#deps;
    const { reconnectWindowMs } = this.#options;
    const timer = clock.setTimeout(() => {
      this.#holds.delete(what);
      this.emit('lost', what);
    }, reconnectWindowMs);
    this.#holds.set(what, { timer, untilMs: clock.now() + reconnectWindowMs });
  }

  #release(what: ClientLoss): void {
    this.#deps.clock.clearTimeout(this.#holds.get(what)?.timer);
    this.#holds.delete(what);
  }
}
