import { type SipResponse, sequenceOf } from '../../message/index.ts';
import type { ClientTransaction, SipRoute, SipTransportLayer } from '../../transport/index.ts';
import type { CallCredentials } from '../auth/CallCredentials.ts';
import type { CallIdentity } from '../dialogs/CallIdentity.ts';
import type { DialogSender } from '../dialogs/DialogSender.ts';

export interface DialogRequestsDeps {
  readonly layer: SipTransportLayer;
  readonly identity: CallIdentity;
  readonly credentials: CallCredentials;
  readonly sender: DialogSender;
  /** Keeps the call until the transaction is over. */
  readonly track: (transaction: ClientTransaction) => ClientTransaction;
  /** The way to the gateway itself; throws before it is known. */
  readonly peerRoute: () => SipRoute;
}

export interface DialogRequest {
  readonly method: string;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: { readonly type: string; readonly text: string };
  /** Each time that it leaves: again after a challenge, with the next number. */
  readonly onSent?: (transaction: ClientTransaction, sequence: number) => void;
}

/** What became of a request. */
export type DialogOutcome =
  | { readonly kind: 'response'; readonly response: SipResponse; readonly transaction: ClientTransaction }
  /** Nothing came back within 64*T1. */
  | { readonly kind: 'timeout' }
  | { readonly kind: 'transport'; readonly reason: string };

/** Requests of our own inside the established dialog of a call, of which JsSIP hears nothing. Challenges are met. */
export class DialogRequests {
  readonly #deps: DialogRequestsDeps;

  constructor(deps: DialogRequestsDeps) {
    this.#deps = deps;
  }

  /** Never rejects. A 2xx to an INVITE is for the caller to acknowledge. */
  send(request: DialogRequest): Promise<DialogOutcome> {
    return new Promise((resolve) => this.#send(request, resolve));
  }

  acknowledge(invite: ClientTransaction): void {
    const { identity, sender } = this.#deps;
    const dialog = identity.established;
    if (dialog === null) return;
    const ack = sender.ackOf(invite.request, dialog);
    sender.toward(dialog, (route) => invite.acknowledge(ack, route));
  }

  #send(request: DialogRequest, resolve: (outcome: DialogOutcome) => void): void {
    const { identity, sender } = this.#deps;
    const dialog = identity.established;
    if (dialog === null) {
      resolve({ kind: 'transport', reason: 'the call is not up' });
      return;
    }
    const { method, headers, body } = request;
    const wire = sender.create(dialog, { method, ...(headers && { headers }), ...(body && { body }) });
    const sendBy = (route: SipRoute): void => {
      const { layer, track, credentials, peerRoute } = this.#deps;
      const transaction = track(layer.send(wire, route));
      let isDecided = false;
      transaction.on('response', (response) => {
        if (response.status < 200) return;
        isDecided = true;
        if (credentials.wantsAnother(response)) this.#send(request, resolve);
        else resolve({ kind: 'response', response, transaction });
      });
      transaction.on('timedOut', () => {
        isDecided = true;
        resolve({ kind: 'timeout' });
      });
      transaction.on('transportFailed', ({ reason }) => {
        isDecided = true;
        // What a gateway calls its Contact may not be reachable; the gateway itself was.
        const peer = peerRoute();
        if (route.address !== peer.address || route.port !== peer.port) sendBy(peer);
        else resolve({ kind: 'transport', reason });
      });
      transaction.on('terminated', () => {
        if (!isDecided) resolve({ kind: 'transport', reason: 'the SIP stack is closed' });
      });
      request.onSent?.(transaction, sequenceOf(wire));
    };
    sender.toward(dialog, sendBy);
  }
}
