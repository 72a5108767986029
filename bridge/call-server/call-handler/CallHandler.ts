import { EventEmitter } from 'node:events';
import type { DisconnectedBy } from '../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { CallStatus } from '../../../shared/protocol/index.ts';
import type { MediaSession } from '../../media-relay/index.ts';
import type { CallClient, ClientChannel } from '../CallServer.ts';
import { type BudgetEnd, CallDeadline } from './CallDeadline.ts';
import { CallEnding } from './CallEnding.ts';
import type { CallHandlerDeps, CallHandlerEvents } from './CallHandlerDeps.ts';
import type { CallReporter } from './CallReporter.ts';
import type { ClientLeg } from './ClientLeg.ts';
import type { GatewayLegEnd } from './gateway-leg/index.ts';
import { reportDeadline } from './reportDeadline.ts';
import { toMediaFault } from './toMediaFault.ts';

/** The side towards the gateway, whichever of the two called. */
export interface GatewaySide {
  /** CANCEL, BYE or a final answer, whichever fits. `finished` follows. Idempotent. */
  hangUp(): void;
  /** As RFC 4733 events or by SIP INFO. */
  sendDtmf(digits: string): Promise<void>;
  /** Says how the audio was, so before that is closed, and gives back its place at the gateway. Idempotent. */
  close(): Promise<void>;
  on(event: 'reoffered', listener: () => void): unknown;
  on(event: 'finished', listener: (end: GatewayLegEnd) => void): unknown;
}

/** The way of a call to its answer. */
export interface CallBeginning {
  /** When the caller first heard that something happens (ringing, early media, answer); null before. */
  readonly firstProgressAtMs: number | null;
  /** Nobody waits for an answer any more. Idempotent. */
  stopRinging(): void;
}

export interface CallHandlerParts {
  readonly client: CallClient;
  readonly media: MediaSession;
  readonly clientLeg: ClientLeg;
  readonly gatewayLeg: GatewaySide;
  readonly reporter: CallReporter;
  readonly beginning: CallBeginning;
}

export interface CallTerms {
  readonly calledNumber: string;
  readonly requestedAtMs: number;
  /** From the answer on, in milliseconds. */
  readonly maxDurationMs: number;
  /** Which of the two the person at the client is. */
  readonly person: Extract<DisconnectedBy, 'caller' | 'called'>;
}

/** One call between a device and a gateway, whoever of them called: a client leg, a gateway leg, and the state machine between them. */
export class CallHandler extends EventEmitter<CallHandlerEvents> {
  readonly client: CallClient;
  readonly #parts: CallHandlerParts;
  readonly #person: CallTerms['person'];
  readonly #deadline: CallDeadline;
  readonly #ending: CallEnding;

  constructor(deps: Pick<CallHandlerDeps, 'clock' | 'logger'>, parts: CallHandlerParts, terms: CallTerms) {
    super();
    this.client = parts.client;
    this.#parts = parts;
    this.#person = terms.person;
    const { media, clientLeg, gatewayLeg, reporter, beginning } = parts;
    this.#deadline = new CallDeadline(deps, terms);
    this.#ending = new CallEnding(
      {
        ...deps,
        reporter,
        deadline: this.#deadline,
        hangUp: () => gatewayLeg.hangUp(),
        stopWaiting: () => {
          beginning.stopRinging();
          clientLeg.close();
        },
        free: async () => {
          await gatewayLeg.close();
          await media.close();
        },
      },
      { ...terms, firstProgressAtMs: () => beginning.firstProgressAtMs },
    );
    this.#listen();
  }

  /** As the client was told it: what it hasn't been told yet it is told first. */
  get status(): CallStatus {
    this.#parts.reporter.tellStatus();
    return this.#parts.reporter.status;
  }

  /**
   * Has the browser's offer answered while `begin` sets the gateway's side going; null when the call ended before there was an
   * answer (a gateway can be busy faster than that).
   * @throws DialbridgeError `badOffer`, `noCommonCodec`, `mediaUnavailable`; the call has ended then
   */
  async start(offer: string, begin: () => void): Promise<string | null> {
    const answer = this.#parts.clientLeg.acceptOffer(offer);
    begin();
    try {
      return await answer;
    } catch (thrown) {
      if (this.#ending.isOver) return null;
      const error = toMediaFault(thrown);
      this.#ending.because(error.code);
      throw error;
    }
  }

  /** The two can talk, from this time on: limits count. */
  answered(atMs: number): void {
    this.#deadline.start(atMs);
    this.emit('answered', atMs);
  }

  /** It rang for as long as it may. */
  giveUp(): void {
    this.#ending.end({ outcome: 'noAnswer', by: 'bridge' });
  }

  /** The person hangs up. */
  hangUp(): void {
    const outcome = this.#ending.isAnswered ? 'answered' : this.#person === 'caller' ? 'cancelled' : 'declined';
    this.#ending.end({ outcome, by: this.#person });
  }

  /** The bridge stops. */
  shutDown(): void {
    this.#ending.because('goingAway');
  }

  /** When this call will have used up a limit per day, as it looks now; null: not at all. The call is warned, and ended then. */
  setBudget(end: BudgetEnd | null): void {
    this.#deadline.setBudget(end);
  }

  /** @throws DialbridgeError `callEnded`, `notEstablished` */
  async sendDtmf(digits: string): Promise<void> {
    this.#assertRunning();
    const { reporter, gatewayLeg } = this.#parts;
    const { state } = reporter.status;
    if (state !== 'established' && state !== 'earlyMedia') throw new DialbridgeError('notEstablished');
    reporter.event('dtmfSent', { count: digits.length });
    await gatewayLeg.sendDtmf(digits);
  }

  setMuted(isMuted: boolean): void {
    this.#assertRunning();
    const { reporter } = this.#parts;
    if (isMuted === reporter.status.isMuted) return;
    reporter.change({ isMuted });
    reporter.event(isMuted ? 'muted' : 'unmuted');
  }

  /** @throws DialbridgeError as `start`, and `callEnded` */
  async acceptOffer(offer: string): Promise<string> {
    this.#assertRunning();
    this.#parts.reporter.event('browserReoffered');
    try {
      return await this.#parts.clientLeg.acceptOffer(offer);
    } catch (thrown) {
      throw toMediaFault(thrown);
    }
  }

  addCandidates(candidates: readonly string[]): void {
    this.#assertRunning();
    this.#parts.reporter.event('candidatesFound', { candidates });
  }

  attach(channel: ClientChannel): void {
    const { reporter, clientLeg } = this.#parts;
    reporter.tellStatus();
    clientLeg.attach(channel);
    reporter.event('clientAttached');
  }

  detach(): void {
    this.#parts.clientLeg.detach();
  }

  #listen(): void {
    const { reporter, clientLeg, gatewayLeg, media } = this.#parts;
    clientLeg.on('mediaConnected', () => reporter.event('browserConnected'));
    clientLeg.on('holding', (what) => reporter.event(what === 'socket' ? 'clientLost' : 'browserAudioLost'));
    clientLeg.on('lost', (what) => this.#ending.because(what === 'socket' ? 'clientLost' : 'mediaLost'));

    gatewayLeg.on('reoffered', () => reporter.event('gatewayReoffered'));
    gatewayLeg.on('finished', (end) => this.#ending.finish(end));

    media.on('firstAudioToGateway', () => reporter.event('firstAudioToGateway'));
    media.on('firstAudioFromGateway', () => reporter.event('firstAudioFromGateway'));
    media.on('workerLost', () => reporter.event('mediaWorkerLost'));

    reportDeadline(this.#deadline, reporter);
    this.#ending.on('ended', (atMs) => this.emit('ended', atMs));
    this.#ending.on('closed', () => this.emit('closed'));
  }

  #assertRunning(): void {
    if (this.#ending.isOver) throw new DialbridgeError('callEnded');
  }
}
