import JsSIP from 'jssip';
import type { RTCSession } from 'jssip/lib/RTCSession.js';
import type { Logger } from '../../../observability/index.ts';
import { parseMessage, parseVia, type SipRequest, type SipResponse } from '../../message/index.ts';
import type { SipPeer } from '../../SipStack.ts';
import type { SipRoute, SipTarget, SipTransportLayer } from '../../transport/index.ts';
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
}

/** One gateway: its JsSIP user agent, and the way there. Sorts JsSIP's messages to their calls. */
export class PeerAgent {
  readonly peer: SipPeer;
  readonly #deps: PeerAgentDeps;
  readonly #socket: JsSipSocket;
  readonly #ua: JsSIP.UA;
  /** By JsSIP's Call-ID. */
  readonly #calls = new Map<string, AgentCall>();
  #route: SipRoute | null = null;
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

  /** Calls that JsSIP or the wire still know. */
  get callCount(): number {
    return this.#calls.size;
  }

  /** The way to the gateway where it is known already: no waiting when a call is dialled. */
  get route(): SipRoute | null {
    return this.#route;
  }

  /** What JsSIP holds for this gateway. */
  held(): { sessions: number; dialogs: number; transactions: number } {
    return countHeld(this.#ua);
  }

  /** Looks the gateway up again; rejects with a sentence. */
  async resolve(): Promise<SipRoute> {
    const route = await this.#deps.layer.resolve(firstTarget(this.peer));
    const isSame = this.#route?.address === route.address && this.#route.local.host === route.local.host;
    this.#route = isSame && this.#route !== null ? this.#route : route;
    return this.#route;
  }

  /** Lets JsSIP begin a call; its INVITE comes to `sendFromJsSip` before long. Throws what JsSIP throws. */
  startSession(
    call: AgentCall,
    descriptions: CallDescriptions,
  ): { session: RTCSession; callId: string; fromTag: string } {
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
    return { session, callId, fromTag: session.id.slice(callId.length) };
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
    if (!this.#isRetired || this.#calls.size > 0) return;
    if (this.#route !== null) this.#deps.layer.disconnect(this.#route);
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

/** Until addresses are looked up by RFC 3263. */
function firstTarget({ addresses: [first] }: SipPeer): SipTarget {
  if (first === undefined) throw new Error('the gateway has no address');
  const transport = first.transport === 'auto' ? 'udp' : first.transport;
  return { host: first.host, port: first.port ?? 5060, transport };
}
