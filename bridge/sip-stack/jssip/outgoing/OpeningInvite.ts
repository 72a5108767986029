import { type SipRequest, type SipResponse, tagOf } from '../../message/index.ts';
import type { InviteFailure } from '../../port/index.ts';
import type { ClientTransaction, SipRoute, SipTransportLayer } from '../../transport/index.ts';
import type { CallCredentials } from '../auth/CallCredentials.ts';
import type { AskedByJsSip, CallIdentity } from '../dialogs/CallIdentity.ts';
import type { DialogSender } from '../dialogs/DialogSender.ts';
import { createInvite } from './createInvite.ts';
import type { EarlyDialogs } from './EarlyDialogs.ts';
import type { InviteNames } from './InviteNames.ts';
import { readFailure } from './readFailure.ts';

interface OpeningInviteDeps {
  readonly layer: SipTransportLayer;
  readonly identity: CallIdentity;
  readonly names: InviteNames;
  readonly credentials: CallCredentials;
  readonly sender: DialogSender;
  readonly early: EarlyDialogs;
  readonly userAgent: string;
  readonly route: () => SipRoute;
  /** Preloaded Route headers. */
  readonly routes: () => readonly string[];
  readonly contact: () => string;
  readonly maxForwards: number;
  /** What we ask of session timers. */
  readonly timerHeaders: () => readonly (readonly [name: string, value: string])[];
  /** Whether a 422 told how it will be better. */
  readonly learnInterval: (response: SipResponse) => boolean;
  readonly deliver: (text: string) => boolean;
  readonly track: (transaction: ClientTransaction) => ClientTransaction;
  readonly onSent: () => void;
  readonly onTrying: () => void;
  readonly onProgress: (progress: { status: number; reason: string; sdp: string | null }) => void;
  /** A 101-299: what it says of the gateway counts. */
  readonly onDialogMessage: (response: SipResponse) => void;
  /** JsSIP is about to be handed the 2xx, and will acknowledge it. */
  readonly onAccepted: (sdp: string, response: SipResponse) => void;
  /** JsSIP threw over the 2xx. */
  readonly onUnusable: () => void;
  readonly onFailed: (failure: InviteFailure) => void;
}

/**
 * The INVITE that opens a call, with its second tries after challenges, until it is decided; and, as long as answers can
 * come, what must be done about those that come too late or twice.
 *
 *   open --cancel()--> cancelled --final, lost--> decided
 *     \-------------- final, lost ----------------^
 */
export class OpeningInvite {
  readonly #deps: OpeningInviteDeps;
  readonly #branches = new Set<string>();
  #state: 'open' | 'cancelled' | 'decided' = 'open';
  #transaction: ClientTransaction | null = null;
  /** Of the last that was sent. JsSIP counts by itself. */
  #sequence = 0;
  #hasResponse = false;
  #accepted: SipResponse | null = null;

  constructor(deps: OpeningInviteDeps) {
    this.#deps = deps;
  }

  /** The one that counts: the last that was sent. */
  get transaction(): ClientTransaction | null {
    return this.#transaction;
  }

  /** Something came back for it, so that JsSIP hears the end from the wire. */
  get hasResponse(): boolean {
    return this.#hasResponse;
  }

  /** JsSIP's branches of it, whose failures the transaction layer acknowledges itself. */
  get branches(): ReadonlySet<string> {
    return this.#branches;
  }

  /** JsSIP sends it, for the first time or after a challenge. */
  send(request: SipRequest, branch: string): void {
    if (this.#state !== 'open') return;
    this.#branches.add(branch);
    this.#transmit(request.body, { branch, cseq: request.headers.get('CSeq') ?? '' });
  }

  #transmit(offer: string, asked: AskedByJsSip): void {
    const { layer, route, routes, contact, identity, names, maxForwards, credentials, userAgent, track, onSent } =
      this.#deps;
    this.#sequence += 1;
    const wire = createInvite({
      names,
      callId: identity.callId,
      credentials,
      userAgent,
      cseq: this.#sequence,
      maxForwards,
      timer: this.#deps.timerHeaders(),
      routes: routes(),
      contact: contact(),
      offer,
    });
    const isFirst = this.#transaction === null;
    const transaction = track(layer.send(wire, route()));
    this.#transaction = transaction;
    transaction.on('response', (response) => this.#receive(response, transaction, asked));
    transaction.on('timedOut', () => this.#fail({ kind: 'timeout' }, 408, asked));
    transaction.on('transportFailed', ({ reason }) => this.#fail({ kind: 'transport', reason }, 503, asked));
    if (isFirst) onSent();
  }

  /** Late provisional answers get their CANCEL and late 2xx their BYE, whether the call is still there or not. */
  cancel(reason?: string): void {
    if (this.#state !== 'open') return;
    this.#state = 'cancelled';
    this.#transaction?.cancel(reason);
  }

  /** ACK and BYE for the 2xx that was accepted, when JsSIP could not make anything of it. */
  hangUp(): void {
    if (this.#accepted !== null && this.#transaction !== null) this.#hangUp(this.#accepted, this.#transaction);
  }

  #receive(response: SipResponse, transaction: ClientTransaction, asked: AskedByJsSip): void {
    const { credentials, identity, deliver } = this.#deps;
    this.#hasResponse = true;
    if (response.status < 200) this.#provisional(response, asked);
    else if (response.status < 300) this.#success(response, transaction, asked);
    else if (this.#state === 'open' && credentials.wantsAnother(response)) {
      deliver(identity.responseForJsSip({ status: 401 }, asked, credentials.challengeForJsSip()));
    } else if (this.#state === 'open' && response.status === 422 && this.#deps.learnInterval(response)) {
      // JsSIP, which has no session timers here, needn't know.
      this.#transmit(transaction.request.body, asked);
    } else {
      // JsSIP would try to meet a challenge all the same.
      const isChallenge = response.status === 401 || response.status === 407;
      this.#fail(readFailure(response), isChallenge ? 403 : response.status, asked);
    }
  }

  #provisional(response: SipResponse, asked: AskedByJsSip): void {
    const news = this.#deps.early.take(response, asked);
    if (news === null) return;
    const { status, reason } = response;
    if (status > 100) this.#deps.onDialogMessage(response);
    // A person waits to hear it ring; JsSIP, which takes longer than all the rest, comes last.
    if (this.#state === 'open' && status === 100) this.#deps.onTrying();
    else if (this.#state === 'open') this.#deps.onProgress({ status, reason, sdp: news.sdp });
    news.handOn();
  }

  #success(response: SipResponse, transaction: ClientTransaction, asked: AskedByJsSip): void {
    const { identity, early, credentials, deliver, onAccepted, onUnusable } = this.#deps;
    const hasDialog = identity.learnDialog(response) !== null;
    const sdp = early.sdpOf(response);
    if (this.#state === 'open' && hasDialog && sdp !== undefined) {
      credentials.wantsAnother(response);
      this.#state = 'decided';
      this.#accepted = response;
      identity.establish(response);
      this.#deps.onDialogMessage(response);
      onAccepted(sdp, response);
      const remoteTag = tagOf(response.headers.get('To'));
      if (!deliver(identity.responseForJsSip({ status: response.status, remoteTag }, asked, [], sdp))) onUnusable();
      return;
    }
    // A fork's second 2xx, one that crossed our CANCEL, or one that nobody can use: ACK and BYE, by its own tag.
    this.#hangUp(response, transaction);
    const reason = hasDialog ? 'the gateway answered without SDP' : 'the 2xx has no tag or Contact';
    this.#fail({ kind: 'protocol', reason }, 487, asked);
  }

  #hangUp(response: SipResponse, transaction: ClientTransaction): void {
    const dialog = this.#deps.identity.learnDialog(response);
    if (dialog !== null) this.#deps.sender.hangUp(dialog, transaction);
  }

  #fail(failure: InviteFailure, statusForJsSip: number, asked: AskedByJsSip): void {
    if (this.#state === 'decided') return;
    const wasCancelled = this.#state === 'cancelled';
    this.#state = 'decided';
    this.#deps.deliver(this.#deps.identity.responseForJsSip({ status: statusForJsSip }, asked));
    this.#deps.onFailed(wasCancelled ? { kind: 'cancelled' } : failure);
  }
}
