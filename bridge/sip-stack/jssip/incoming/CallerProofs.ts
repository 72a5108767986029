import type { Clock, Logger } from '../../../observability/index.ts';
import { AttemptThrottle } from '../../../throttle/index.ts';
import { createResponse } from '../../message/index.ts';
import type { KnownPeers } from '../../peers/index.ts';
import type { SipPeer } from '../../port/index.ts';
import type { ServerTransaction, SipTransportLayer } from '../../transport/index.ts';
import { DigestGuard } from '../auth/DigestGuard.ts';

interface CallerProofsDeps {
  readonly layer: SipTransportLayer;
  readonly logger: Logger;
  readonly peers: KnownPeers;
  readonly clock: Clock;
}

/** Lets gateways call from anywhere that prove who they are by a password. */
export class CallerProofs {
  readonly #deps: CallerProofsDeps;
  readonly #guard: DigestGuard;
  /** Wrong passwords by the address that they come from. */
  readonly #wrong: AttemptThrottle;

  constructor(deps: CallerProofsDeps) {
    const { layer, clock } = deps;
    this.#deps = deps;
    this.#guard = new DigestGuard({
      secret: Buffer.from(layer.token() + layer.token(), 'hex'),
      token: () => layer.token(),
      now: () => clock.now(),
    });
    this.#wrong = new AttemptThrottle({
      clock,
      freeAttempts: 5,
      firstDelayMs: 2000,
      maxDelayMs: 600_000,
      forgetAfterMs: 3_600_000,
    });
  }

  /** The gateway that a request from an unknown address is proven to be of; null when it was answered instead: asked, or refused. */
  demand(transaction: ServerTransaction): SipPeer | null {
    const { request, source } = transaction;
    const { peers, logger } = this.#deps;
    if (peers.provers.length === 0 || this.#wrong.retryAfterMs(source.address) > 0) {
      this.#answer(transaction, 403);
      return null;
    }
    const verdict = this.#guard.check(request, source, (userName) =>
      peers.provers.flatMap((peer) => {
        const account = peer.incoming?.credentials;
        return account?.userName === userName ? [{ account, value: peer }] : [];
      }),
    );
    if (verdict.kind === 'proven') {
      this.#wrong.clear(source.address);
      return verdict.account;
    }
    if (verdict.kind === 'ask') this.#answer(transaction, 401, this.#guard.challenge(source.address, verdict.isStale));
    else {
      this.#wrong.begin(source.address);
      logger.warn({ source: source.address }, 'a caller gave a wrong user name or password');
      this.#answer(transaction, 403);
    }
    return null;
  }

  /** Nothing is kept for whoever has proven nothing. */
  #answer(transaction: ServerTransaction, status: number, headers: [string, string][] = []): void {
    const toTag = this.#deps.layer.token();
    transaction.respondAndForget(createResponse(transaction.request, { status, toTag, headers }));
  }
}
