import type { CallId, DisconnectedBy } from '../../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../../shared/errors/index.ts';
import type { CallStatus } from '../../../../shared/protocol/index.ts';
import type { MediaRelay, MediaSession } from '../../../media-relay/index.ts';
import type { Clock, Logger } from '../../../observability/index.ts';
import type { ClientLeg } from '../ClientLeg.ts';
import type { HandlerEnd } from '../ending/toCallEnd.ts';
import type { GatewayLegEnd } from '../gateway-leg/index.ts';
import type { CallReporter } from '../reports/CallReporter.ts';
import { reportCodec } from '../reports/reportAnswer.ts';
import { CallHold } from './hold/CallHold.ts';
import type { LegSeat, Successor } from './succession/LegSeat.ts';
import { CallTransfer } from './transfer/CallTransfer.ts';
import type { JoinableCall } from './transfer/JoinableCall.ts';
import type { TransferTarget } from './transfer/TransferTarget.ts';

export interface InCallDeps {
  readonly media: MediaSession;
  readonly clientLeg: ClientLeg;
  readonly gatewayLeg: LegSeat;
  readonly reporter: CallReporter;
  readonly relay: Pick<MediaRelay, 'join'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly logger: Logger;
  /** Which of the two the person at the client is. */
  readonly person: Extract<DisconnectedBy, 'caller' | 'called'>;
  /** Whether it is over, or being ended. */
  readonly isOver: () => boolean;
  readonly end: (end: HandlerEnd) => void;
  /** As the person hangs up. */
  readonly hangUp: () => void;
  /** The call is none of a device's any more, and goes on. */
  readonly onLeft: () => void;
}

/** What can be done in a call once it is answered: holding the other party, and passing it on. */
export class InCall implements JoinableCall {
  readonly #deps: InCallDeps;
  readonly #transfer: CallTransfer;
  readonly #overListeners: (() => void)[] = [];
  #hasClient = true;
  readonly hold: CallHold;

  constructor(deps: InCallDeps) {
    this.#deps = deps;
    this.hold = new CallHold(deps);
    this.#transfer = new CallTransfer({
      ...deps,
      ...{ call: this, hold: this.hold },
      restartBrowser: () => deps.clientLeg.notify('media:restart', { callId: this.callId }),
    });
  }

  /** False once the person has passed the call on: it is none of a device's any more. */
  get hasClient(): boolean {
    return this.#hasClient;
  }

  get callId(): CallId {
    return this.#deps.reporter.status.callId;
  }

  get otherNumber(): string {
    const { direction, calledNumber, callingNumber } = this.#deps.reporter.status;
    return direction === 'outgoing' ? calledNumber : (callingNumber ?? '');
  }

  get media(): MediaSession {
    return this.#deps.media;
  }

  get gatewayLeg(): LegSeat {
    return this.#deps.gatewayLeg;
  }

  /** For the record. */
  report(event: string, detail: Readonly<Record<string, unknown>>): void {
    this.#deps.reporter.event(event, detail);
  }

  get isOver(): boolean {
    return this.#deps.isOver();
  }

  /** @throws DialbridgeError as `CallHold.resume` */
  async resume(): Promise<void> {
    this.#transfer.takeBack();
    await this.hold.resume();
    if (this.#deps.reporter.status.transfer?.state === 'failed') this.#deps.reporter.change({ transfer: null });
  }

  /** @throws DialbridgeError `callEnded`, `notEstablished`, `conflict` */
  transfer(target: TransferTarget): void {
    for (const call of [this, ...(target.kind === 'attended' ? [target.other] : [])]) {
      if (call.isOver) throw new DialbridgeError('callEnded');
      if (!call.gatewayLeg.dialog) throw new DialbridgeError('notEstablished');
    }
    this.#transfer.start(target);
  }

  /**
   * Another gateway shall have the call in the place of the present one, by audio of the same session. Resolves with null when it has
   * it, and with how it ended otherwise. `otherNumber` is who is reached there, where that is known.
   */
  async succeedBy(leg: Successor, otherNumber: string | null = null): Promise<GatewayLegEnd | null> {
    const { reporter, gatewayLeg } = this.#deps;
    leg.on('codecAgreed', (codec) => reportCodec(reporter, codec));
    const end = await gatewayLeg.succeedBy(leg);
    const gatewayId = gatewayLeg.gateway?.id;
    if (end === null && gatewayId) {
      this.hold.gatewayChanged();
      if (otherNumber !== null) reporter.otherPartyChanged(otherNumber);
      reporter.progressed({ gatewayId });
    }
    return end;
  }

  /** The gateway is being replaced by whoever it named, who rings or does not yet; null: no more. */
  followsReferral(referral: CallStatus['referral']): void {
    if (!this.isOver) this.#deps.reporter.change({ referral });
  }

  leavePerson(transferredTo: string): void {
    if (!this.#hasClient) return;
    this.#hasClient = false;
    const { reporter, clientLeg, clock, person } = this.#deps;
    reporter.progressed({ transferredTo });
    reporter.leaveClient({ outcome: 'answered', by: person, transferredTo }, clock.now());
    clientLeg.leave();
    this.#deps.onLeft();
  }

  /** It begins without anybody at a device. */
  beginWithoutPerson(): void {
    this.#hasClient = false;
    this.#deps.clientLeg.leave();
  }

  endTransferred(transferredTo: string): void {
    const { reporter, person } = this.#deps;
    reporter.progressed({ transferredTo });
    this.#deps.end({ outcome: 'answered', by: person, transferredTo });
  }

  hangUp(): void {
    this.#deps.hangUp();
  }

  onOver(listener: () => void): void {
    if (this.isOver) listener();
    else this.#overListeners.push(listener);
  }

  /** Nobody talks in the call any more. Idempotent. */
  over(): void {
    for (const listener of this.#overListeners.splice(0)) listener();
  }
}
