import type { CodecName } from '../../../shared/domain/index.ts';
import { DialbridgeError, toWireError } from '../../../shared/errors/index.ts';
import type { CallStatus } from '../../../shared/protocol/index.ts';
import { Observable, type Readable } from '../../state/index.ts';
import type { Connection } from '../connection/index.ts';
import type { Microphone, PeerMedia } from '../media/index.ts';
import { CallAudio, type CallAudioDeps, type PreparedOffer } from './CallAudio.ts';
import { CallHold } from './CallHold.ts';
import { CallSignalling, type DialDetails, type HangUps, type TransferTarget } from './CallSignalling.ts';
import { CallStart, type CallStartDeps } from './CallStart.ts';
import { CallTakeOver, type CallTakeOverDeps } from './CallTakeOver.ts';
import { type ClientCall, type ClientCallEnd, canBeHeld, isEnded, type RingingEnd } from './ClientCall.ts';
import { endByPerson, endTooLate } from './endsOfCalls.ts';
import { type CallEvent, reduceCall } from './reduceCall.ts';

/** How the person wants to be seen. */
export interface DialWish {
  readonly destination: string;
  /** Null: the usual caller ID. */
  readonly callerNumber: string | null;
}

export interface CallSessionDeps extends CallAudioDeps {
  readonly connection: Pick<Connection, 'request' | 'clockOffsetMs' | 'state'>;
  readonly hangUps: HangUps;
  readonly microphone: Pick<Microphone, 'isGranted' | 'open' | 'chosenDeviceId'>;
}

/** How long the bridge's own word on the end of a call is waited for after the person hung up. */
const finalStatusMs = 1_500;

/**
 * One call of this page: its state, and what becomes of it; `CallSignalling` speaks to the bridge about it, `CallAudio` has its
 * sound. Commands never throw: what goes wrong is in the state. Frees everything by itself when the call ends.
 */
export class CallSession {
  readonly #deps: CallSessionDeps;
  readonly #state: Observable<ClientCall>;
  readonly #audio: CallAudio;
  readonly #signalling: CallSignalling;
  readonly #hold: CallHold;
  /** For what begins it, or takes it over. */
  readonly #parts: Omit<CallTakeOverDeps, 'follow'> & CallStartDeps;
  readonly #start: CallStart;

  constructor(call: ClientCall, deps: CallSessionDeps) {
    this.#deps = deps;
    this.#state = new Observable(call);
    const { connection, hangUps } = deps;
    this.#signalling = new CallSignalling({ connection, hangUps, onGone: () => this.#lost() }, call.callId);
    this.#audio = new CallAudio(deps, {
      negotiate: (offer) => this.#signalling.negotiate(offer),
      candidatesFound: (candidates) => this.#signalling.tellCandidates(candidates),
      directStateChanged: (state) => this.#signalling.tellMediaState(state),
      audioChanged: (audio) => this.#apply({ type: 'audioChanged', audio }),
      microphoneChanged: (problem) => this.#apply({ type: 'microphoneLost', problem }),
    });
    this.#audio.microphone.setMuted(call.isMuted);
    this.#hold = new CallHold({
      signalling: this.#signalling,
      apply: (event) => this.#apply(event),
      now: deps.timers.now.bind(deps.timers),
    });
    this.#parts = {
      microphone: deps.microphone,
      audio: this.#audio,
      signalling: this.#signalling,
      call: this.#state.get,
      apply: (event) => this.#apply(event),
      endHere: (end) => this.#endHere(end),
    };
    this.#start = new CallStart(this.#parts);
  }

  /** The present connection, for measuring; null before there is one. */
  get media(): PeerMedia | null {
    return this.#audio.media;
  }

  get state(): Readable<ClientCall> {
    return this.#state;
  }

  /** Places the call. */
  async dial(wish: DialWish): Promise<void> {
    await this.#start.run((offer) => this.#follow(() => this.#signalling.dial(this.#dialDetails(wish, offer))));
  }

  /** Takes an incoming call. An offer that was made while it rang saves the time to make one. */
  async answer(prepared: Promise<PreparedOffer | null>): Promise<void> {
    await this.#start.run((offer) => this.#follow(() => this.#signalling.answer(offer)), prepared);
  }

  /** Takes over a call that the bridge kept for this tab: a new audio connection, the gateway's side untouched. */
  async adopt(): Promise<void> {
    this.#signalling.adopted();
    // The offer doesn't wait for the microphone to open: the track follows.
    await Promise.all([this.#audio.microphone.take(), this.#audio.renew()]);
  }

  /**
   * Takes the call over from another device of the person, or back after a crash. Where the browser asks for the microphone the call
   * stays where it is until it is allowed.
   */
  async takeOver(resumeKey: string | null, preparing: Promise<PreparedOffer | null>): Promise<void> {
    const takeOver = new CallTakeOver({ ...this.#parts, follow: (send) => this.#follow(send) });
    await takeOver.run(resumeKey, preparing);
  }

  /** Another device of the person has the call now. */
  movedTo(deviceName: string): void {
    this.#endHere({ outcome: 'answered', by: endByPerson(this.#state.get()).by, movedTo: deviceName });
  }

  /** Hangs up, or cancels a call that is not answered yet. While the bridge is away the call ends here at once. */
  async hangUp(): Promise<void> {
    if (this.#isOver) return;
    const end = endByPerson(this.#state.get());
    if (!this.#signalling.wasSent) {
      if (this.#isIncoming) this.#signalling.tellDecline();
      return this.#endHere(end);
    }
    this.#apply({ type: 'hangUpWished' });
    const telling = this.#signalling.hangUp();
    if (this.#deps.connection.state.get().kind !== 'ready') this.#endHere(end);
    else this.#deps.timers.after(finalStatusMs, () => this.#endHere(end));
    await telling.catch(() => this.#endHere(end));
  }

  setMuted(isMuted: boolean): void {
    if (this.#isOver) return;
    this.#audio.microphone.setMuted(isMuted);
    this.#apply({ type: 'muteToggled', isMuted });
    if (this.#signalling.wasSent) this.#signalling.tellMuted(isMuted);
  }

  /** Puts the other party on hold, or takes it off; only while the person talks. Resolves when the bridge has answered. */
  async setOnHold(isOnHold: boolean): Promise<void> {
    const call = this.#state.get();
    // Resuming a call that is being passed on takes it back, where the bridge can.
    const isPossible = isOnHold ? canBeHeld(call) : call.phase === 'established';
    if (isPossible && call.isOnHold !== isOnHold) await this.#hold.set(isOnHold);
  }

  /** Passes the other party on; `number` is whom, for the screen. The bridge tells how it goes on. */
  async transfer(to: TransferTarget, number: string): Promise<void> {
    if (!canBeHeld(this.#state.get())) return;
    await this.setOnHold(true);
    if (!canBeHeld(this.#state.get())) return;
    this.#apply({ type: 'transferWished', to: number });
    try {
      await this.#signalling.transfer(to);
      this.#apply({ type: 'transferTaken' });
    } catch (error) {
      this.#apply({ type: 'transferRefused', error: toWireError(error) });
    }
  }

  /** Whether the person hears and is heard here: of several calls one alone, and none that is on hold. */
  setActive(isActive: boolean): void {
    this.#audio.setActive(isActive);
  }

  sendDigits(digits: string): void {
    if (!this.#isOver && this.#signalling.wasSent) this.#signalling.tellDigits(digits);
  }

  /** The bridge told the state of this call. */
  receive(status: CallStatus): void {
    const { connection, timers } = this.#deps;
    this.#apply({ type: 'statusReceived', status, clockOffsetMs: connection.clockOffsetMs, atMs: timers.now() });
  }

  /** The incoming call rings here no longer. Once the bridge has acked the answer that is no news. */
  ringingEnded(end: RingingEnd): void {
    if (this.#state.get().revision >= 0) return;
    if (this.#signalling.wasSent) this.#start.wasLate(end);
    else this.#endHere(endTooLate(end));
  }

  /** The connection is back, and the bridge told what it still has of this call; undefined: nothing. */
  connectionReturned(status: CallStatus | undefined): void {
    if (status !== undefined) {
      this.receive(status);
      this.#audio.connectionReturned();
    } else if (this.#state.get().revision >= 0) {
      this.#lost();
    }
  }

  /** The connection has been gone for longer than the bridge holds a call. One that it never heard of may still be sent. */
  connectionLost(): void {
    if (this.#state.get().revision < 0) return;
    this.#endHere({ outcome: 'failed', by: 'bridge', error: toWireError(new DialbridgeError('clientLost')) });
  }

  /** The bridge tells the answer to an offer whose ack had none. */
  async acceptAnswer(answer: string): Promise<void> {
    if (!this.#isOver) await this.#audio.acceptLateAnswer(answer);
  }

  followCodec(codec: CodecName, payloadType: number): void {
    if (!this.#isOver) this.#audio.followCodec(codec, payloadType);
  }

  /** The bridge lost its side of the audio: a new connection, the gateway's side untouched. */
  async restartAudio(): Promise<void> {
    if (!this.#isOver) await this.#audio.restart();
  }

  /** The network may be another. A connection that seems to stand would be found dead only seconds later. */
  async networkChanged(): Promise<void> {
    if (!this.#isOver && this.#signalling.wasSent) await this.#audio.renew();
  }

  /** Frees everything without a word to the bridge, which holds the call for its window. Idempotent. */
  close(): void {
    this.#signalling.giveUp();
    this.#audio.close();
  }

  get #isOver(): boolean {
    return isEnded(this.#state.get());
  }

  get #isIncoming(): boolean {
    return this.#state.get().direction === 'incoming';
  }

  /** The bridge's answer to our offer; null when the call was given up before that. */
  async #follow(send: () => Promise<{ answer: string | null; status: CallStatus }>): Promise<string | null> {
    if (this.#isOver) return null;
    const { answer, status } = await send();
    this.receive(status);
    return this.#isOver ? null : answer;
  }

  #dialDetails({ destination, callerNumber }: DialWish, offer: string): DialDetails {
    const { name, isNumberWithheld } = this.#state.get();
    return {
      destination,
      offer,
      ...(name !== null && { calledName: name }),
      ...(callerNumber !== null && { callerNumber }),
      ...(isNumberWithheld && { isNumberWithheld }),
    };
  }

  #lost(): void {
    this.#endHere({ outcome: 'interrupted', by: 'bridge' });
  }

  #endHere(end: ClientCallEnd): void {
    this.#apply({ type: 'endedHere', atMs: this.#deps.timers.now(), end });
  }

  #apply(event: CallEvent): void {
    const wasOver = this.#isOver;
    this.#state.set(reduceCall(this.#state.get(), event));
    if (!wasOver && this.#isOver) this.close();
  }
}
