import type { RTCSession } from 'jssip/lib/RTCSession.js';
import type { Logger } from '../../../observability/index.ts';
import type { SipRequest, SipResponse } from '../../message/index.ts';
import type { IncomingReferral, SipCallEnd, SipPeer } from '../../port/index.ts';
import type { ClientTransaction, ServerTransaction, SipRoute, SipTransportLayer } from '../../transport/index.ts';
import type { PeerAgent } from '../agent/PeerAgent.ts';
import { CallCredentials } from '../auth/CallCredentials.ts';
import { EstablishedDialog } from '../established/EstablishedDialog.ts';
import { CallIdentity } from './CallIdentity.ts';
import { contactUri } from './contactUri.ts';
import { DialogSender } from './DialogSender.ts';
import { GatewayRequests, type GatewayRequestsDeps } from './GatewayRequests.ts';
import { JsSipRequests } from './JsSipRequests.ts';
import { readQ850 } from './readReason.ts';
import { sendDigit } from './sendDigit.ts';

/** What a call needs of the stack, whoever began it. */
export interface CallDeps {
  readonly layer: SipTransportLayer;
  readonly agent: PeerAgent;
  readonly logger: Logger;
  readonly userAgent: string;
  /** Runs once after the delay; returns how to stop it. */
  readonly startTimer: (delayMs: number, callback: () => void) => () => void;
  /** The call is over, and the last event about to be emitted. */
  readonly onOver: () => void;
  /** Nothing of the call is on the wire any more. */
  readonly onReleased: () => void;
}

interface CallDialogOptions
  extends Pick<GatewayRequestsDeps, 'phase' | 'answerEarly' | 'descriptions' | 'takeEarly' | 'takePrack' | 'onDigits'> {
  readonly callId: string;
  readonly localTag: string;
  readonly peer: SipPeer;
  /** The way to the gateway itself; throws before it is known. */
  readonly peerRoute: () => SipRoute;
  /** We made the Call-ID. */
  readonly isOwnerOfCallId: boolean;
  /** The gateway has said, or shown by silence, that it doesn't know the dialog: the call ends, and hears a BYE all the same. */
  readonly onLost: (end: SipCallEnd) => void;
  /** The gateway refers us to somebody; false where nobody listens. */
  readonly onReferred: (referral: IncomingReferral) => boolean;
  /** The gateway's Contact is another one. */
  readonly onRetargeted: () => void;
}

/** How long the end waits for the answer to our BYE, which goes on being repeated meanwhile and after. */
const BYE_ANSWER_WAIT_MS = 5000;

/** What calls of both directions are made of: JsSIP's session, requests both ways, the BYE, and what is still on the wire. */
export class CallDialog {
  readonly identity: CallIdentity;
  readonly credentials: CallCredentials;
  readonly sender: DialogSender;
  readonly requests: JsSipRequests;
  /** For what an answered call can do without JsSIP. */
  readonly established: EstablishedDialog;
  /** JsSIP's, once it has begun one. */
  session: RTCSession | null = null;
  readonly #deps: CallDeps;
  readonly #peerRoute: () => SipRoute;
  readonly #incoming: GatewayRequests;
  readonly #onWire = new Set<object>();
  #lastBye: SipRequest | null = null;
  #onByeAnswered: ((end: SipCallEnd) => void) | null = null;
  #stopByeTimer: () => void = () => {};
  #isOver = false;
  #isReleased = false;

  constructor(deps: CallDeps, options: CallDialogOptions) {
    const { layer, agent, userAgent } = deps;
    const { callId, localTag, peerRoute } = options;
    const token = () => layer.token();
    const deliver = (text: string) => agent.deliver(text);
    this.#deps = deps;
    this.#peerRoute = peerRoute;
    const identity = new CallIdentity({ callId, localTag });
    const credentials = new CallCredentials({ credentials: options.peer.credentials, token });
    const sender = new DialogSender({ layer, credentials, userAgent, peerRoute });
    this.identity = identity;
    this.credentials = credentials;
    this.sender = sender;
    this.requests = new JsSipRequests({
      ...{ layer, identity, credentials, sender, deliver, peerRoute },
      track: (transaction) => this.track(transaction),
      onByeAnswered: (end) => this.#onByeAnswered?.({ by: 'local', ...end }),
    });
    const { isOwnerOfCallId, onLost, onReferred, onRetargeted, descriptions, peer } = options;
    const { startTimer } = deps;
    this.established = new EstablishedDialog({
      ...{
        layer,
        identity,
        credentials,
        sender,
        peerRoute,
        isOwnerOfCallId,
        startTimer,
        onLost,
        onReferred,
        onRetargeted,
        descriptions,
      },
      domain: peer.domain,
      sessionSeconds: peer.sessionExpiresSeconds ?? null,
      onListenerError: (error) => deps.logger.error({ error, sipCallId: callId }, 'a listener of a transfer failed'),
      track: (transaction) => this.track(transaction),
      contact: () => this.contact(),
    });
    this.#incoming = new GatewayRequests({
      ...options,
      ...{ identity, token, deliver, established: this.established },
      contact: () => this.contact(),
      onBye: ({ request }) => {
        this.#lastBye = request;
      },
    });
  }

  contact(): string {
    return `<${contactUri(this.#peerRoute())}>`;
  }

  /** A request of the gateway with this call's Call-ID and our tag. */
  receive(transaction: ServerTransaction): void {
    this.#incoming.receive(transaction);
  }

  respondFromJsSip(response: SipResponse, branch: string): void {
    this.#incoming.respondFromJsSip(response, branch);
  }

  /** Keeps the call until the transaction is over. */
  track<T extends ClientTransaction | ServerTransaction>(transaction: T): T {
    this.#onWire.add(transaction);
    // Both have it, but their event maps differ.
    (transaction as ClientTransaction).on('terminated', () => {
      this.#onWire.delete(transaction);
      this.#releaseIfDone();
    });
    return transaction;
  }

  sendDigit(digit: string, durationMs: number): Promise<void> {
    if (this.session === null) return Promise.reject(new Error('the call is not up'));
    return sendDigit(this.session, digit, durationMs);
  }

  /** From now on the end is told: once the BYE is answered, and after 5 s at the latest. `sendBye` sends it. */
  beginHangUp(onEnd: (end: SipCallEnd) => void): void {
    this.#onByeAnswered = onEnd;
    this.established.close();
    this.#stopByeTimer = this.#deps.startTimer(BYE_ANSWER_WAIT_MS, () =>
      onEnd({ by: 'local', reason: 'the gateway did not answer the BYE' }),
    );
  }

  sendBye(reason?: { q850: number; text: string }): void {
    this.terminate(reason && `Reason: Q.850;cause=${reason.q850};text="${quotable(reason.text)}"`);
  }

  /** Lets JsSIP end its session, with a BYE where there is a dialog. */
  terminate(header?: string): void {
    try {
      this.session?.terminate(header === undefined ? {} : { extraHeaders: [header] });
    } catch (error) {
      this.#deps.logger.debug({ error }, 'JsSIP had ended the session already');
    }
  }

  /** What JsSIP's `ended` means: the gateway's BYE, with what it says, or a dialog that was lost. */
  readEnd(originator: string, cause: string): SipCallEnd {
    if (this.#lastBye === null) {
      return { by: 'transport', reason: originator === 'remote' ? cause : `the dialog was lost (${cause})` };
    }
    const q850 = readQ850(this.#lastBye);
    const reason = this.#lastBye.headers.get('Reason');
    return { by: 'remote', ...(q850 === undefined ? {} : { q850 }), ...(reason === undefined ? {} : { reason }) };
  }

  /** No event follows. What is on the wire is still seen to; then all is let go of. */
  finish(): void {
    this.#isOver = true;
    this.#stopByeTimer();
    this.established.close();
    this.#deps.onOver();
    this.#releaseIfDone();
  }

  #releaseIfDone(): void {
    if (this.#isReleased || !this.#isOver || this.#onWire.size > 0) return;
    this.#isReleased = true;
    this.#deps.onReleased();
    if (this.identity.jssip !== null) this.#deps.agent.release(this.identity.jssip.callId);
  }
}

/** Text that fits between quotes. */
export function quotable(text: string): string {
  return text.replace(/[^ -!#-[\]-~]/g, '');
}
