import { type SipRequest, tagOf } from '../../message/index.ts';
import type { ClientTransaction, SipRoute, SipTransportLayer } from '../../transport/index.ts';
import type { CallCredentials } from '../auth/CallCredentials.ts';
import type { CallIdentity } from './CallIdentity.ts';
import type { DialogSender } from './DialogSender.ts';

interface JsSipRequestsDeps {
  readonly layer: SipTransportLayer;
  readonly identity: CallIdentity;
  readonly credentials: CallCredentials;
  readonly sender: DialogSender;
  readonly deliver: (text: string) => boolean;
  /** Keeps the call until the transaction is over. */
  readonly track: (transaction: ClientTransaction) => ClientTransaction;
  readonly peerRoute: () => SipRoute;
  readonly onByeAnswered: (end: { status?: number; reason?: string }) => void;
}

/** What JsSIP sends inside the dialogs of a call, put on the wire, and the answers brought back. */
export class JsSipRequests {
  readonly #deps: JsSipRequestsDeps;

  constructor(deps: JsSipRequestsDeps) {
    this.#deps = deps;
  }

  acknowledge(request: SipRequest, invite: ClientTransaction): void {
    const { identity, sender } = this.#deps;
    const dialog = identity.dialog(tagOf(request.headers.get('To')) ?? '');
    if (dialog === undefined) return;
    const ack = sender.ackOf(invite.request, dialog);
    sender.toward(dialog, (route) => invite.acknowledge(ack, route));
  }

  send(request: SipRequest, branch: string): void {
    const { identity, sender } = this.#deps;
    const dialog = identity.dialog(tagOf(request.headers.get('To')) ?? '');
    if (dialog === undefined) return;
    const wire = sender.translate(request, dialog);
    sender.toward(dialog, (route) => this.#sendBy(route, wire, request, branch));
  }

  #sendBy(route: SipRoute, wire: SipRequest, request: SipRequest, branch: string): void {
    const { layer, track, peerRoute, credentials, identity, deliver, onByeAnswered } = this.#deps;
    const isBye = request.method === 'BYE';
    const asked = { branch, cseq: request.headers.get('CSeq') ?? '' };
    const failed = (status: number, reason: string): void => {
      deliver(identity.responseForJsSip({ status }, asked));
      if (isBye) onByeAnswered({ reason });
    };
    const transaction = track(layer.send(wire, route));
    transaction.on('timedOut', () => failed(408, 'the gateway did not answer'));
    transaction.on('transportFailed', ({ reason }) => {
      // What a gateway calls its Contact may not be reachable; the gateway itself was.
      const peer = peerRoute();
      if (route.address === peer.address && route.port === peer.port) failed(503, reason);
      else this.#sendBy(peer, wire, request, branch);
    });
    transaction.on('response', (response) => {
      if (credentials.wantsAnother(response)) {
        deliver(identity.responseForJsSip({ status: 401 }, asked, credentials.challengeForJsSip()));
        return;
      }
      // A challenge that can't be answered would make JsSIP try all the same.
      const isChallenge = response.status === 401 || response.status === 407;
      const remoteTag = tagOf(response.headers.get('To'));
      deliver(identity.responseForJsSip({ status: isChallenge ? 403 : response.status, remoteTag }, asked));
      if (isBye && response.status >= 200) onByeAnswered({ status: response.status });
    });
  }
}
