import type { Gateway } from '../../../../shared/admin/index.ts';
import type { CallId } from '../../../../shared/domain/index.ts';
import type { Logger } from '../../../observability/index.ts';
import { type GatewayCallReport, type ProxyServer, toSipPeer } from '../../../proxy-server/index.ts';
import type { SipDestination, SipPeer, SipStack } from '../../../sip-stack/index.ts';
import { type AttemptFailure, describeFailure, isSilence } from './AttemptFailure.ts';
import type { FailureMeaning } from './classifyFailure.ts';

export interface GatewayVisitDeps {
  readonly sip: Pick<SipStack, 'locate' | 'noteFailure'>;
  readonly proxyServer: Pick<ProxyServer, 'claim' | 'release' | 'report'>;
  /** Mean opinion score of what came from the gateway (ITU-T G.107), asked at the end of an answered call. */
  readonly readMos: () => Promise<number | null>;
  readonly logger: Logger;
}

export interface GatewayVisitOptions {
  readonly callId: CallId;
  /** A place is taken whatever the gateway's bounds are. */
  readonly isEmergency: boolean;
}

/**
 * What a call has to do with one gateway: its place there, the gateway's addresses one after another, and what the proxy server is
 * told. To the proxy server a gateway with several addresses is one: it failed when none of them took the call.
 */
export class GatewayVisit {
  readonly gateway: Gateway;
  readonly peer: SipPeer;
  readonly #deps: GatewayVisitDeps;
  readonly #options: GatewayVisitOptions;
  #destinations: SipDestination[] | null = null;
  #destination: SipDestination | null = null;
  #hasPlace = false;
  #isTried = false;
  #isHeard = false;
  #isAnswered = false;

  constructor(deps: GatewayVisitDeps, options: GatewayVisitOptions, gateway: Gateway) {
    this.#deps = deps;
    this.#options = options;
    this.gateway = gateway;
    this.peer = toSipPeer(gateway);
  }

  /** Takes a place for the call. A count that can't be had is no reason to lose the call. */
  async enter(): Promise<'claimed' | 'full' | 'tooFast'> {
    const { proxyServer, logger } = this.#deps;
    const { callId, isEmergency } = this.#options;
    try {
      const place = await proxyServer.claim(this.gateway, callId, { isBound: !isEmergency });
      this.#hasPlace = place === 'claimed';
      return place;
    } catch (error) {
      logger.warn(
        { error, gatewayId: this.gateway.id },
        'No place at the gateway could be asked for; the call goes there',
      );
      return 'claimed';
    }
  }

  /** The next place to try; null when there is none left. Rejects where the gateway's name leads nowhere. */
  async nextDestination(): Promise<SipDestination | null> {
    this.#destinations ??= [...(await this.#deps.sip.locate(this.peer))];
    this.#destination = this.#destinations.shift() ?? null;
    return this.#destination;
  }

  get hasMoreDestinations(): boolean {
    return (this.#destinations?.length ?? 0) > 0;
  }

  /** An INVITE goes there, or can't. True the first time. */
  tried(): boolean {
    if (this.#isTried) return false;
    this.#isTried = true;
    this.#report({ kind: 'tried' });
    return true;
  }

  heard(postDialDelayMs: number): void {
    if (this.#isHeard) return;
    this.#isHeard = true;
    this.#report({ kind: 'progressed', postDialDelayMs });
  }

  answered(): void {
    this.#isAnswered = true;
    this.#report({ kind: 'answered' });
  }

  /** The last destination did not take the call; all others shall know when it is not there. */
  destinationFailed({ next }: FailureMeaning): void {
    if (next === 'destination' && this.#destination) this.#deps.sip.noteFailure(this.#destination);
  }

  /** None did. An answer about the called party shows that the gateway lives. */
  failed(failure: AttemptFailure, { next }: FailureMeaning): void {
    if (failure.kind === 'cancelled') return;
    if (failure.kind === 'response' && next === 'nobody') {
      this.#report({ kind: 'refused', sipStatus: failure.status });
      return;
    }
    const retryAfterMs = (failure.kind === 'response' && failure.status === 503 && failure.retryAfterMs) || null;
    const problem = describeFailure(failure);
    this.#report({ kind: 'failed', problem, isSilent: isSilence(failure), retryAfterMs });
  }

  /** The call has left the gateway. Idempotent. */
  async leave(): Promise<void> {
    if (this.#isAnswered) {
      this.#isAnswered = false;
      this.#report({ kind: 'finished', mos: await this.#measure() });
    }
    if (!this.#hasPlace) return;
    this.#hasPlace = false;
    this.#deps.proxyServer.release(this.gateway.id, this.#options.callId);
  }

  async #measure(): Promise<number | null> {
    const { readMos, logger } = this.#deps;
    try {
      return await readMos();
    } catch (error) {
      logger.warn(
        { error, gatewayId: this.gateway.id },
        'How the audio of a call was could not be read; its gateway is not judged by it',
      );
      return null;
    }
  }

  #report(report: GatewayFact): void {
    this.#deps.proxyServer.report({ gatewayId: this.gateway.id, callId: this.#options.callId, ...report });
  }
}

type WithoutIds<Report> = Report extends unknown ? Omit<Report, 'gatewayId' | 'callId'> : never;
type GatewayFact = WithoutIds<GatewayCallReport>;
