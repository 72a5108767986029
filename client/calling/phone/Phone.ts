import type { CallId } from '../../../shared/domain/index.ts';
import type { CallStatus } from '../../../shared/protocol/index.ts';
import { splitWithholding } from '../../phone-numbers/index.ts';
import { drop, type Readable } from '../../state/index.ts';
import {
  adoptedCall,
  answeredCall,
  CallSession,
  type CallSessionDeps,
  type ClientCall,
  canBeHeld,
  type HangUps,
  newCall,
  type PreparedOffer,
  type RingingEnd,
  takenCall,
} from '../call/index.ts';
import type { Connection } from '../connection/index.ts';
import { BridgeNews } from './BridgeNews.ts';
import { OpenCalls } from './OpenCalls.ts';
import { PhoneTones, type PhoneTonesDeps } from './PhoneTones.ts';
import type { AnswerRequest, DialRequest, PassOnTarget, PresentCall, TakeOverRequest } from './requests.ts';

export interface PhoneDeps extends CallSessionDeps, PhoneTonesDeps {
  readonly connection: Connection;
  readonly newId: () => string;
  readonly hangUps: HangUps & { has(callId: CallId): boolean };
  /** Caller ID that the person chose; null: the usual one. */
  readonly callerNumber: () => string | null;
  /** The person wants their number withheld from whomever they call. */
  readonly isNumberWithheld: () => boolean;
}

/**
 * The telephone of this page: one call that the person talks in, and others on hold. Commands take the id of a call; without
 * one they mean the call in front. The last call stays readable after its end until it is dismissed or another is dialled.
 */
export class Phone {
  readonly #deps: PhoneDeps;
  readonly #open: OpenCalls;
  readonly #tones: PhoneTones;
  readonly #news: BridgeNews;
  /** Calls that the person has done with, whatever the bridge still knows of them. */
  readonly #hungUp = new Set<CallId>();

  constructor(deps: PhoneDeps) {
    this.#deps = deps;
    this.#tones = new PhoneTones(deps);
    this.#open = new OpenCalls({ onChanged: (call, former) => this.#tones.follow(call, former) });
    const { connection, timers } = deps;
    this.#news = new BridgeNews({
      ...{ connection, timers, open: this.#open },
      isDoneWith: (callId) => this.#isDoneWith(callId),
      adopt: (status) => this.#adopt(status),
    });
  }

  /** The call in front, or where none is up the last one; null when there was none or it was dismissed. */
  get call(): Readable<ClientCall | null> {
    return this.#open.call;
  }

  /** All that are up, the one in front first. */
  get calls(): Readable<readonly ClientCall[]> {
    return this.#open.calls;
  }

  /** The last call that ended, while it was not dismissed; others may be up. */
  get ended(): Readable<ClientCall | null> {
    return this.#open.ended;
  }

  /** The call that is talked in, and its present connection, for measuring; null: none. */
  get talking() {
    return this.#open.talking;
  }

  get isInCall(): boolean {
    return this.#open.front !== null;
  }

  /** Places a call; one that is up is put on hold. False while that one can't be, since it isn't answered yet. */
  dial({ destination, name, isByUsualNumber = false, isNumberWithheld = false }: DialRequest): boolean {
    const present = this.#open.front;
    if (present !== null && !canBeHeld(present.state.get())) return false;
    this.#holdAll();
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

  /** Takes an incoming call; one that is up is put on hold, or ended where that is wished or it isn't answered yet. */
  answer(request: AnswerRequest, prepared: Promise<PreparedOffer | null>, present: PresentCall = 'hold'): void {
    const { callId, number, name, called } = request;
    const { front } = this.#open;
    if (front !== null && (present === 'end' || !canBeHeld(front.state.get()))) this.#leave(front);
    this.#holdAll();
    const call = answeredCall({ callId, number, name, called, startedAtMs: this.#deps.timers.now() });
    drop(this.#begin(call).answer(prepared), 'answering');
  }

  /**
   * Takes a call over from another device of the person, or back after a crash; one that is up is put on hold. False while that one
   * can't be, since it isn't answered yet, and where the call is here already.
   */
  takeOver({ resumeKey, prepared, ...options }: TakeOverRequest): boolean {
    const present = this.#open.front?.state.get() ?? null;
    const isInTheWay = present !== null && !canBeHeld(present) && present.takesOver === null;
    if (isInTheWay || this.#open.find(options.callId) !== null) return false;
    this.#holdAll();
    const call = takenCall({ ...options, startedAtMs: this.#deps.timers.now() });
    drop(this.#begin(call).takeOver(resumeKey, prepared ?? Promise.resolve(null)), 'taking over a call');
    return true;
  }

  /** The network may be another: every call gets a new audio connection. */
  networkChanged(): void {
    for (const session of this.#open.sessions) drop(session.networkChanged(), 'renewing the audio');
  }

  /** The bridge says that this call rings here no longer. */
  ringingEnded(callId: CallId, end: RingingEnd): void {
    this.#open.find(callId)?.ringingEnded(end);
  }

  /** Puts the other party on hold: it hears music, and neither hears the other. */
  hold(callId?: CallId): void {
    const session = this.#sessionOf(callId);
    if (session !== null) drop(session.setOnHold(true), 'holding');
  }

  /**
   * Takes the other party off hold and brings the call forward; whomever the person talks to is put on hold for it, so this swaps
   * two calls. One that is being passed on is taken back. Does nothing while the call in front isn't answered yet.
   */
  resume(callId?: CallId): void {
    const session = this.#sessionOf(callId);
    const { front } = this.#open;
    if (session === null || front === null) return;
    const { phase } = front.state.get();
    if (session !== front && !canBeHeld(front.state.get()) && phase !== 'disconnecting') return;
    this.#holdAll(session);
    this.#open.bringForward(session);
    drop(session.setOnHold(false), 'resuming');
  }

  /** Passes the other party on. How it goes is in the call's `transfer`; when it is done the call ends. */
  transfer(callId: CallId, to: PassOnTarget): void {
    const session = this.#open.find(callId);
    if (session === null) return;
    if ('destination' in to) {
      drop(session.transfer(withoutBlanks(to), to.destination), 'passing on');
    } else {
      const other = this.#open.find(to.callId)?.state.get();
      if (other !== undefined && canBeHeld(other)) drop(session.transfer(to, other.number), 'passing on');
    }
  }

  hangUp(callId?: CallId): void {
    const session = this.#sessionOf(callId);
    if (session === null) return;
    this.#hungUp.add(session.state.get().callId);
    drop(session.hangUp(), 'hanging up');
  }

  setMuted(isMuted: boolean): void {
    this.#open.front?.setMuted(isMuted);
  }

  /** Sends key tones into the call in front, and lets the person hear them. */
  sendDigits(digits: string): void {
    // Of a whole code nobody wants to hear each.
    if (digits.length === 1) this.playKey(digits);
    this.#open.front?.sendDigits(digits);
  }

  /** The sound of a key, here alone. */
  playKey(digit: string): void {
    this.#tones.playKey(digit);
  }

  /** Lets the person hear what a ringing telephone sounds like here: is the loudspeaker the right one? */
  playTest(): void {
    this.#tones.playTest();
  }

  /** Forgets an ended call. */
  dismiss(): void {
    this.#open.forgetEnded();
  }

  /** Idempotent. */
  close(): void {
    this.#news.close();
    this.#open.close();
    this.#tones.silence();
  }

  #sessionOf(callId: CallId | undefined): CallSession | null {
    return callId === undefined ? this.#open.front : this.#open.find(callId);
  }

  #begin(call: ClientCall): CallSession {
    const session = new CallSession(call, this.#deps);
    this.#open.add(session);
    return session;
  }

  /** A call that the bridge kept for this tab. Whomever the person talks to is put on hold for it. */
  #adopt(status: CallStatus): void {
    const { connection, timers } = this.#deps;
    this.#holdAll();
    const call = adoptedCall({ status, clockOffsetMs: connection.clockOffsetMs, atMs: timers.now() });
    drop(this.#begin(call).adopt(), 'taking over the call');
  }

  /** Puts whomever the person talks to on hold, to make room for another. */
  #holdAll(except: CallSession | null = null): void {
    for (const session of this.#open.sessions) {
      if (session !== except) drop(session.setOnHold(true), 'holding');
    }
  }

  /** Also where the wish is of before a reload. */
  #isDoneWith(callId: CallId): boolean {
    return this.#hungUp.has(callId) || this.#deps.hangUps.has(callId);
  }

  /** Ends a call to make room for another. Its sound goes at once, whatever the bridge says. */
  #leave(session: CallSession): void {
    this.#hungUp.add(session.state.get().callId);
    this.#open.leave(session);
    drop(session.hangUp(), 'hanging up');
    session.close();
    this.#tones.silence();
  }
}

function withoutBlanks({ destination, name }: { destination: string; name?: string | undefined }) {
  return { destination, ...(name !== undefined && { name }) };
}
