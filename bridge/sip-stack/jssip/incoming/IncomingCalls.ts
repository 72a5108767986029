import type { EventEmitter } from 'node:events';
import type { Clock, Logger } from '../../../observability/index.ts';
import { createResponse } from '../../message/index.ts';
import type { KnownPeers } from '../../peers/index.ts';
import type { SipPeer, SipStackEvents } from '../../port/index.ts';
import type { ServerTransaction, SipRoute, SipTransportLayer } from '../../transport/index.ts';
import type { PeerAgent } from '../agent/PeerAgent.ts';
import type { OpenCalls } from '../OpenCalls.ts';
import { CallerProofs } from './CallerProofs.ts';
import { IncomingCall } from './IncomingCall.ts';
import { Reception } from './Reception.ts';
import { routeBack } from './routeBack.ts';

interface IncomingCallsDeps {
  readonly layer: SipTransportLayer;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly peers: KnownPeers;
  readonly calls: OpenCalls;
  readonly agentOf: (peer: SipPeer) => PeerAgent;
  readonly events: EventEmitter<SipStackEvents>;
  readonly isClosed: () => boolean;
}

/** Requests that are for no call that is up, and the calls that some of them begin. */
export class IncomingCalls {
  readonly #deps: IncomingCallsDeps;
  readonly #reception: Reception;

  constructor(deps: IncomingCallsDeps) {
    const { layer, logger, peers, clock } = deps;
    this.#deps = deps;
    this.#reception = new Reception({
      ...{ layer, logger, peers },
      findCall: (callId, localTag) => deps.calls.named(callId, localTag),
      proofs: new CallerProofs({ layer, logger, peers, clock }),
      open: (peer, transaction) => this.#take(peer, transaction),
    });
  }

  receive(transaction: ServerTransaction): void {
    this.#reception.receive(transaction);
  }

  /** Back by where it came from; under TLS by our own connection, since only there the gateway has shown its certificate. */
  #take(peer: SipPeer, transaction: ServerTransaction): void {
    const { layer, agentOf } = this.#deps;
    const refuse = (status: number) =>
      transaction.respond(createResponse(transaction.request, { status, toTag: layer.token() }));
    if (transaction.source.transport === 'tls') {
      // A CANCEL may come before the way is known, and before there is a call that hears of it.
      const onCancelled = () => refuse(487);
      transaction.on('cancelled', onCancelled);
      agentOf(peer)
        .routeTo()
        .finally(() => transaction.off('cancelled', onCancelled))
        .then(
          (route) => this.#open(peer, transaction, route),
          () => refuse(503),
        );
      return;
    }
    const route = routeBack(transaction, peer, layer);
    if (route === null) refuse(503);
    else this.#open(peer, transaction, route);
  }

  #open(peer: SipPeer, transaction: ServerTransaction, route: SipRoute): void {
    const { layer, logger, calls, agentOf, events, isClosed } = this.#deps;
    if (transaction.hasFinal || isClosed()) return;
    const firstSequence = 1 + (Number.parseInt(layer.token().slice(0, 6), 16) & 0xffff);
    const call = calls.open(
      agentOf(peer),
      (deps) => new IncomingCall(deps, { peer, transaction, route, firstSequence }),
    );
    logger.debug({ gatewayId: peer.id, sipCallId: call.sipCallId }, 'a gateway calls');
    try {
      if (!events.emit('incomingCall', call)) call.reject({ status: 480 });
    } catch (error) {
      logger.error({ error, sipCallId: call.sipCallId }, 'a call from a gateway could not be taken');
      call.reject({ status: 500 });
    }
  }
}
