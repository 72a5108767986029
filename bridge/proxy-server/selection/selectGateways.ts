import type { Route, RouteStrategy } from '../../../shared/admin/index.ts';
import type { CodecName, GatewayId } from '../../../shared/domain/index.ts';
import type { GatewayIndex, IndexedGateway, NumberFindings } from '../gateways/GatewayIndex.ts';
import type { RouteQuery } from '../routes/RouteIndex.ts';
import { describeRank, type OrderKnowledge, orderGateways } from './orderGateways.ts';
import type { GatewaySelection, SelectionRequest } from './SelectionRequest.ts';
import { listed, Sieve } from './Sieve.ts';

/** What a choice looks at. */
export interface SelectionKnowledge extends Pick<OrderKnowledge, 'distanceTo' | 'random'> {
  readonly index: Pick<GatewayIndex, 'ordered' | 'get' | 'find'>;
  readonly routes: { find(query: RouteQuery): Route | null };
  /** Calls at each gateway now; absent means none. */
  readonly calls: ReadonlyMap<GatewayId, number>;
  /** Until when gateways have had all the new calls that they may get, in milliseconds since the epoch. */
  readonly pauses: ReadonlyMap<GatewayId, number>;
  /** How it is: what speaks against it as the end of a sentence, and its share of calls, 0 to 1. */
  healthOf(id: GatewayId): { readonly problem: string | null; readonly share: number };
  /** By its recent calls, 0 to 1; null: unknown. */
  qualityOf(id: GatewayId): number | null;
  readonly nowMs: number;
}

/**
 * Which gateways shall be asked to take a call, and in which order: by route, prefix, opening hours, codecs, health, room and the
 * route's strategy. Each step says what it dropped and why. When every gateway left is unhealthy they are tried all the same: a try
 * costs little, and a probe can be wrong.
 */
export function selectGateways(request: SelectionRequest, knowledge: SelectionKnowledge): GatewaySelection {
  const { calledNumber, type, caller, codecs, atMs = knowledge.nowMs } = request;
  const sieve = new Sieve();
  const route = knowledge.routes.find({ calledNumber, type, caller, atMs });
  const strategy = route?.strategy ?? 'priority';
  const findings = knowledge.index.find(calledNumber);

  const named = byRoute(route, strategy, { sieve, knowledge });
  const enabled = sieve.keep('enabled', named, ({ entity }) => (entity.isEnabled ? null : 'switched off'));
  const serving = byPrefix(enabled, { sieve, findings, isNamed: isNamedBy(route) });
  const open = sieve.keep('hours', serving, ({ hours }) =>
    hours === null || hours.isOpen(atMs) ? null : 'outside its hours',
  );
  const speaking = sieve.keep('media', open, ({ entity }) => whyNoAudio(entity.codecs, codecs));
  const alive = byHealth(speaking, { sieve, knowledge });
  const withRoom = byRoom(alive, { sieve, knowledge });
  const ranked = orderGateways(
    withRoom,
    { strategy, route },
    {
      findings,
      callsAt: ({ entity }) => knowledge.calls.get(entity.id) ?? 0,
      distanceTo: (region) => knowledge.distanceTo(region),
      qualityOf: ({ entity }) => knowledge.qualityOf(entity.id),
      shareOf: ({ entity }) => knowledge.healthOf(entity.id).share,
      random: knowledge.random,
    },
  );
  sieve.note(
    'order',
    listed(ranked, (one) => describeRank(one, strategy)),
  );
  return {
    candidates: ranked.map(({ gateway }) => gateway.entity),
    steps: sieve.steps,
    routeId: route?.id ?? null,
    strategy,
  };
}

interface Sifting {
  readonly sieve: Sieve;
  readonly knowledge: SelectionKnowledge;
}

function isNamedBy(route: Route | null): boolean {
  return route !== null && route.gateways.length > 0;
}

function byRoute(
  route: Route | null,
  strategy: RouteStrategy,
  { sieve, knowledge: { index } }: Sifting,
): readonly IndexedGateway[] {
  if (route === null) {
    sieve.note('route', 'no route matches: every gateway, by priority');
    return index.ordered;
  }
  const called = route.name === undefined ? route.id : `${route.name} (${route.id})`;
  if (!isNamedBy(route)) {
    sieve.note('route', `${called}: every gateway, by ${strategy}`);
    return index.ordered;
  }
  const ids = new Set(route.gateways.map(({ gatewayId }) => gatewayId));
  const missing = [...ids].filter((id) => index.get(id) === undefined);
  return sieve.keep('route', index.ordered, ({ entity }) => (ids.has(entity.id) ? null : 'not on this route'), {
    note: `${called}: ${ids.size - missing.length} gateways, by ${strategy}`,
    dropped: missing.map((gatewayId) => ({ gatewayId, why: 'there is no such gateway' })),
  });
}

/** Those that a route names need to serve the number at all; of others only those with the longest prefix stay. */
function byPrefix(
  gateways: readonly IndexedGateway[],
  { sieve, findings, isNamed }: { sieve: Sieve; findings: NumberFindings; isNamed: boolean },
): readonly IndexedGateway[] {
  let longest = 1;
  if (!isNamed) for (const gateway of gateways) longest = Math.max(longest, findings.prefixLengthOf(gateway));
  return sieve.keep('prefix', gateways, (gateway) => {
    const length = findings.prefixLengthOf(gateway);
    if (length === 0) return 'no prefix matches the number';
    return length < longest ? 'another gateway has a longer matching prefix' : null;
  });
}

function whyNoAudio(spoken: readonly CodecName[], wanted: readonly CodecName[] | null): (() => string) | null {
  if (wanted === null || spoken.some((codec) => wanted.includes(codec))) return null;
  return () => `no common codec: it speaks ${spoken.join(', ')}`;
}

function byHealth(gateways: readonly IndexedGateway[], { sieve, knowledge }: Sifting): readonly IndexedGateway[] {
  const healthy = sieve.keep('healthy', gateways, ({ entity }) => knowledge.healthOf(entity.id).problem);
  if (healthy.length > 0 || gateways.length === 0) return healthy;
  sieve.note('healthy', 'none is healthy: they are tried all the same');
  return gateways;
}

function byRoom(
  gateways: readonly IndexedGateway[],
  { sieve, knowledge: { calls, pauses, nowMs } }: Sifting,
): readonly IndexedGateway[] {
  return sieve.keep('capacity', gateways, ({ entity: { id, maxCalls } }) => {
    const now = calls.get(id) ?? 0;
    if (maxCalls !== undefined && now >= maxCalls) return () => `full: ${now} of ${maxCalls} calls`;
    const freeAtMs = pauses.get(id) ?? 0;
    return freeAtMs > nowMs ? () => `too many new calls: the next one in ${freeAtMs - nowMs} ms` : null;
  });
}
