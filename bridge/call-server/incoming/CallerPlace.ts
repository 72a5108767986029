import type { Gateway } from '../../../shared/admin/index.ts';
import type { CallId } from '../../../shared/domain/index.ts';
import type { Logger } from '../../observability/index.ts';
import type { ProxyServer } from '../../proxy-server/index.ts';

export interface CallerPlaceDeps {
  readonly proxyServer: Pick<ProxyServer, 'claim' | 'release' | 'report'>;
  readonly logger: Logger;
}

/** What a call that comes in has to do with the gateway that made it: its place there, and what the proxy server is told. */
export class CallerPlace {
  readonly #deps: CallerPlaceDeps;
  readonly #gateway: Gateway;
  readonly #callId: CallId;
  #isTaken = false;
  #isAnswered = false;

  constructor(deps: CallerPlaceDeps, gateway: Gateway, callId: CallId) {
    this.#deps = deps;
    this.#gateway = gateway;
    this.#callId = callId;
  }

  /** Calls in both directions count. A count that can't be had is no reason to lose the call. */
  async enter(): Promise<'claimed' | 'full' | 'tooFast'> {
    const { proxyServer, logger } = this.#deps;
    const ids = { gatewayId: this.#gateway.id, callId: this.#callId };
    try {
      const place = await proxyServer.claim(this.#gateway, this.#callId);
      if (place !== 'claimed') return place;
      this.#isTaken = true;
    } catch (error) {
      logger.warn({ error, ...ids }, 'No place at the gateway could be asked for; its call is taken');
    }
    this.#report({ kind: 'tried' });
    return 'claimed';
  }

  answered(): void {
    this.#isAnswered = true;
    this.#report({ kind: 'answered' });
  }

  /** Nobody of ours took it. It is no failure of the gateway's. */
  refused(sipStatus: number): void {
    this.#report({ kind: 'refused', sipStatus });
  }

  /** The call has left the gateway; `readMos` says how its audio was. Idempotent. */
  async leave(readMos: () => Promise<number | null>): Promise<void> {
    if (this.#isAnswered) {
      this.#isAnswered = false;
      this.#report({ kind: 'finished', mos: await this.#measure(readMos) });
    }
    if (!this.#isTaken) return;
    this.#isTaken = false;
    this.#deps.proxyServer.release(this.#gateway.id, this.#callId);
  }

  async #measure(readMos: () => Promise<number | null>): Promise<number | null> {
    try {
      return await readMos();
    } catch (error) {
      const ids = { gatewayId: this.#gateway.id, callId: this.#callId };
      this.#deps.logger.warn(
        { error, ...ids },
        'How the audio of a call was could not be read; its gateway is not judged by it',
      );
      return null;
    }
  }

  #report(
    report:
      | { kind: 'tried' }
      | { kind: 'answered' }
      | { kind: 'refused'; sipStatus: number }
      | { kind: 'finished'; mos: number | null },
  ): void {
    this.#deps.proxyServer.report({ gatewayId: this.#gateway.id, callId: this.#callId, isIncoming: true, ...report });
  }
}
