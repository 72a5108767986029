import type { CallId } from '../../../shared/domain/index.ts';
import type { IncomingCall, IncomingCallEnd } from '../../../shared/protocol/index.ts';
import { drop, Emitter, Observable, type Readable, type Timers } from '../../state/index.ts';
import { type ClientCall, isEnded, type RingingEnd } from '../call/index.ts';
import type { Connection, HelloAnswer } from '../connection/index.ts';
import type { Phone, PresentCall } from '../phone/index.ts';
import type { OfferReserve } from './OfferReserve.ts';
import { type RingingCall, toRingingCall } from './RingingCall.ts';

export interface IncomingCallsDeps {
  readonly connection: Pick<Connection, 'on' | 'request' | 'clockOffsetMs'>;
  readonly phone: Pick<Phone, 'calls' | 'ended' | 'answer' | 'ringingEnded'>;
  readonly reserve: Pick<OfferReserve, 'fill' | 'take' | 'empty'>;
  readonly timers: Timers;
}

export interface IncomingCallsEvents {
  /** A call rings here no longer, and neither was it taken nor declined here. */
  ringingEnded: { readonly call: RingingCall; readonly end: RingingEnd };
}

/** How long the bridge's word that it rings no longer may take, in milliseconds. */
const graceMs = 3_000;
/** As many as somebody reads; the others are in the history. */
const mostMissed = 5;

/**
 * The calls that ring at this device, as the bridge tells them, and those that were missed since. A call that is being answered
 * is no longer among them, but comes back when that failed for want of a microphone.
 */
export class IncomingCalls {
  readonly events = new Emitter<IncomingCallsEvents>();
  readonly #deps: IncomingCallsDeps;
  readonly #ringing = new Observable<readonly RingingCall[]>([]);
  readonly #missed = new Observable<readonly RingingCall[]>([]);
  /** All that the bridge told and not yet withdrew, by id, in the order in which they came. */
  readonly #told = new Map<CallId, RingingCall>();
  /** Declined here, which the bridge may not know yet. */
  readonly #declined = new Set<CallId>();
  readonly #stops: (() => void)[];
  #cancelExpiry: () => void = () => {};

  constructor(deps: IncomingCallsDeps) {
    this.#deps = deps;
    const { connection, phone } = deps;
    this.#stops = [
      connection.on('ready', (hello) => this.#connectionReady(hello)),
      connection.on('call:incoming', (call) => this.#rings(call)),
      connection.on('call:incomingEnded', (end) => this.#ended(end)),
      phone.ended.subscribe(() => this.#follow([phone.ended.get()])),
      phone.calls.subscribe(() => this.#follow(phone.calls.get())),
    ];
  }

  /** Oldest first. */
  get ringing(): Readable<readonly RingingCall[]> {
    return this.#ringing;
  }

  /** Newest first, until they are dismissed. */
  get missed(): Readable<readonly RingingCall[]> {
    return this.#missed;
  }

  /** Takes the call here. One that is up is put on hold for it, or ended. */
  accept(callId: CallId, present: PresentCall = 'hold'): void {
    const call = this.#told.get(callId);
    if (call === undefined || this.#isBeingTaken(callId)) return;
    this.#deps.phone.answer(call, this.#deps.reserve.take(), present);
  }

  /** The person doesn't take it: none of their devices rings any longer. */
  decline(callId: CallId): void {
    if (!this.#told.delete(callId)) return;
    this.#declined.add(callId);
    this.#publish();
    drop(this.#deps.connection.request('call:decline', { callId }), 'declining');
  }

  /** Forgets one missed call, or all. */
  dismissMissed(callId?: CallId): void {
    this.#missed.set(callId === undefined ? [] : this.#missed.get().filter((call) => call.callId !== callId));
  }

  /** Idempotent. */
  close(): void {
    for (const stop of this.#stops) stop();
    this.#told.clear();
    this.#publish();
  }

  /** What the bridge lists is all that rings: of what ended meanwhile the history tells. */
  #connectionReady({ incomingCalls }: HelloAnswer): void {
    const listed = new Set(incomingCalls.map(({ callId }) => callId));
    for (const callId of this.#declined) if (!listed.has(callId)) this.#declined.delete(callId);
    this.#told.clear();
    for (const call of incomingCalls) this.#tell(call);
    this.#publish();
  }

  #rings(call: IncomingCall): void {
    this.#tell(call);
    this.#publish();
  }

  #tell(call: IncomingCall): void {
    if (this.#declined.has(call.callId)) return;
    this.#told.set(call.callId, toRingingCall(call, this.#deps.connection.clockOffsetMs));
  }

  #ended({ callId, reason, takenBy }: IncomingCallEnd): void {
    this.#declined.delete(callId);
    const end = { reason, takenBy };
    const isBeingTaken = this.#isBeingTaken(callId);
    this.#deps.phone.ringingEnded(callId, end);
    const call = this.#told.get(callId);
    this.#told.delete(callId);
    this.#publish();
    // Where it was being taken here, its own screen tells.
    if (call !== undefined && !isBeingTaken) this.#conclude(call, end);
  }

  #conclude(call: RingingCall, end: RingingEnd): void {
    if (end.reason === 'cancelled' || end.reason === 'noAnswer' || end.reason === 'failed')
      this.#missed.set([call, ...this.#missed.get()].slice(0, mostMissed));
    this.events.emit('ringingEnded', { call, end });
  }

  /** The bridge has acked the answer, or it is of no use to try again. */
  #follow(calls: readonly (ClientCall | null)[]): void {
    for (const call of calls) {
      if (call === null) continue;
      const isTaken = call.revision >= 0;
      const isOver = isEnded(call) && (call.end?.tooLate !== undefined || call.end?.outcome === 'declined');
      if (isTaken || isOver) this.#told.delete(call.callId);
    }
    this.#publish();
  }

  #isBeingTaken(callId: CallId): boolean {
    return this.#deps.phone.calls.get().some((call) => call.callId === callId);
  }

  #publish(): void {
    const next = [...this.#told.values()].filter(({ callId }) => !this.#isBeingTaken(callId));
    const present = this.#ringing.get();
    if (next.length === present.length && next.every((call, index) => call === present[index])) return;
    this.#ringing.set(next);
    if (next.length > 0) this.#deps.reserve.fill();
    else this.#deps.reserve.empty();
    this.#expireNext();
  }

  /** Should the bridge's word not come, since the connection is down: nothing rings for longer than it may. */
  #expireNext(): void {
    const { timers } = this.#deps;
    this.#cancelExpiry();
    const first = this.#ringing.get().toSorted((a, b) => a.ringsUntilMs - b.ringsUntilMs)[0];
    if (first === undefined) return;
    const expire = () => this.#ended({ callId: first.callId, reason: 'noAnswer', takenBy: null });
    this.#cancelExpiry = timers.after(Math.max(0, first.ringsUntilMs + graceMs - timers.now()), expire);
  }
}
