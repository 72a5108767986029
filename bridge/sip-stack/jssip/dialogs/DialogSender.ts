import {
  createDialogRequest,
  type DialogRequestOptions,
  type DialogState,
  type SipRequest,
  sequenceOf,
} from '../../message/index.ts';
import type { ClientTransaction, SipRoute, SipTransportLayer } from '../../transport/index.ts';
import type { CallCredentials } from '../auth/CallCredentials.ts';
import { directRoute, nextHop } from './nextHop.ts';

interface DialogSenderDeps {
  readonly layer: SipTransportLayer;
  readonly credentials: CallCredentials;
  readonly userAgent: string;
  /** The way to the gateway itself. */
  readonly peerRoute: () => SipRoute;
}

/** JsSIP's headers that mean something on the wire; the others are made here. */
const PASSED = ['Reason', 'RAck', 'Content-Type'];

/** Sends requests inside the dialogs of one call, in order, each to its next hop. */
export class DialogSender {
  readonly #deps: DialogSenderDeps;
  /** Hops that needed a look-up, by target. */
  readonly #resolved = new Map<string, SipRoute>();
  /** While a name is looked up what follows waits, so that a BYE doesn't overtake its ACK. */
  #queue: Promise<void> | null = null;

  constructor(deps: DialogSenderDeps) {
    this.#deps = deps;
  }

  /** What JsSIP wants to send, as a request of the real dialog: numbered by that, since JsSIP doesn't send all of them. */
  translate(request: SipRequest, dialog: DialogState): SipRequest {
    return this.#complete(
      createDialogRequest(dialog, { method: request.method, headers: passedOn(request) }),
      request.body,
    );
  }

  /** The ACK of a 2xx to this INVITE (RFC 3261 section 13.2.2.4). */
  ackOf(invite: SipRequest, dialog: DialogState): SipRequest {
    return this.#complete(createDialogRequest(dialog, { method: 'ACK', cseq: sequenceOf(invite) }), '');
  }

  /** A request of our own. */
  create(dialog: DialogState, options: Omit<DialogRequestOptions, 'cseq'>): SipRequest {
    const made = createDialogRequest(dialog, options);
    return this.#complete(made, made.body);
  }

  #complete(made: SipRequest, body: string): SipRequest {
    const { credentials, userAgent } = this.#deps;
    const whole = { ...made, body };
    for (const [name, value] of credentials.headersFor(whole)) whole.headers.append(name, value);
    whole.headers.append('User-Agent', userAgent);
    return whole;
  }

  /** Runs `send` with the next hop of the dialog, at once where that is known. */
  toward(dialog: DialogState, send: (route: SipRoute) => void): void {
    const peer = this.#deps.peerRoute();
    const target = nextHop(dialog, peer);
    const key = target === null ? '' : `${target.transport} ${target.host} ${target.port}`;
    const known = target === null ? peer : (directRoute(target, peer) ?? this.#resolved.get(key));
    if (known !== undefined && this.#queue === null) {
      send(known);
      return;
    }
    // Where its Contact leads nowhere, the way that the call itself took is all that there is.
    const found = known === undefined && target !== null ? this.#deps.layer.resolve(target).catch(() => peer) : known;
    const step = Promise.resolve(this.#queue)
      .then(() => found)
      .then((route) => {
        this.#resolved.set(key, route ?? peer);
        if (this.#queue === step) this.#queue = null;
        send(route ?? peer);
      });
    this.#queue = step;
  }

  /** ACK and BYE for a 2xx that nobody wants (RFC 3261 section 13.2.2.4): a fork, or one that crossed the CANCEL. */
  hangUp(dialog: DialogState, invite: ClientTransaction): void {
    const ack = this.ackOf(invite.request, dialog);
    const bye = this.create(dialog, { method: 'BYE' });
    this.toward(dialog, (route) => {
      invite.acknowledge(ack, route);
      this.#deps.layer.send(bye, route);
    });
  }
}

function passedOn({ headers }: SipRequest): (readonly [name: string, value: string])[] {
  return PASSED.flatMap((name) => headers.all(name).map((value) => [name, value] as const));
}
