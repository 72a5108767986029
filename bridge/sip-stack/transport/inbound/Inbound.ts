import type { Logger } from '../../../observability/index.ts';
import {
  createResponse,
  type ParseResult,
  parseCSeq,
  parseMessage,
  parseVia,
  type SipRequest,
  type SipResponse,
  serializeMessage,
  tagOf,
} from '../../message/index.ts';
import type { Link } from '../links/Link.ts';
import type { InboundScreen, SipRoute, SipSource, SipTransportLayer, WireMessage } from '../SipTransportLayer.ts';
import type { StreamConnection } from '../streams/StreamConnection.ts';
import type { TimerSet } from '../TimerSet.ts';
import { InviteServerTransaction } from '../transactions/InviteServerTransaction.ts';
import { NonInviteServerTransaction } from '../transactions/NonInviteServerTransaction.ts';
import { acceptedKey, clientTransactionKey, serverTransactionKey } from '../transactions/transactionKey.ts';
import type { UdpListener } from '../udp/UdpListener.ts';
import { type Arrival, Arrivals, DEFAULT_SIP_PORT, sourceOf, wayOf } from './Arrivals.ts';
import { Doorway } from './Doorway.ts';
import { stampVia } from './stampVia.ts';

interface InboundDeps {
  /** Emits the events. */
  readonly layer: SipTransportLayer;
  readonly timers: TimerSet;
  readonly counts: {
    messagesIn: number;
    messagesOut: number;
    retransmissionsOut: number;
    malformedIn: number;
    strangersIn: number;
  };
  readonly screen: InboundScreen | undefined;
  readonly logger: Logger;
  readonly announcedHost: string | undefined;
  readonly maxServerTransactions: number;
  readonly findClient: (key: string) => { readonly route: SipRoute; receive(response: SipResponse): void } | undefined;
  readonly counted: (link: Link, way: Omit<WireMessage, 'direction' | 'text'>) => Link;
  readonly connectBack: (to: { address: string; port: number }) => StreamConnection;
}

/** Reads what arrives and brings it to its transaction (RFC 3261 sections 17.1.3, 17.2.3, 18.1.2, 18.2). */
export class Inbound {
  readonly #deps: InboundDeps;
  readonly #servers = new Map<string, InviteServerTransaction | NonInviteServerTransaction>();
  /** Answered with 2xx, by what their ACK will carry. */
  readonly #accepted = new Map<string, InviteServerTransaction>();
  readonly #arrivals: Arrivals;
  readonly #doorway: Doorway;

  constructor(deps: InboundDeps) {
    this.#deps = deps;
    this.#arrivals = new Arrivals(deps);
    this.#doorway = new Doorway({ ...deps, isAwaited: (key) => deps.findClient(key) !== undefined });
  }

  get size(): number {
    return this.#servers.size;
  }

  fromDatagram(bytes: Buffer, listener: UdpListener, from: { address: string; port: number }): void {
    // RFC 5626 section 4.4.1: CRLF between datagrams keeps a NAT open and wants nothing.
    if (bytes.length <= 4 && /^[\r\n\0]*$/.test(bytes.toString('latin1'))) return;
    const verdict = this.#doorway.judge(bytes, sourceOf('udp', from));
    if (verdict === 'drop') return;
    this.#arrivals.ofDatagram(listener, from, (arrival) => this.#receive(bytes, verdict, arrival));
  }

  fromConnection(bytes: Buffer, connection: StreamConnection, from: { address: string; port: number }): void {
    const verdict = this.#doorway.judge(bytes, sourceOf(connection.transport, from));
    if (verdict === 'take') connection.vouch();
    if (verdict !== 'drop') this.#receive(bytes, verdict, this.#arrivals.ofStream(connection, from));
    if (verdict !== 'take') connection.end('a stranger');
  }

  /** The stream can't be read on: says 400 where it is known to whom. */
  broken(
    broken: { problem: string; head?: Buffer },
    connection: StreamConnection,
    from: { address: string; port: number },
  ): void {
    const arrival = this.#arrivals.ofStream(connection, from);
    const verdict = this.#doorway.judge(broken.head ?? Buffer.alloc(0), arrival.source);
    if (verdict === 'drop') return;
    if (broken.head === undefined) this.#malformed(arrival.source, broken.problem);
    else this.#receive(broken.head, verdict, arrival);
  }

  /** Whoever listens for a message may fail over it, but takes nothing else along. */
  #receive(bytes: Buffer, verdict: 'take' | 'refuse', arrival: Arrival): void {
    try {
      if (verdict === 'take') this.#dispatch(bytes, arrival);
      else this.#turnAway(bytes, arrival);
    } catch (error) {
      this.#deps.logger.error({ error, source: arrival.source.address }, 'a SIP message could not be handled');
    }
  }

  #turnAway(bytes: Buffer, arrival: Arrival): void {
    const result = parseMessage(bytes);
    if (result.ok && result.message.kind === 'request') this.#refuse(result.message, arrival, 403);
  }

  #dispatch(bytes: Buffer, arrival: Arrival): void {
    const result = parseMessage(bytes);
    if (this.#deps.layer.onWire !== null) this.#tell(bytes, arrival, result);
    if (!result.ok) {
      this.#malformed(arrival.source, result.problem);
      if (result.answerable !== undefined) this.#refuse(result.answerable, arrival, result.status);
    } else if (result.message.kind === 'response') this.#response(result.message, arrival.source);
    else this.#request(result.message, arrival);
  }

  #tell(bytes: Buffer, arrival: Arrival, result: ParseResult): void {
    const message = result.ok ? result.message : null;
    const { peerId } = (message?.kind === 'response' ? this.#clientOf(message)?.route : undefined) ?? {};
    this.#deps.layer.onWire?.({ ...wayOf(arrival), peerId, direction: 'received', text: bytes.toString() });
  }

  #malformed(source: SipSource, problem: string): void {
    this.#deps.counts.malformedIn += 1;
    this.#deps.logger.debug({ source: source.address, transport: source.transport, problem }, 'unreadable SIP dropped');
    this.#deps.layer.emit('malformed', { source, problem });
  }

  #response(response: SipResponse, source: SipSource): void {
    const client = this.#clientOf(response);
    response.headers.shift('Via');
    if (client !== undefined) {
      this.#deps.layer.emit('answered', client.route, response.status);
      client.receive(response);
    } else this.#deps.layer.emit('strayResponse', response, source);
  }

  #clientOf(response: SipResponse) {
    const via = parseVia(response.headers.get('Via') ?? '');
    const method = parseCSeq(response.headers.get('CSeq') ?? '')?.method ?? '';
    return this.#deps.findClient(clientTransactionKey(via?.params.get('branch') ?? '', method));
  }

  #request(request: SipRequest, arrival: Arrival): void {
    if (request.method === 'ACK') {
      const known = this.#servers.get(serverTransactionKey(request, 'INVITE'));
      const accepted = this.#accepted.get(acceptedKey(request.headers, tagOf(request.headers.get('To')) ?? ''));
      const invite = accepted ?? (known instanceof InviteServerTransaction ? known : undefined);
      invite?.receiveAck(request);
      return;
    }
    const key = serverTransactionKey(request, request.method);
    const existing = this.#servers.get(key);
    if (existing !== undefined) {
      existing.receiveRepeat();
      return;
    }
    if (this.#servers.size >= this.#deps.maxServerTransactions) return;
    stampVia(request, arrival.source);
    const transaction = this.#open(key, request, arrival);
    if (request.method === 'CANCEL') this.#cancel(request, transaction);
    else this.#offer(transaction);
  }

  #offer(transaction: InviteServerTransaction | NonInviteServerTransaction): void {
    try {
      this.#deps.layer.emit('request', transaction);
    } catch (error) {
      transaction.respond(createResponse(transaction.request, { status: 500, toTag: this.#deps.layer.token() }));
      throw error;
    }
  }

  #open(key: string, request: SipRequest, arrival: Arrival): InviteServerTransaction | NonInviteServerTransaction {
    let accepted: string | null = null;
    const deps = {
      request,
      source: arrival.source,
      local: arrival.local,
      link: this.#openReply(request, arrival),
      timers: this.#deps.timers,
      onRetransmission: () => {
        this.#deps.counts.retransmissionsOut += 1;
      },
      onTerminated: () => {
        this.#servers.delete(key);
        if (accepted !== null) this.#accepted.delete(accepted);
      },
    };
    const transaction =
      request.method === 'INVITE'
        ? new InviteServerTransaction({
            ...deps,
            onAccepted: (toTag) => {
              accepted = acceptedKey(request.headers, toTag);
              if (transaction instanceof InviteServerTransaction) this.#accepted.set(accepted, transaction);
            },
          })
        : new NonInviteServerTransaction(deps);
    this.#servers.set(key, transaction);
    return transaction;
  }

  #openReply(request: SipRequest, arrival: Arrival): Link {
    const via = parseVia(request.headers.get('Via') ?? '');
    const sentByPort = via?.port ?? DEFAULT_SIP_PORT;
    const link = arrival.openReply({ sentByPort, hasRport: via?.params.has('rport') ?? false });
    return this.#deps.counted(link, wayOf(arrival));
  }

  /** RFC 3261 section 9.2: 200 to the CANCEL, whatever becomes of the INVITE; 481 where there is none. */
  #cancel(cancel: SipRequest, transaction: InviteServerTransaction | NonInviteServerTransaction): void {
    const invite = this.#servers.get(serverTransactionKey(cancel, 'INVITE'));
    const toTag = this.#deps.layer.token();
    transaction.respond(createResponse(cancel, { status: invite === undefined ? 481 : 200, toTag }));
    if (invite instanceof InviteServerTransaction) invite.receiveCancel(cancel);
  }

  /** Answers without a transaction: nothing is kept for what could not be read. */
  #refuse(request: SipRequest, arrival: Arrival, status: number): void {
    const via = parseVia(request.headers.get('Via') ?? '');
    if (via === null) return;
    stampVia(request, arrival.source);
    const link = this.#openReply(request, arrival);
    link.send(serializeMessage(createResponse(request, { status, toTag: this.#deps.layer.token() })));
    if (arrival.source.transport !== 'udp') link.release();
  }

  close(): void {
    for (const transaction of [...this.#servers.values()]) transaction.abandon();
  }
}
