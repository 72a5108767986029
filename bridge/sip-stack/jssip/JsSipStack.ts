import { EventEmitter } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import type { Clock, Logger } from '../../observability/index.ts';
import type { Location } from '../location/index.ts';
import type { KnownPeers } from '../peers/index.ts';
import type {
  OutgoingInvite,
  ProbeResult,
  SipCall,
  SipDestination,
  SipDialogSnapshot,
  SipListener,
  SipPeer,
  SipRegistration,
  SipStack,
  SipStackCounters,
  SipStackEvents,
  SipStackHoldings,
  TracedCallMessage,
  TracedSipMessage,
} from '../port/index.ts';
import type { SipTransportLayer } from '../transport/index.ts';
import { TimerSet } from '../transport/index.ts';
import { PeerAgent } from './agent/PeerAgent.ts';
import { endLeftover } from './endLeftover.ts';
import { IncomingCalls } from './incoming/IncomingCalls.ts';
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
    const incoming = new IncomingCalls({
      ...{ layer, logger, peers, clock: deps.clock, calls: this.#calls, events: this.events },
      agentOf: (peer) => this.#agentOf(peer),
      isClosed: () => this.#isClosed,
    });
    layer.on('request', (transaction) => {
      const call = this.#calls.find(transaction.request);
      if (call === undefined) incoming.receive(transaction);
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

  traceCalls(listener: (message: TracedCallMessage) => void): () => void {
    return this.#tracer.addForCalls(listener);
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

  async endLeftover(peer: SipPeer, dialog: SipDialogSnapshot): Promise<boolean> {
    if (this.#isClosed) return false;
    const { layer, userAgent } = this.#deps;
    return endLeftover(peer, dialog, {
      ...{ layer, userAgent },
      startTimer: (delayMs, callback) => this.#timers.start(delayMs, callback),
      route: () => this.#agentOf(peer).routeTo(),
    });
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
