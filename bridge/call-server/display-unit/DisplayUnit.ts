import type { BrandId, CallId, GatewayId } from '../../../shared/domain/index.ts';
import type { ActiveCall, ActiveCallChanges, ActiveCallStore } from '../../storage/index.ts';
import type { CallLogger } from '../call-logger/index.ts';
import { type CallFigures, CallTally } from './CallTally.ts';
import type { CallTraffic, MinuteFigures } from './CallTraffic.ts';

export interface DisplayUnitDeps {
  readonly activeCalls: Pick<ActiveCallStore, 'list' | 'get' | 'changesSince'>;
  readonly traffic: Pick<CallTraffic, 'minutes' | 'byGateway' | 'byBrand'>;
  /** Those who have calls: one of them ends a call that an operator wants to end, where it is theirs. */
  readonly owners: readonly { endByOperator(callId: CallId): boolean }[];
  readonly log: Pick<CallLogger, 'event'>;
}

export type GroupFigures = CallFigures & { readonly now: number };

export interface TrafficNow {
  readonly now: Readonly<Record<'calls' | 'talking' | 'incoming' | 'outgoing', number>>;
  readonly minutes: readonly MinuteFigures[];
  /** The busiest first. */
  readonly gateways: readonly (GroupFigures & { readonly gatewayId: GatewayId })[];
  readonly brands: readonly (GroupFigures & { readonly brandId: BrandId })[];
}

/** What goes on now, for who runs the phone service: the calls that are up, and how the last hour went. */
export class DisplayUnit {
  readonly #deps: DisplayUnitDeps;

  constructor(deps: DisplayUnitDeps) {
    this.#deps = deps;
  }

  /** As `ActiveCallStore.changesSince`. */
  changesSince(cursor: string | null): Promise<ActiveCallChanges> {
    return this.#deps.activeCalls.changesSince(cursor);
  }

  call(callId: CallId): Promise<ActiveCall | undefined> {
    return this.#deps.activeCalls.get(callId);
  }

  /** `brandId` null: of all brands. Gateways are told with all brands only: they are nobody's in particular. */
  async traffic(brandId: BrandId | null): Promise<TrafficNow> {
    const { activeCalls, traffic } = this.#deps;
    const calls = (await activeCalls.list()).filter((call) => brandId === null || call.brandId === brandId);
    const gateways = brandId === null ? grouped(calls, traffic.byGateway(), (call) => call.gatewayId) : [];
    const brands = grouped(calls, traffic.byBrand(brandId), (call) => call.brandId);
    return {
      now: {
        calls: calls.length,
        talking: calls.filter(({ answeredAtMs }) => answeredAtMs !== null).length,
        incoming: calls.filter(({ direction }) => direction === 'incoming').length,
        outgoing: calls.filter(({ direction }) => direction === 'outgoing').length,
      },
      minutes: traffic.minutes(brandId),
      gateways: gateways.map(([gatewayId, figures]) => ({ gatewayId, ...figures })),
      brands: brands.map(([id, figures]) => ({ brandId: id, ...figures })),
    };
  }

  /** Whoever is in the call is told that it was ended by the operator. False where it is not up on this call server any more. */
  hangUp(callId: CallId, { userName, reason }: { readonly userName: string; readonly reason: string }): boolean {
    this.#deps.log.event(callId, 'endRequestedByOperator', { detail: { userName, reason } });
    return this.#deps.owners.some((owner) => owner.endByOperator(callId));
  }
}

function grouped<Key>(
  calls: readonly ActiveCall[],
  past: ReadonlyMap<Key, CallFigures>,
  keyOf: (call: ActiveCall) => Key | null,
): readonly (readonly [Key, GroupFigures])[] {
  const groups = new Map<Key, GroupFigures>([...past].map(([key, figures]) => [key, { now: 0, ...figures }]));
  for (const call of calls) {
    const key = keyOf(call);
    if (key === null) continue;
    const figures = groups.get(key) ?? { now: 0, ...new CallTally().figures };
    groups.set(key, { ...figures, now: figures.now + 1 });
  }
  return [...groups].sort(([, one], [, other]) => other.now - one.now || other.requested - one.requested);
}
