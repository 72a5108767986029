import type { CallId } from '../../../shared/domain/index.ts';
import { splitWithholding } from '../../phone-numbers/index.ts';
import { drop, Observable, type Readable } from '../../state/index.ts';
import { busyToneOf, dtmfToneOf, ringbackOf, type Tones, warningTone } from '../audio/index.ts';
import type { Connection, HelloAnswer } from '../connection/index.ts';
import type { PreparedOffer } from './CallAudio.ts';
import { CallSession, type CallSessionDeps } from './CallSession.ts';
import { type CalledLine, type ClientCall, isEnded, type RingingEnd } from './ClientCall.ts';
import { adoptedCall, answeredCall, newCall } from './reduceCall.ts';

export interface PhoneDeps extends CallSessionDeps {
  readonly connection: Connection;
  readonly tones: Tones;
  readonly newId: () => string;
  /** ISO 3166-1 alpha-2: whose ringback the person is used to. */
  readonly country: () => string;
  /** Caller ID that the person chose; null: the usual one. */
  readonly callerNumber: () => string | null;
  /** The person wants their number withheld from whomever they call. */
  readonly isNumberWithheld: () => boolean;
}

export interface DialRequest {
  /** As the person wrote it. With `*31#` or `#31#` in front, the number is withheld from this one call. */
  readonly destination: string;
  /** Name in the address book. */
  readonly name?: string | undefined;
  /** Shows the usual caller ID, whichever the person chose. */
  readonly isByUsualNumber?: boolean;
  /** Withholds the number from this one call. */
  readonly isNumberWithheld?: boolean;
}

/** An incoming call that the person takes. */
export type AnswerRequest = Pick<ClientCall, 'callId' | 'number' | 'name'> & { readonly called: CalledLine };

const ringbackVolume = 0.12;
const keyVolume = 0.08;
const busyTimes = 4;
/** Heard beside the other side's voice. */
const warningVolume = 0.06;

/**
 * The telephone of this page: one call at a time. The last call stays readable after its end until it is dismissed or
 * another is dialled.
 */
export class Phone {
  readonly #deps: PhoneDeps;
  readonly #call = new Observable<ClientCall | null>(null);
  readonly #stops: (() => void)[];
  #session: CallSession | null = null;
  #stopTone: (() => void) | null = null;
  #stopWaiting: (() => void) | null = null;
  /** Told by each hello; there is none before the first. */
  #reconnectWindowMs = 0;

  constructor(deps: PhoneDeps) {
    this.#deps = deps;
    const { connection } = deps;
    this.#stops = [
      connection.on('ready', (hello) => this.#connectionReady(hello)),
      connection.state.subscribe(() => this.#watchConnection()),
      connection.on('call:status', (status) => this.#sessionOf(status.callId)?.receive(status)),
      connection.on('media:codec', ({ callId, codec, payloadType }) =>
        this.#sessionOf(callId)?.followCodec(codec, payloadType),
      ),
      connection.on('media:restart', ({ callId }) => {
        const session = this.#sessionOf(callId);
        if (session) drop(session.renewAudio(), 'renewing the audio');
      }),
    ];
  }

  /** The present call, or the last one; null when there was none or it was dismissed. */
  get call(): Readable<ClientCall | null> {
    return this.#call;
  }

  get isInCall(): boolean {
    const call = this.#call.get();
    return call !== null && !isEnded(call);
  }

  /** Places a call. False when there is a call already: this telephone has one line. */
  dial({ destination, name, isByUsualNumber = false, isNumberWithheld = false }: DialRequest): boolean {
    if (this.isInCall) return false;
    const { newId, timers, callerNumber } = this.#deps;
    const { number, isWithheld } = splitWithholding(destination);
    const call = newCall({
      callId: newId() as CallId,
      number,
      name: name ?? null,
      isNumberWithheld: isNumberWithheld || isWithheld || this.#deps.isNumberWithheld(),
      startedAtMs: timers.now(),
    });
    const wish = { destination: number, callerNumber: isByUsualNumber ? null : callerNumber() };
    drop(this.#begin(call).dial(wish), 'dialling');
    return true;
  }

  /** Takes an incoming call; a call that is up is ended for it. */
  answer(request: AnswerRequest, prepared: Promise<PreparedOffer | null>): void {
    const { callId, number, name, called } = request;
    this.#leave();
    const call = answeredCall({ callId, number, name, called, startedAtMs: this.#deps.timers.now() });
    drop(this.#begin(call).answer(prepared), 'answering');
  }

  /** The bridge says that this call rings here no longer. */
  ringingEnded(callId: CallId, end: RingingEnd): void {
    this.#sessionOf(callId)?.ringingEnded(end);
  }

  hangUp(): void {
    if (this.#session) drop(this.#session.hangUp(), 'hanging up');
  }

  setMuted(isMuted: boolean): void {
    this.#session?.setMuted(isMuted);
  }

  /** Sends key tones into the call, and lets the person hear them. */
  sendDigit(digit: string): void {
    this.playKey(digit);
    this.#session?.sendDigits(digit);
  }

  /** The sound of a key, here alone. */
  playKey(digit: string): void {
    const tone = dtmfToneOf(digit);
    if (tone) this.#deps.tones.play(tone, { times: 1, volume: keyVolume });
  }

  /** Lets the person hear what a ringing telephone sounds like here: is the loudspeaker the right one? */
  playTest(): void {
    this.#deps.tones.play({ ...ringbackOf(this.#deps.country()), cadenceMs: [1200, 50] }, { times: 1, volume: 0.2 });
  }

  /** Forgets an ended call. */
  dismiss(): void {
    if (!this.isInCall) this.#call.set(null);
  }

  /** Idempotent. */
  close(): void {
    for (const stop of this.#stops) stop();
    this.#stopWaiting?.();
    this.#session?.close();
    this.#session = null;
    this.#silence();
    this.#call.set(null);
  }

  #begin(call: ClientCall): CallSession {
    const session = new CallSession(call, this.#deps);
    this.#session = session;
    this.#follow(call);
    session.state.subscribe(() => {
      if (this.#session === session) this.#follow(session.state.get());
    });
    return session;
  }

  /** Ends the present call to make room for another. Its sound goes at once, whatever the bridge says. */
  #leave(): void {
    if (this.#session === null || !this.isInCall) return;
    drop(this.#session.hangUp(), 'hanging up');
    this.#session.close();
    this.#silence();
  }

  #follow(call: ClientCall): void {
    const former = this.#call.get();
    this.#call.set(call);
    const isRinging = hasRingback(call);
    const wasRinging = former?.callId === call.callId && hasRingback(former);
    if (isRinging && !wasRinging) this.#sound(ringbackOf(this.#deps.country()), Number.POSITIVE_INFINITY);
    if (!isRinging && wasRinging) this.#silence();
    const wasWarned = former?.callId === call.callId && former.limit !== null;
    if (call.limit !== null && !wasWarned) this.#deps.tones.play(warningTone, { times: 1, volume: warningVolume });
    const isBusy = call.direction === 'outgoing' && call.end?.outcome === 'busy';
    if (isBusy && former?.end === null) this.#sound(busyToneOf(this.#deps.country()), busyTimes);
  }

  #sound(tone: Parameters<Tones['play']>[0], times: number): void {
    this.#silence();
    this.#stopTone = this.#deps.tones.play(tone, { times, volume: ringbackVolume });
  }

  #silence(): void {
    this.#stopTone?.();
    this.#stopTone = null;
  }

  /** The bridge holds a call for its window and no longer; who is away for so long has lost it. */
  #watchConnection(): void {
    const state = this.#deps.connection.state.get();
    if (state.kind === 'reconnecting') {
      this.#stopWaiting ??= this.#deps.timers.after(this.#reconnectWindowMs, () => this.#session?.connectionLost());
    } else {
      this.#stopWaiting?.();
      this.#stopWaiting = null;
    }
  }

  #connectionReady({ calls, reconnectWindowMs }: HelloAnswer): void {
    this.#reconnectWindowMs = reconnectWindowMs;
    const present = this.#session?.state.get();
    if (this.#session !== null && present !== undefined && !isEnded(present)) {
      this.#session.connectionReturned(calls.find(({ callId }) => callId === present.callId));
      return;
    }
    // A reload: the bridge kept the call of this tab.
    const kept = calls.find(
      ({ state, direction, answeredAt }) =>
        state !== 'ended' && state !== 'disconnecting' && (direction === 'outgoing' || answeredAt !== null),
    );
    if (kept) drop(this.#begin(adoptedCall(kept, this.#deps.connection.clockOffsetMs)).adopt(), 'taking over the call');
  }

  #sessionOf(callId: CallId): CallSession | null {
    return this.#session?.state.get().callId === callId ? this.#session : null;
  }
}

/** The called telephone rings, and this page makes the sound of it. */
function hasRingback(call: ClientCall): boolean {
  return call.direction === 'outgoing' && call.phase === 'ringing' && !call.hasEarlyMedia;
}
