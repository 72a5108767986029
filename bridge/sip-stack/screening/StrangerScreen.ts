import type { Clock, Logger } from '../../observability/index.ts';
import { RateLimit } from '../../throttle/index.ts';
import type { InboundScreen } from '../transport/index.ts';
import { StrangerLog } from './StrangerLog.ts';

interface StrangerScreenDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  /** What the others get: nothing at all, or 403 (no more than 100 a second). */
  readonly strangers: 'drop' | 'refuse';
  readonly isKnown: (address: string) => boolean;
  /** Somebody may call from anywhere, once they have proved who they are. */
  readonly takesProofs: () => boolean;
  /** By Call-ID: gateways may send requests of a call from other addresses than the one that they are reached at. */
  readonly isLiveCall: (callId: string) => boolean;
}

const CALL_ID = /^(?:Call-ID|i)[ \t]*:[ \t]*(\S+)/im;
const REQUEST = /^([A-Z]{2,20}) \S{1,2048} SIP\/2\.0\r?\n/;
/** What a caller who proves itself sends before its call is up: the ACK of the challenge too. */
const PROVABLE = new Set(['INVITE', 'ACK', 'CANCEL', 'REGISTER']);

/** Sends strangers away by the first look at what they sent, before it is read. */
export class StrangerScreen implements InboundScreen {
  readonly #deps: StrangerScreenDeps;
  readonly #log: StrangerLog;
  /** Two INVITEs with their ACKs make one proven call: four calls at once from one address, one more every two seconds. */
  readonly #proofsOfOne: RateLimit;
  readonly #proofs: RateLimit;
  readonly #refusals: RateLimit;
  readonly #handshakes: RateLimit;

  constructor(deps: StrangerScreenDeps) {
    const { clock } = deps;
    this.#deps = deps;
    this.#log = new StrangerLog(deps);
    this.#proofsOfOne = new RateLimit({ clock, burst: 20, intervalMs: 500, maxKeys: 1000 });
    this.#proofs = new RateLimit({ clock, burst: 200, intervalMs: 20 });
    this.#refusals = new RateLimit({ clock, burst: 100, intervalMs: 10 });
    this.#handshakes = new RateLimit({ clock, burst: 20, intervalMs: 100 });
  }

  isKnown(address: string): boolean {
    return this.#deps.isKnown(address);
  }

  judge(head: string, source: { readonly address: string }): 'take' | 'drop' | 'refuse' {
    const { strangers, isLiveCall, takesProofs } = this.#deps;
    const callId = CALL_ID.exec(head)?.[1];
    if (callId !== undefined && isLiveCall(callId)) return 'take';
    const method = REQUEST.exec(head)?.[1];
    if (method !== undefined && PROVABLE.has(method) && takesProofs() && this.#mayProve(source.address)) return 'take';
    this.#log.note(source.address);
    const isAnswered = strangers === 'refuse' && method !== undefined && method !== 'ACK';
    return isAnswered && this.#refusals.take('all') === 0 ? 'refuse' : 'drop';
  }

  /** A TLS handshake costs a hundred times what a message does. */
  welcomes(address: string): boolean {
    if (this.#deps.isKnown(address)) return true;
    if (this.#handshakes.take('all') === 0) return true;
    this.#log.note(address);
    return false;
  }

  /** The source's own bound first, so that one that asks too much takes nothing from the others. */
  #mayProve(address: string): boolean {
    return this.#proofsOfOne.take(address) === 0 && this.#proofs.take('all') === 0;
  }
}
