import type { Clock, Logger, Timer } from '../../observability/index.ts';
import { type DialogState, dialogOfUas, parseCSeq, type SipRequest, tagOf } from '../../sip-stack/message/index.ts';
import type { ServerTransaction, SipTransportLayer } from '../../sip-stack/transport/index.ts';
import type { Sounds } from '../audio/Sounds.ts';
import { CallEnded, type DemoLine, type Refusal } from '../lines/CallControls.ts';
import type { ClipPlayer } from '../media/ClipPlayer.ts';
import { NoPortFree } from '../media/RtpPorts.ts';
import { answerInfo } from './answerInfo.ts';
import { answerReInvite } from './answerReInvite.ts';
import { CallAudio, type CallAudioDeps } from './CallAudio.ts';
import { type CallState, transition } from './callState.ts';
import { ALLOWED_METHODS, reasonHeader, reply } from './responses.ts';
import { ScriptControls, type ScriptedCall } from './ScriptControls.ts';
import { sendBye } from './sendBye.ts';

export interface DemoCallDeps extends Omit<CallAudioDeps, 'host'> {
  readonly layer: SipTransportLayer;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly sounds: Sounds;
  /** Everything the call held was let go of. */
  readonly onEnded: (call: DemoCall) => void;
}

/** No call lasts longer. */
export const MAX_CALL_MS = 10 * 60_000;

/** One call to a number of ours: the called side of its dialog (RFC 3261 sections 12 to 15), led by its line's script. */
export class DemoCall implements ScriptedCall {
  readonly localTag: string;
  readonly callId: string;
  readonly remoteTag: string;
  readonly #deps: DemoCallDeps;
  readonly #invite: ServerTransaction;
  readonly #ended = new AbortController();
  readonly #controls: ScriptControls;
  #state: CallState = 'proceeding';
  #audio: CallAudio | null = null;
  #dialog: DialogState | null = null;
  #remoteSequence: number;
  #hangsUpOnAck = false;
  #goodbye: Promise<void> = Promise.resolve();
  readonly #maxTimer: Timer;

  constructor(deps: DemoCallDeps, invite: ServerTransaction) {
    this.#deps = deps;
    this.#invite = invite;
    const { headers } = invite.request;
    this.localTag = deps.layer.token();
    this.callId = headers.get('Call-ID') ?? '';
    this.remoteTag = tagOf(headers.get('From')) ?? '';
    this.#remoteSequence = sequenceOf(invite.request);
    this.#controls = new ScriptControls({ ...deps, call: this, ended: this.#ended.signal });
    invite.on('cancelled', () => this.#refuse({ status: 487 }));
    invite.on('acknowledged', (ack) => this.#onAck(ack));
    invite.on('unacknowledged', () => this.#onUnacknowledged());
    invite.on('transportFailed', () => this.#end());
    this.#maxTimer = deps.clock.setTimeout(() => this.hangUp(), MAX_CALL_MS);
  }

  /** Lets the line's script lead the call. Never rejects. */
  async run(line: DemoLine): Promise<void> {
    try {
      this.#invite.respond(reply(this.#invite, { status: 100, toTag: this.localTag }));
      if (line.media !== null && !(await this.#openAudio(line.media))) return;
      await line.run(this.#controls);
      this.hangUp();
    } catch (error) {
      if (error instanceof CallEnded) return;
      if (error instanceof NoPortFree) {
        this.#deps.logger.warn({ sipCallId: this.callId }, 'The demo gateway has no RTP port left');
        this.#refuse({ status: 503 });
        return;
      }
      this.#deps.logger.error({ error, sipCallId: this.callId }, 'A call of the demo gateway failed');
      if (this.#state === 'proceeding') this.#refuse({ status: 500 });
      else this.hangUp();
    }
  }

  get player(): ClipPlayer | null {
    return this.#audio?.media.player ?? null;
  }

  ring(): void {
    this.#provisional(180);
  }

  openEarlyMedia(): void {
    if (this.#state !== 'proceeding') return;
    // An offer of ours may not go into an unreliable 183 (RFC 3261 section 13.2.1).
    this.#provisional(183, this.#audio?.isAgreed === true ? this.#audio.description : undefined);
    this.#audio?.start();
  }

  answer(): void {
    if (!this.#move('answer')) return;
    const response = reply(this.#invite, { status: 200, toTag: this.localTag, ...this.#described() });
    this.#dialog = dialogOfUas(this.#invite.request, response);
    this.#invite.respond(response);
    this.#audio?.start();
    this.#deps.logger.info({ sipCallId: this.callId }, 'The demo gateway answered');
  }

  refuse(refusal: Refusal): void {
    this.#refuse({ status: refusal.status, headers: [reasonHeader(refusal)] });
  }

  hangUp(): void {
    if (this.#state === 'proceeding') this.refuse({ status: 480, q850: 19, text: 'No answer from user' });
    else if (this.#state === 'answered') this.#hangsUpOnAck = true;
    else if (this.#state === 'confirmed') this.#sayGoodbye();
  }

  /** A request inside the dialog. */
  receive(transaction: ServerTransaction): void {
    const { request } = transaction;
    const sequence = sequenceOf(request);
    // RFC 3261 section 12.2.2.
    if (sequence <= this.#remoteSequence) {
      this.#respond(transaction, { status: 500 });
      return;
    }
    this.#remoteSequence = sequence;
    switch (request.method) {
      case 'BYE':
        this.#respond(transaction, { status: 200 });
        this.#refuse({ status: 487 });
        this.#end();
        break;
      case 'INVITE':
        this.#reInvite(transaction);
        break;
      case 'INFO':
        transaction.respond(answerInfo(transaction, { controls: this.#controls, toTag: this.localTag }));
        break;
      case 'OPTIONS':
        this.#respond(transaction, { status: 200, headers: [['Allow', ALLOWED_METHODS]] });
        break;
      default:
        this.#respond(transaction, { status: 405, headers: [['Allow', ALLOWED_METHODS]] });
    }
  }

  /** Ends the call and waits shortly for the other side to know. Idempotent. */
  async close(): Promise<void> {
    if (this.#state === 'proceeding') this.#refuse({ status: 503 });
    else if (this.#state !== 'ended') this.#sayGoodbye();
    await this.#goodbye;
  }

  async #openAudio(mode: 'clips' | 'echo'): Promise<boolean> {
    const audio = await CallAudio.open(
      { ...this.#deps, host: this.#invite.local.host },
      { mode, offer: this.#invite.request.body === '' ? null : this.#invite.request.body },
    );
    if (audio === null) {
      this.#refuse({ status: 488, headers: [['Warning', `305 ${this.#invite.local.host} "No codec in common"`]] });
      return false;
    }
    if (this.#state === 'ended') {
      // Cancelled while the ports were being opened.
      audio.media.close();
      return false;
    }
    this.#audio = audio;
    audio.media.on('digit', (digit) => this.#controls.pressed(digit));
    return true;
  }

  #described(): { description?: string } {
    return this.#audio === null ? {} : { description: this.#audio.description };
  }

  #provisional(status: number, description?: string): void {
    if (this.#state !== 'proceeding') return;
    const described = description === undefined ? {} : { description };
    this.#invite.respond(reply(this.#invite, { status, toTag: this.localTag, ...described }));
  }

  #refuse(options: { status: number; headers?: Iterable<readonly [string, string]> }): void {
    if (this.#state !== 'proceeding') return;
    this.#respond(this.#invite, options);
    this.#end();
  }

  #respond(
    transaction: ServerTransaction,
    options: { status: number; headers?: Iterable<readonly [string, string]>; description?: string },
  ): void {
    transaction.respond(reply(transaction, { ...options, toTag: this.localTag }));
  }

  #onAck(ack: SipRequest): void {
    if (!this.#move('acknowledge')) return;
    const isUsable = this.#audio === null || this.#audio.isAgreed || this.#audio.takeAnswer(ack.body);
    if (!isUsable || this.#hangsUpOnAck) this.#sayGoodbye();
  }

  /** RFC 3261 section 13.3.1.4: an answer that nobody acknowledged ends with a BYE all the same. */
  #onUnacknowledged(): void {
    if (this.#state === 'answered') this.#sayGoodbye();
    else this.#end();
  }

  #reInvite(transaction: ServerTransaction): void {
    // RFC 3261 section 14.2: the first INVITE comes first.
    if (this.#state === 'proceeding') {
      this.#respond(transaction, { status: 500, headers: [['Retry-After', '1']] });
      return;
    }
    const remoteTarget = answerReInvite(transaction, { audio: this.#audio, toTag: this.localTag });
    if (this.#dialog === null || remoteTarget === null) return;
    this.#dialog = { ...this.#dialog, remoteTarget };
    // RFC 3261 section 14.2.
    transaction.on('unacknowledged', () => this.hangUp());
  }

  #sayGoodbye(): void {
    const dialog = this.#dialog;
    this.#end();
    if (dialog !== null) this.#goodbye = sendBye(this.#deps, { dialog, source: this.#invite.source });
  }

  #move(event: 'answer' | 'acknowledge' | 'end'): boolean {
    const next = transition(this.#state, event);
    if (next === null) return false;
    this.#state = next;
    return true;
  }

  #end(): void {
    if (!this.#move('end')) return;
    this.#deps.clock.clearTimeout(this.#maxTimer);
    this.#audio?.media.close();
    this.#ended.abort();
    this.#deps.logger.info({ sipCallId: this.callId }, 'A call to the demo gateway ended');
    this.#deps.onEnded(this);
  }
}

function sequenceOf(request: SipRequest): number {
  return parseCSeq(request.headers.get('CSeq') ?? '')?.number ?? 0;
}
