import type { Logger } from '../../../observability/index.ts';
import { createResponse, type ResponseOptions, sequenceOf, tagOf } from '../../message/index.ts';
import type { KnownPeers } from '../../peers/index.ts';
import type { SipPeer } from '../../port/index.ts';
import type { ServerTransaction, SipTransportLayer } from '../../transport/index.ts';
import { ALLOW, capabilityHeaders } from '../capabilities.ts';
import type { CallerProofs } from './CallerProofs.ts';
import { chooseCaller } from './chooseCaller.ts';
import { findRefusal } from './findRefusal.ts';
import { findReplacesRefusal } from './replacing.ts';

interface ReceptionDeps {
  readonly layer: SipTransportLayer;
  readonly logger: Logger;
  readonly peers: KnownPeers;
  readonly proofs: CallerProofs;
  /** A call of ours by Call-ID and our tag. */
  readonly findCall: Parameters<typeof findReplacesRefusal>[1]['find'];
  /** Takes the call of a known gateway. */
  readonly open: (peer: SipPeer, transaction: ServerTransaction) => void;
}

/** Requests outside of dialogs that we know: who sends them, and what they get. */
export class Reception {
  readonly #deps: ReceptionDeps;
  /** INVITEs being worked on, by what copies of one have in common (RFC 3261 section 8.2.2.2). */
  readonly #invites = new Set<string>();

  constructor(deps: ReceptionDeps) {
    this.#deps = deps;
  }

  receive(transaction: ServerTransaction): void {
    const { method, headers } = transaction.request;
    const isInDialog = tagOf(headers.get('To')) !== undefined;
    if (method === 'OPTIONS') this.#respond(transaction, { status: 200, headers: capabilityHeaders() });
    else if (
      isInDialog ||
      method === 'BYE' ||
      method === 'UPDATE' ||
      method === 'INFO' ||
      method === 'PRACK' ||
      method === 'NOTIFY'
    ) {
      this.#respond(transaction, { status: 481 });
    } else if (method === 'INVITE') this.#invite(transaction);
    // Only in a call do we know who it is that asks.
    else if (method === 'REFER') this.#respond(transaction, { status: 403 });
    else this.#respond(transaction, { status: 405, headers: [['Allow', ALLOW]] });
  }

  #invite(transaction: ServerTransaction): void {
    const { request, source } = transaction;
    const { peers, logger, open } = this.#deps;
    const peer = chooseCaller(peers.callersAt(source), request) ?? this.#deps.proofs.demand(transaction);
    if (peer === null) return;
    const { headers } = request;
    const key = `${headers.get('Call-ID')} ${tagOf(headers.get('From'))} ${sequenceOf(request)}`;
    if (this.#invites.has(key)) {
      this.#respond(transaction, { status: 482 });
      return;
    }
    this.#invites.add(key);
    transaction.on('terminated', () => this.#invites.delete(key));
    const refusal =
      findRefusal(request) ?? findReplacesRefusal(request, { peerId: peer.id, find: this.#deps.findCall });
    if (refusal === null) {
      open(peer, transaction);
      return;
    }
    logger.debug({ gatewayId: peer.id, status: refusal.status }, 'an INVITE of a gateway can’t be taken');
    this.#respond(transaction, refusal);
  }

  #respond(transaction: ServerTransaction, options: Omit<ResponseOptions, 'toTag'>): void {
    const toTag = this.#deps.layer.token();
    transaction.respond(createResponse(transaction.request, { ...options, toTag }));
  }
}
