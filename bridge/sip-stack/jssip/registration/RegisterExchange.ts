import { createRequest, escapeUser, formatHost, type SipRequest, type SipResponse } from '../../message/index.ts';
import type { SipPeer } from '../../port/index.ts';
import type { SipRoute, SipTransportLayer } from '../../transport/index.ts';
import { CallCredentials } from '../auth/CallCredentials.ts';
import { hostOfDomain } from '../dialogs/hostOfDomain.ts';
import { readRetryAfterMs } from '../dialogs/readReason.ts';
import { preloadedRoutes } from '../outgoing/preloadedRoutes.ts';
import { type Binding, readBinding, secondsOf } from './readBinding.ts';

export type RegisterOutcome =
  | { readonly kind: 'registered'; readonly binding: Binding }
  /** Another place of the gateway may do better. */
  | { readonly kind: 'silent'; readonly problem: string }
  /** It was understood and is not to be. */
  | { readonly kind: 'refused'; readonly problem: string; readonly retryAfterMs?: number };

interface RegisterExchangeDeps {
  readonly layer: SipTransportLayer;
  readonly peer: SipPeer;
  readonly userAgent: string;
  /** Runs once after the delay; returns how to stop it. */
  readonly startTimer: (delayMs: number, callback: () => void) => () => void;
}

/** Silence for this long is no registrar: the next place is tried. */
export const ANSWER_WAIT_MS = 8000;
/** Two challenges (a proxy's and the registrar's), a new nonce and a longer time asked for. */
const MAX_REQUESTS = 5;

/** REGISTERs of one gateway (RFC 3261 section 10.2): one Call-ID, a growing CSeq, and the challenges met so far. */
export class RegisterExchange {
  readonly #deps: RegisterExchangeDeps;
  #credentials: CallCredentials;
  readonly #callId: string;
  readonly #tag: string;
  #sequence = 0;

  constructor(deps: RegisterExchangeDeps) {
    const { layer } = deps;
    this.#deps = deps;
    this.#credentials = this.#freshCredentials();
    this.#callId = layer.token();
    this.#tag = layer.token();
  }

  /** `expiresSeconds` 0 takes our Contact away. Never rejects. */
  async register(route: SipRoute, expiresSeconds: number): Promise<RegisterOutcome> {
    let seconds = expiresSeconds;
    for (let count = 0; count < MAX_REQUESTS; count += 1) {
      const answer = await this.#send(route, seconds);
      if (typeof answer === 'string') return { kind: 'silent', problem: answer };
      const isChallenge = answer.status === 401 || answer.status === 407;
      if (this.#credentials.wantsAnother(answer)) continue;
      if (isChallenge) {
        // The next attempt begins without what was refused.
        this.#credentials = this.#freshCredentials();
        return { kind: 'refused', problem: this.#whyUnproven() };
      }
      const wanted = answer.status === 423 ? secondsOf(answer.headers.get('Min-Expires')) : undefined;
      if (wanted === undefined || wanted <= seconds || seconds === 0) return this.#read(answer, route, seconds);
      seconds = wanted;
    }
    return { kind: 'refused', problem: 'the gateway asks for ever more' };
  }

  #freshCredentials(): CallCredentials {
    const { layer, peer } = this.#deps;
    return new CallCredentials({ credentials: peer.credentials, token: () => layer.token() });
  }

  #whyUnproven(): string {
    return this.#deps.peer.credentials === undefined
      ? 'the gateway asks for a user name and a password, and none are set'
      : 'the gateway does not accept our user name or password';
  }

  #read(answer: SipResponse, route: SipRoute, expiresSeconds: number): RegisterOutcome {
    const { status, reason } = answer;
    if (status < 300) {
      return { kind: 'registered', binding: readBinding(answer, { contact: this.#contact(route), expiresSeconds }) };
    }
    const retryAfterMs = readRetryAfterMs(answer);
    const what = `${status} ${reason}`;
    if ((status === 503 || status === 408) && retryAfterMs === undefined) {
      return { kind: 'silent', problem: `the gateway can’t register anybody now (${what})` };
    }
    const problem =
      PROBLEMS.get(status) ?? (status < 400 ? 'the gateway wants us to register elsewhere' : 'the gateway refused');
    return {
      kind: 'refused',
      problem: `${problem} (${what})`,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    };
  }

  /** The final answer, or why there is none. */
  #send(route: SipRoute, expiresSeconds: number): Promise<SipResponse | string> {
    const { layer, startTimer } = this.#deps;
    return new Promise((resolve) => {
      const transaction = layer.send(this.#request(route, expiresSeconds), route);
      const stopTimer = startTimer(ANSWER_WAIT_MS, () => {
        resolve('the gateway did not answer');
        transaction.abandon();
      });
      transaction.on('response', (response) => {
        if (response.status < 200) return;
        stopTimer();
        resolve(response);
      });
      transaction.on('timedOut', () => resolve('the gateway did not answer'));
      transaction.on('transportFailed', ({ reason }) => resolve(`the gateway could not be reached (${reason})`));
      transaction.on('terminated', () => {
        stopTimer();
        resolve('the stack was closed');
      });
    });
  }

  #request(route: SipRoute, expiresSeconds: number): SipRequest {
    const { peer, userAgent } = this.#deps;
    const uri = `sip:${peer.domain}`;
    const own = `<sip:${escapeUser(userOf(peer))}@${hostOfDomain(peer.domain)}>`;
    this.#sequence += 1;
    return createRequest({
      method: 'REGISTER',
      uri,
      from: `${own};tag=${this.#tag}`,
      to: own,
      callId: this.#callId,
      cseq: this.#sequence,
      headers: [
        ...preloadedRoutes(peer).map((value) => ['Route', value] as const),
        ['Contact', `<${this.#contact(route)}>;expires=${expiresSeconds}`],
        ['Expires', String(expiresSeconds)],
        ...this.#credentials.headersFor({ method: 'REGISTER', uri, body: '' }),
        ['Supported', 'path'],
        ['User-Agent', userAgent],
      ],
    });
  }

  /** Our user in it tells calls to this registration from others of the same address. */
  #contact({ local, transport }: SipRoute): string {
    const parameter = transport === 'udp' ? '' : `;transport=${transport}`;
    return `sip:${escapeUser(userOf(this.#deps.peer))}@${formatHost(local.host, local.port)}${parameter}`;
  }
}

function userOf({ credentials }: SipPeer): string {
  return credentials?.userName ?? 'bridge';
}

const PROBLEMS = new Map([
  [400, 'the gateway can’t read our registration'],
  [403, 'the gateway forbids the registration'],
  [404, 'the gateway does not know our user name'],
  [405, 'the gateway is no registrar'],
  [423, 'the gateway wants longer registrations'],
  [501, 'the gateway is no registrar'],
  [503, 'the gateway can’t register anybody now'],
]);
