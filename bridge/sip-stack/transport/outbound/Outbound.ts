import { formatVia, parseVia, type SipRequest, serializeMessage } from '../../message/index.ts';
import type { Link } from '../links/Link.ts';
import type { ClientTransaction, SipRoute } from '../SipTransportLayer.ts';
import type { StreamConnection } from '../streams/StreamConnection.ts';
import type { TimerSet } from '../TimerSet.ts';
import { InviteClientTransaction } from '../transactions/InviteClientTransaction.ts';
import { NonInviteClientTransaction } from '../transactions/NonInviteClientTransaction.ts';
import { clientTransactionKey, MAGIC_COOKIE } from '../transactions/transactionKey.ts';
import type { LargeRequests } from './LargeRequests.ts';

type Transaction = InviteClientTransaction | NonInviteClientTransaction;

interface OutboundDeps {
  readonly timers: TimerSet;
  readonly connectionTimers: TimerSet;
  readonly large: LargeRequests;
  readonly token: () => string;
  /** `isPatient`: a connection that can't be made is tried again, until the transaction gives up. */
  readonly openLink: (route: SipRoute, isPatient: boolean) => Link;
  readonly connectionTo: (route: SipRoute) => StreamConnection;
  readonly onRetransmission: () => void;
}

/** A branch may be that of a CANCEL, which has its INVITE's. */
const BRANCH = /;branch=([^;]+)/;

/** Our requests, each with its Via and its transaction (RFC 3261 sections 17.1, 18.1). */
export class Outbound {
  readonly #deps: OutboundDeps;
  readonly #transactions = new Map<string, Transaction>();

  constructor(deps: OutboundDeps) {
    this.#deps = deps;
  }

  get size(): number {
    return this.#transactions.size;
  }

  find(key: string): Transaction | undefined {
    return this.#transactions.get(key);
  }

  send(request: SipRequest, route: SipRoute): ClientTransaction {
    const own = this.#withVia(request, route);
    const stream = this.#deps.large.routeFor(own, route);
    return stream === null ? this.#start(own, route) : this.#sendLarge(own, { stream, datagrams: route });
  }

  /** The request with our Via on top, its branch never used before. */
  #withVia(request: SipRequest, route: SipRoute): SipRequest {
    const params = new Map([
      ['branch', `${MAGIC_COOKIE}${this.#deps.token()}`],
      ['rport', null],
    ]);
    const headers = request.headers.clone();
    headers.prepend('Via', formatVia({ transport: route.transport.toUpperCase(), ...route.local, params }));
    return { ...request, headers };
  }

  #start(request: SipRequest, route: SipRoute): Transaction {
    const branch = BRANCH.exec(request.headers.get('Via') ?? '')?.[1] ?? '';
    const key = clientTransactionKey(branch, request.method);
    const { timers, openLink, onRetransmission } = this.#deps;
    const deps = {
      ...{ request, route, timers, onRetransmission },
      // The other side would be left in a call that is over for us.
      link: openLink(route, request.method === 'BYE'),
      onTerminated: () => this.#transactions.delete(key),
    };
    const transaction =
      request.method === 'INVITE'
        ? new InviteClientTransaction({
            ...deps,
            sendCancel: (cancel) => this.#start(cancel, transaction.route),
            openAck: (ack, ackRoute) => ({
              text: serializeMessage(this.#withVia(ack, ackRoute)),
              link: openLink(ackRoute, true),
            }),
          })
        : new NonInviteClientTransaction(deps);
    this.#transactions.set(key, transaction);
    transaction.start();
    return transaction;
  }

  /** RFC 3261 section 18.1.1: by TCP, and by UDP after all where nobody takes that, the Via saying which. */
  #sendLarge(request: SipRequest, { stream, datagrams }: { stream: SipRoute; datagrams: SipRoute }): Transaction {
    const { connectionTo, connectionTimers, large, openLink } = this.#deps;
    const connection = connectionTo(stream);
    const transaction = this.#start(withTransport(request, stream), stream);
    if (connection.isOpen) return transaction;
    const fallBack = (): void => {
      stop();
      connection.off('opened', stop);
      large.noteRefusal(stream);
      transaction.switchTo({ request, route: datagrams, link: openLink(datagrams, false) });
    };
    const stop = connectionTimers.start(large.patienceMs, fallBack);
    connection.once('opened', stop);
    // Before the transaction hears of it, which would give up.
    transaction.onLinkFailed = (fail) => (connection.isOpen ? fail() : fallBack());
    connection.once('opened', () => {
      transaction.onLinkFailed = (fail) => fail();
    });
    return transaction;
  }

  close(): void {
    for (const transaction of [...this.#transactions.values()]) transaction.abandon();
  }
}

function withTransport(request: SipRequest, route: SipRoute): SipRequest {
  const headers = request.headers.clone();
  const via = parseVia(headers.shift('Via') ?? '');
  if (via !== null) headers.prepend('Via', formatVia({ ...via, ...route.local, transport: 'TCP' }));
  return { ...request, headers };
}
