import JsSIP from 'jssip';
import type { RTCSession } from 'jssip/lib/RTCSession.js';
import type { Logger } from '../../../observability/index.ts';
import { parseMessage, parseVia, type SipRequest, type SipResponse } from '../../message/index.ts';
import type { SipDestination, SipPeer } from '../../port/index.ts';
import type { SipRoute, SipTransportLayer } from '../../transport/index.ts';
import { JSSIP_LOCAL } from '../dialogs/CallIdentity.ts';
import { JsSipSocket } from './JsSipSocket.ts';
import { countHeld, disconnect, finishAccepted, strengthenBranches } from './jssipInternals.ts';
import type { CallDescriptions } from './StandInPeerConnection.ts';

/** A call as its agent sees it. */
export interface AgentCall {
  /** JsSIP sends a request of this call, in JsSIP's own names. */
  sendFromJsSip(request: SipRequest, branch: string): void;
  /** JsSIP answers a request that the call gave it under this branch. */
  respondFromJsSip(response: SipResponse, branch: string): void;
}

/** `JSSIP_REMOTE` as JsSIP would read it: JsSIP's types know a text only, whose reading costs more than the rest of its call. */
const readTarget = (): JsSIP.URI => new JsSIP.URI('sip', 'gateway', 'jssip.invalid');

interface PeerAgentDeps {
  readonly layer: SipTransportLayer;
  readonly logger: Logger;
  readonly peer: SipPeer;
  /** Places in the order of trying. Rejects with a sentence. */
  readonly locate: (peer: SipPeer) => Promise<readonly SipDestination[]>;
}

/** Ways kept; who has more places than this waits a little at some calls. */
const MAX_ROUTES = 100;

/** One gateway: its JsSIP user agent, and the ways there. Sorts JsSIP's messages to their calls. */
export class PeerAgent {
  readonly peer: SipPeer;
  readonly #deps: PeerAgentDeps;
  readonly #socket: JsSipSocket;
  readonly #ua: JsSIP.UA;
  /** By JsSIP's Call-ID. */
  readonly #calls = new Map<string, AgentCall>();
  /** By place. */
  readonly #routes = new Map<string, SipRoute>();
  /** That aren't over, whether JsSIP has heard of them or not. */
  #openCalls = 0;
  #isRetired = false;

  constructor(deps: PeerAgentDeps) {
    this.#deps = deps;
    this.peer = deps.peer;
    this.#socket = new JsSipSocket((text) => this.#take(text));
    this.#ua = new JsSIP.UA({
      sockets: [this.#socket as unknown as JsSIP.Socket],
      uri: JSSIP_LOCAL,
      contact_uri: JSSIP_LOCAL,
      // Makes JsSIP try again after a challenge; the real answer is written by CallCredentials.
      password: 'unused',
      register: false,
      session_timers: false,
    });
    strengthenBranches(this.#ua, () => deps.layer.token());
    this.#ua.start();
  }

  /** Calls that aren't over, or that JsSIP or the wire still know. */
  get callCount(): number {
    return Math.max(this.#calls.size, this.#openCalls);
  }

  /** A call will need it: one that rings is unknown to JsSIP until it is answered. Returns what to call when it is over. */
  hold(): () => void {
    this.#openCalls += 1;
    return () => {
      this.#openCalls -= 1;
      this.#closeIfDone();
    };
  }

  /** The way to a place where it is known already: no waiting when a call is dialled. */
  knownRoute(destination: SipDestination): SipRoute | null {
    return this.#routes.get(keyOf(destination)) ?? null;
  }

  /** What JsSIP holds for this gateway. */
  held(): { sessions: number; dialogs: number; transactions: number } {
    return countHeld(this.#ua);
  }

  /** The way to this place, else to the first of the gateway's; looked up again, since our own address may have changed. Rejects with a sentence. */
  async routeTo(destination?: SipDestination): Promise<SipRoute> {
    const place = destination ?? (await this.#deps.locate(this.peer))[0];
    if (place === undefined) throw new Error('the gateway has no address');
    const { transport, address, port, host } = place;
    const { tls } = this.peer;
    const identity = transport === 'tls' ? { tls: { name: tls?.serverName ?? host, settings: tls } } : {};
    const found = await this.#deps.layer.resolve({ transport, host: address, port, peerId: this.peer.id, ...identity });
    const known = this.knownRoute(place);
    if (known !== null && known.local.host === found.local.host) return known;
    if (this.#routes.size >= MAX_ROUTES) this.#routes.clear();
    this.#routes.set(keyOf(place), found);
    return found;
  }

  /** Lets JsSIP begin a call; its INVITE comes to `sendFromJsSip` before long. Throws what JsSIP throws. */
  startSession(
    call: AgentCall,
    descriptions: CallDescriptions,
  ): { session: RTCSession; callId: string; localTag: string } {
    let callId = '';
    const note = ({ request }: { request: { call_id: string } }): void => {
      callId = request.call_id;
      this.#calls.set(callId, call);
    };
    // The event comes from within call(), which is how JsSIP's Call-ID is learned before it sends anything.
    this.#ua.once('newRTCSession', note as never);
    const session = this.#ua.call(readTarget() as unknown as string, {
      pcConfig: { descriptions } as never,
      mediaConstraints: { audio: false, video: false },
    });
    return { session, callId, localTag: session.id.slice(callId.length) };
  }

  /** Lets JsSIP take a call that comes in under a Call-ID of ours; the tag is JsSIP's own. Null when it will not have it. */
  acceptSession(
    call: AgentCall,
    invite: { callId: string; text: string },
  ): { session: RTCSession; tag: string } | null {
    let taken: { session: RTCSession; tag: string } | null = null;
    const note = ({ session, request }: { session: RTCSession; request: { to_tag: string } }): void => {
      taken = { session, tag: request.to_tag };
    };
    this.#calls.set(invite.callId, call);
    this.#ua.once('newRTCSession', note as never);
    this.deliver(invite.text);
    this.#ua.removeListener('newRTCSession', note as never);
    return taken;
  }

  release(jssipCallId: string): void {
    this.#calls.delete(jssipCallId);
    this.#closeIfDone();
  }

  /** Hands JsSIP a message. False when JsSIP threw over it. */
  deliver(text: string): boolean {
    try {
      this.#socket.ondata(text);
      return true;
    } catch (error) {
      this.#deps.logger.warn({ error, gatewayId: this.peer.id }, 'JsSIP failed over a message');
      return false;
    }
  }

  /** JsSIP has acknowledged the 2xx of this INVITE and needs its transaction no more. */
  finishInvite(branch: string): void {
    finishAccepted(this.#ua, branch);
  }

  /** No new calls; closes when the last one is over. */
  retire(): void {
    this.#isRetired = true;
    this.#closeIfDone();
  }

  #closeIfDone(): void {
    if (!this.#isRetired || this.callCount > 0) return;
    for (const route of this.#routes.values()) this.#deps.layer.disconnect(route);
    this.close();
  }

  /** Stops JsSIP and its timers at once. Idempotent. */
  close(): void {
    this.#calls.clear();
    // In this order: a user agent that is stopped while it has transactions keeps timers of its own.
    disconnect(this.#ua);
    this.#ua.stop();
  }

  #take(text: string): void {
    const result = parseMessage(text);
    if (!result.ok) {
      this.#deps.logger.error({ problem: result.problem }, 'JsSIP sent something unreadable');
      return;
    }
    const { message } = result;
    const branch = parseVia(message.headers.get('Via') ?? '')?.params.get('branch') ?? '';
    const call = this.#calls.get(message.headers.get('Call-ID') ?? '');
    if (message.kind === 'request') call?.sendFromJsSip(message, branch);
    else call?.respondFromJsSip(message, branch);
  }
}

function keyOf({ transport, address, port, host }: SipDestination): string {
  return `${transport} ${address} ${port} ${host}`;
}
