import type { Gateway } from '../../shared/admin/index.ts';
import type { GatewayId } from '../../shared/domain/index.ts';
import { drop, type Logger } from '../observability/index.ts';
import type { SipStack } from '../sip-stack/index.ts';
import type { FigureBook } from './figures/FigureBook.ts';
import type { GatewayBook } from './gateways/GatewayBook.ts';
import { reachOf } from './gateways/reachOf.ts';
import { toSipPeer } from './gateways/toSipPeer.ts';
import type { GatewayMonitor } from './status/GatewayMonitor.ts';
import type { StatusBook } from './status/StatusBook.ts';
import type { TrunkRegistrations } from './trunk-registration/TrunkRegistrations.ts';

export interface GatewayWatchDeps {
  readonly book: Pick<GatewayBook, 'all' | 'on'>;
  readonly statuses: Pick<StatusBook, 'change' | 'forget' | 'on'>;
  readonly figures: Pick<FigureBook, 'forget' | 'wasDown'>;
  readonly monitor: Pick<GatewayMonitor, 'watch'>;
  readonly registrations: Pick<TrunkRegistrations, 'update' | 'refresh'>;
  readonly sip: Pick<SipStack, 'setPeers' | 'forget'>;
  readonly logger: Logger;
}

/** Tells everybody who looks after gateways when some were added, changed or deleted. */
export class GatewayWatch {
  readonly #deps: GatewayWatchDeps;
  #known: ReadonlyMap<GatewayId, Gateway> = new Map();

  constructor(deps: GatewayWatchDeps) {
    this.#deps = deps;
  }

  /** From now on, beginning with those that there are. */
  start(): void {
    const { book, statuses, figures, registrations, logger } = this.#deps;
    const update = () => drop(this.#update(), logger, 'looking after changed gateways');
    book.on('changed', update);
    statuses.on('stateChanged', ({ gatewayId, from, sinceMs, atMs }) => {
      if (from !== 'down') return;
      if (sinceMs !== null) figures.wasDown(gatewayId, sinceMs, atMs);
      // It may have forgotten us when it started anew.
      registrations.refresh(gatewayId);
    });
    update();
  }

  async #update(): Promise<void> {
    const { book, statuses, figures, monitor, registrations, sip } = this.#deps;
    const before = this.#known;
    this.#known = new Map(book.all.map((gateway) => [gateway.id, gateway]));
    const gone = [...before.keys()].filter((id) => !this.#known.has(id));
    const changed = [...this.#known.values()].filter((gateway) => before.get(gateway.id) !== gateway);
    const moved = changed.filter((gateway) => isReachedAnew(before.get(gateway.id), gateway)).map(({ id }) => id);

    sip.setPeers([...this.#known.values()].filter(({ isEnabled }) => isEnabled).map(toSipPeer));
    monitor.watch(new Set(moved));
    await Promise.all([
      registrations.update(),
      ...changed.map(({ id }) => statuses.change(id)),
      ...gone.flatMap((id) => [statuses.forget(id), figures.forget(id)]),
    ]);
    // Once nothing is said to them any more; one that came back meanwhile is known again.
    for (const id of gone) if (!this.#known.has(id)) sip.forget(id);
  }
}

function isReachedAnew(before: Gateway | undefined, after: Gateway): boolean {
  return before === undefined || !before.isEnabled || reachOf(before) !== reachOf(after);
}
