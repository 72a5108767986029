import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { Clock } from '../../observability/index.ts';
import type { Collection } from '../../storage/index.ts';
import type { CallServerEntry } from './CallServerEntry.ts';

export interface LoadBalancerDeps {
  readonly callServers: Pick<Collection<CallServerEntry>, 'list'>;
  readonly clock: Pick<Clock, 'now'>;
  /** A call server that has said nothing for so long counts as gone, in milliseconds. Default 10000. */
  readonly maxSilenceMs?: number;
}

/** By how many calls a server without a bound is measured against one that has a bound. */
const nominalCapacity = 500;

/** Chooses the call server of a new session from the call-server database. */
export class LoadBalancer {
  readonly #deps: LoadBalancerDeps;

  constructor(deps: LoadBalancerDeps) {
    this.#deps = deps;
  }

  /** The live one with the least load that isn't draining. @throws DialbridgeError `goingAway` when there is none. */
  async choose(): Promise<CallServerEntry> {
    const aliveSinceMs = this.#deps.clock.now() - (this.#deps.maxSilenceMs ?? 10_000);
    const [best] = (await this.#deps.callServers.list())
      .filter((entry) => !entry.isDraining && entry.heartbeatAtMs >= aliveSinceMs)
      .toSorted((a, b) => loadOf(a) - loadOf(b) || (a.id < b.id ? -1 : 1));
    if (best === undefined) throw new DialbridgeError('goingAway', { retryAfterMs: 2000 });
    return best;
  }
}

/** A full server (1 or more) comes last but isn't left out: its people can still sign in and see their history. */
function loadOf({ activeCalls, capacity }: CallServerEntry): number {
  return activeCalls / (capacity ?? nominalCapacity);
}
