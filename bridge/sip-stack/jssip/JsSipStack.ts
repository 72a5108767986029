import { EventEmitter } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import type { Clock, Logger } from '../../observability/index.ts';
import type { Location } from '../location/index.ts';
import { createResponse } from '../message/index.ts';
import type { KnownPeers } from '../peers/index.ts';
import type {
  OutgoingInvite,
  ProbeResult,
  SipCall,
  SipDestination,
  SipListener,
  SipPeer,
  SipRegistration,
  SipStack,
  SipStackCounters,
  SipStackEvents,
  SipStackHoldings,
  TracedSipMessage,
} from '../SipStack.ts';
import type { ServerTransaction, SipRoute, SipTransportLayer } from '../transport/index.ts';
import { TimerSet } from '../transport/index.ts';
import { PeerAgent } from './agent/PeerAgent.ts';
import { CallerProofs } from './incoming/CallerProofs.ts';
import { IncomingCall } from './incoming/IncomingCall.ts';
import { Reception } from './incoming/Reception.ts';
import { routeBack } from './incoming/routeBack.ts';
import { OpenCalls } from './OpenCalls.ts';
import { OutgoingCall } from './outgoing/OutgoingCall.ts';
import { probePeer } from './probePeer.ts';
import { Registrations } from './registration/Registrations.ts';
import { Tracer } from './Tracer.ts';

interface JsSipStackDeps {
  readonly layer: SipTransportLayer;
  readonly location: Location;
  readonly peers: KnownPeers;
  readonly preciseNow: () => number;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly userAgent: string;
}

/** How long `close()` waits for answers to the BYEs and CANCELs that it sends. */
const CLOSE_WAIT_MS = 1000;

/** The port over JsSIP: keeps a user agent per gateway, finds the call of each request that comes in. */
export class JsSipStack implements SipStack {
  readonly #deps: JsSipStackDeps;
  readonly #timers: TimerSet;
  readonly #calls: OpenCalls;
  readonly #reception: Reception;
  readonly #registrations: Registrations;
  readonly #agents = new Map<string, PeerAgent>();
  /** Replaced or forgotten ones with calls still on them. */
  readonly #retired = new Set<PeerAgent>();
  readonly #tracer: Tracer;
  readonly events = new EventEmitter<SipStackEvents>();
  #isClosed = false;

  constructor(deps: JsSipStackDeps) {
    this.#deps = deps;
    this.#timers = new TimerSet(deps.clock, (error) => deps.logger.error({ error }, 'a SIP timer failed'));
    const { layer, logger, userAgent, peers } = deps;
    const startTimer = (delayMs: number, callback: () => void) => this.#timers.start(delayMs, callback);
    this.#calls = new OpenCalls({ layer, logger, userAgent, startTimer });
    this.#registrations = new Registrations({
      ...{ layer, userAgent, startTimer },
      now: () => deps.clock.now(),
      locate: (peer) => this.locate(peer),
      routeTo: (peer, destination) => this.#agentOf(peer).routeTo(destination),
      noteFailure: (destination) => this.noteFailure(destination),
    });
    this.#tracer = new Tracer({
      ...deps,
      peerOf: ({ callId, remote }) => this.#calls.peerOf(callId) ?? peers.at(remote)[0]?.id,
    });
    this.#reception = new Reception({
      ...{ layer, logger, peers },
      proofs: new CallerProofs({ layer, logger, peers, clock: deps.clock }),
      open: (peer, transaction) => this.#takeCall(peer, transaction),
    });
    layer.on('request', (transaction) => {
      const call = this.#calls.find(transaction.request);
      if (call === undefined) this.#reception.receive(transaction);
      else call.receive(transaction);
    });
    deps.layer.on('answered', (route, status) => {
      // A place that only hands on, or says that it can't, hasn't shown that it works.
      if (status > 100 && status !== 408 && status !== 503) deps.location.noteAnswer(route);
    });
  }

  get listeners(): readonly SipListener[] {
    return this.#deps.layer.bound;
  }

  invite(request: OutgoingInvite): SipCall {
    if (this.#isClosed) throw new Error('the SIP stack is closed');
    const { logger, peers } = this.#deps;
    if (request.destination !== undefined) peers.note(request.peer, [request.destination]);
    const serviceRoute = this.#registrations.serviceRouteOf(request.peer.id);
    const call = this.#calls.open(this.#agentOf(request.peer), (deps) => new OutgoingCall(deps, request, serviceRoute));
    logger.debug({ callId: request.callId, gatewayId: request.peer.id, sipCallId: call.sipCallId }, 'INVITE begins');
    // After this returns, so that no event comes before its listener.
    queueMicrotask(() => call.start());
    return call;
  }

  /** Whether a call of this Call-ID is under way. */
  hasCall(sipCallId: string): boolean {
    return this.#calls.peerOf(sipCallId) !== undefined;
  }

  probe(peer: SipPeer, options: { timeoutMs: number; destination?: SipDestination }): Promise<ProbeResult> {
    const { layer, userAgent, clock } = this.#deps;
    if (this.#isClosed) return Promise.resolve({ isReachable: false, problem: 'the SIP stack is closed' });
    const agent = this.#agentOf(peer);
    return probePeer(
      peer,
      { timeoutMs: options.timeoutMs, resolve: () => agent.routeTo(options.destination) },
      {
        layer,
        userAgent,
        now: () => clock.now(),
        startTimer: (delayMs, callback) => this.#timers.start(delayMs, callback),
      },
    );
  }

  async locate(peer: SipPeer): Promise<readonly SipDestination[]> {
    const destinations = await this.#deps.location.locate(peer);
    this.#deps.peers.note(peer, destinations);
    return destinations;
  }

  noteFailure(destination: SipDestination): void {
    this.#deps.location.noteFailure(destination);
  }

  register(peer: SipPeer, options: { expiresSeconds: number }): SipRegistration {
    if (this.#isClosed) throw new Error('the SIP stack is closed');
    return this.#registrations.open(peer, options.expiresSeconds);
  }

  setPeers(peers: readonly SipPeer[]): void {
    this.#deps.peers.set(peers);
  }

  trace(peerId: string, listener: (message: TracedSipMessage) => void): () => void {
    return this.#tracer.add(peerId, listener);
  }

  forget(peerId: string): void {
    this.#deps.peers.forget(peerId);
    const agent = this.#agents.get(peerId);
    if (agent === undefined) return;
    this.#agents.delete(peerId);
    this.#retire(agent);
  }

  #agentOf(peer: SipPeer): PeerAgent {
    const known = this.#agents.get(peer.id);
    if (known !== undefined && isDeepStrictEqual(known.peer, peer)) return known;
    if (known !== undefined) this.#retire(known);
    const agent = new PeerAgent({
      layer: this.#deps.layer,
      logger: this.#deps.logger,
      peer,
      locate: (wanted) => this.locate(wanted),
    });
    this.#agents.set(peer.id, agent);
    return agent;
  }

  #retire(agent: PeerAgent): void {
    for (const old of this.#retired) if (old.callCount === 0) this.#retired.delete(old);
    this.#retired.add(agent);
    agent.retire();
  }

  /** Back by where it came from; under TLS by our own connection, since only there the gateway has shown its certificate. */
  #takeCall(peer: SipPeer, transaction: ServerTransaction): void {
    const { layer } = this.#deps;
    const refuse = () =>
      transaction.respond(createResponse(transaction.request, { status: 503, toTag: layer.token() }));
    if (transaction.source.transport === 'tls') {
      this.#agentOf(peer)
        .routeTo()
        .then((route) => this.#openCall(peer, transaction, route), refuse);
      return;
    }
    const route = routeBack(transaction, peer, layer);
    if (route === null) refuse();
    else this.#openCall(peer, transaction, route);
  }

  #openCall(peer: SipPeer, transaction: ServerTransaction, route: SipRoute): void {
    const { layer, logger } = this.#deps;
    if (transaction.hasFinal || this.#isClosed) return;
    const firstSequence = 1 + (Number.parseInt(layer.token().slice(0, 6), 16) & 0xffff);
    const call = this.#calls.open(
      this.#agentOf(peer),
      (deps) => new IncomingCall(deps, { peer, transaction, route, firstSequence }),
    );
    logger.debug({ gatewayId: peer.id, sipCallId: call.sipCallId }, 'a gateway calls');
    try {
      if (!this.events.emit('incomingCall', call)) call.reject({ status: 480 });
    } catch (error) {
      logger.error({ error, sipCallId: call.sipCallId }, 'a call from a gateway could not be taken');
      call.reject({ status: 500 });
    }
  }

  holdings(): SipStackHoldings {
    const { layer } = this.#deps;
    const held = layer.holdings();
    return {
      calls: this.#calls.size,
      clientTransactions: held.clientTransactions,
      serverTransactions: held.serverTransactions,
      connections: held.connections,
      userAgents: this.#agents.size,
      timers: held.timers + this.#timers.size,
    };
  }

  /** What JsSIP itself still holds, all gateways together; for leak checks. */
  heldByJsSip(): { sessions: number; dialogs: number; transactions: number } {
    const sum = { sessions: 0, dialogs: 0, transactions: 0 };
    for (const agent of [...this.#agents.values(), ...this.#retired]) {
      const held = agent.held();
      sum.sessions += held.sessions;
      sum.dialogs += held.dialogs;
      sum.transactions += held.transactions;
    }
    return sum;
  }

  counters(): SipStackCounters {
    return this.#deps.layer.counters();
  }

  /** Hangs up what is up, waits a second at most for the answers, and lets go of everything. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await Promise.all([this.#calls.close(CLOSE_WAIT_MS), this.#registrations.close(CLOSE_WAIT_MS)]);
    for (const agent of [...this.#agents.values(), ...this.#retired]) agent.close();
    this.#agents.clear();
    this.#deps.peers.close();
    this.#timers.clear();
    await this.#deps.layer.close();
  }
}
