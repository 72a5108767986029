import type { CallId } from '../../../shared/domain/index.ts';
import type { AckData, RequestPayload } from '../../../shared/protocol/index.ts';
import type { Connection } from '../connection/index.ts';
import { isCallGone } from './isRefusal.ts';

/** Tells the bridge of hang-ups, however long it is away. */
export interface HangUps {
  /** Resolves when the bridge has heard of it. @throws DialbridgeError; then it is told later */
  tell(callId: CallId): Promise<void>;
}

export interface CallSignallingDeps {
  readonly connection: Pick<Connection, 'request'>;
  readonly hangUps: HangUps;
  /** The bridge said that it doesn't have the call any more. */
  readonly onGone: () => void;
}

export type DialDetails = Omit<RequestPayload<'call:dial'>, 'messageId' | 'callId'>;

/** Whom a call is passed on to: a number, or the other party of a further call. */
export type TransferTarget = RequestPayload<'call:transfer'>['to'];

const mediaDeadlineMs = 20_000;

/** What the page says to the bridge about one call. What its answers mean for the call is for `CallSession` to say. */
export class CallSignalling {
  readonly #deps: CallSignallingDeps;
  readonly #callId: CallId;
  readonly #giveUp = new AbortController();
  #wasSent = false;

  constructor(deps: CallSignallingDeps, callId: CallId) {
    this.#deps = deps;
    this.#callId = callId;
  }

  /** The bridge may know of the call, or that it is answered here. */
  get wasSent(): boolean {
    return this.#wasSent;
  }

  /** Nobody waits any more for what `dial` or `answer` will say. */
  get isGivenUp(): boolean {
    return this.#giveUp.signal.aborted;
  }

  /** The bridge has had the call since before this page. */
  adopted(): void {
    this.#wasSent = true;
  }

  /** @throws DialbridgeError the bridge's refusal, `requestTimeout`; the signal's reason once given up */
  dial(details: DialDetails): Promise<AckData<'call:dial'>> {
    return this.#begin('call:dial', { callId: this.#callId, ...details });
  }

  /** @throws DialbridgeError `callTaken`, `callEnded`, and what `dial` throws */
  answer(offer: string): Promise<AckData<'call:answer'>> {
    return this.#begin('call:answer', { callId: this.#callId, offer });
  }

  /** Takes the running call over. A key is used up by it. @throws DialbridgeError why it can't be had */
  reattach(offer: string, resumeKey: string | null): Promise<AckData<'call:reattach'>> {
    const payload = { callId: this.#callId, offer, ...(resumeKey !== null && { resumeKey }) };
    return this.#begin('call:reattach', payload);
  }

  /** A new offer for the call's audio; null: its answer comes later. @throws DialbridgeError */
  async negotiate(offer: string): Promise<string | null> {
    const { answer } = await this.#ask('media:offer', { callId: this.#callId, offer }, mediaDeadlineMs);
    return answer;
  }

  /** Resolves when the bridge has heard of it. @throws DialbridgeError */
  async hangUp(): Promise<void> {
    this.giveUp();
    await this.#deps.hangUps.tell(this.#callId);
  }

  /** Resolves when the other party is on hold, or off it. @throws DialbridgeError `holdRefused`, `notEstablished` */
  async hold(isOnHold: boolean): Promise<void> {
    await this.#ask(isOnHold ? 'call:hold' : 'call:resume', { callId: this.#callId });
  }

  /** Resolves when the bridge is about it. @throws DialbridgeError why it won't; `callNotFound` may mean the other call */
  async transfer(to: TransferTarget): Promise<void> {
    await this.#deps.connection.request('call:transfer', { callId: this.#callId, to });
  }

  /** For a call that has failed here and must not ring on there. */
  tellEnd(): void {
    this.#tell(this.#deps.connection.request('call:hangUp', { callId: this.#callId }));
  }

  tellDecline(): void {
    this.#tell(this.#deps.connection.request('call:decline', { callId: this.#callId }));
  }

  tellMuted(isMuted: boolean): void {
    this.#tell(this.#deps.connection.request('call:mute', { callId: this.#callId, isMuted }));
  }

  tellCandidates(candidates: readonly string[]): void {
    this.#tell(
      this.#deps.connection.request('media:candidates', { callId: this.#callId, candidates: [...candidates] }),
    );
  }

  tellMediaState(state: 'connected' | 'failed'): void {
    this.#tell(this.#deps.connection.request('media:state', { callId: this.#callId, state }));
  }

  tellDigits(digits: string): void {
    this.#tell(this.#deps.connection.request('call:dtmf', { callId: this.#callId, digits }));
  }

  /** Without a word to the bridge. Idempotent. */
  giveUp(): void {
    this.#giveUp.abort();
  }

  #begin<Name extends 'call:dial' | 'call:answer' | 'call:reattach'>(
    name: Name,
    payload: Omit<RequestPayload<Name>, 'messageId'>,
  ): Promise<AckData<Name>> {
    this.#wasSent = true;
    return this.#deps.connection.request(name, payload, { signal: this.#giveUp.signal });
  }

  async #ask<Name extends 'media:offer' | 'call:hold' | 'call:resume'>(
    name: Name,
    payload: Omit<RequestPayload<Name>, 'messageId'>,
    deadlineMs?: number,
  ): Promise<AckData<Name>> {
    try {
      return await this.#deps.connection.request(name, payload, deadlineMs === undefined ? {} : { deadlineMs });
    } catch (error) {
      if (isCallGone(error)) this.#deps.onGone();
      throw error;
    }
  }

  #tell(request: Promise<unknown>): void {
    request.catch((error: unknown) => {
      if (isCallGone(error)) this.#deps.onGone();
      else console.warn('the bridge could not be told:', error);
    });
  }
}
