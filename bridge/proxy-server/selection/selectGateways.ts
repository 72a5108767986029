import type { Route } from '../../../shared/admin/index.ts';
import type { CodecName, GatewayId } from '../../../shared/domain/index.ts';
import type { GatewayIndex, IndexedGateway, NumberFindings } from '../gateways/GatewayIndex.ts';
import type { RouteQuery } from '../routes/RouteIndex.ts';
import { type OrderKnowledge, orderGateways, type RouteEntries } from './orderGateways.ts';
import { describeRank } from './RankedGateway.ts';
import { nameOf, type RouteMembers } from './RouteMembers.ts';
import type { GatewaySelection, SelectionRequest } from './SelectionRequest.ts';
import { listed, Sieve } from './Sieve.ts';

/** What a choice looks at. */
export interface SelectionKnowledge extends Pick<OrderKnowledge, 'distanceTo' | 'random'> {
  readonly index: Pick<GatewayIndex, 'enabled' | 'disabled' | 'get' | 'find'>;
  readonly members: Pick<RouteMembers, 'of'>;
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

  const members = route !== null && route.gateways.length > 0 ? knowledge.members.of(route) : null;
  sieve.tell(members?.step ?? { step: 'route', dropped: [], note: sayOfAll(route) });
  const serving = members
    ? servingNamed(members.gateways, { sieve, findings })
    : servingBest({ sieve, findings, index: knowledge.index });
  const open = sieve.keep('hours', serving, ({ hours }) =>
    hours === null || hours.isOpen(atMs) ? null : 'outside its hours',
  );
  const speaking = sieve.keep('media', open, (gateway) => whyNoAudio(gateway.codecs, codecs));
  const alive = byHealth(speaking, { sieve, knowledge });
  const withRoom = byRoom(alive, { sieve, knowledge });
  const ranked = orderGateways(
    withRoom,
    { strategy, entries: members?.entries ?? noEntries },
    {
      findings,
      callsAt: ({ id }) => knowledge.calls.get(id) ?? 0,
      distanceTo: (region) => knowledge.distanceTo(region),
      qualityOf: ({ id }) => knowledge.qualityOf(id),
      shareOf: ({ id }) => knowledge.healthOf(id).share,
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

const noEntries: RouteEntries = new Map();

/** Where the route names no gateways. */
function sayOfAll(route: Route | null): string {
  if (route === null) return 'no route matches: every gateway, by priority';
  return `${nameOf(route)}: every gateway, by ${route.strategy}`;
}

/** Those that a route names need to serve the number at all. */
function servingNamed(
  named: readonly IndexedGateway[],
  { sieve, findings }: { sieve: Sieve; findings: NumberFindings },
): readonly IndexedGateway[] {
  const enabled = sieve.keep('enabled', named, ({ isEnabled }) => (isEnabled ? null : 'switched off'));
  return sieve.keep('prefix', enabled, (gateway) => (findings.prefixLengthOf(gateway) === 0 ? noPrefix : null));
}

/** Of all gateways only those with the longest prefix stay. Nobody looks at each of a thousand for that. */
function servingBest({
  sieve,
  findings,
  index,
}: {
  sieve: Sieve;
  findings: NumberFindings;
  index: SelectionKnowledge['index'];
}): readonly IndexedGateway[] {
  const { enabled, disabled } = index;
  sieve.drop('enabled', { of: disabled, leaving: disabled.length }, () => 'switched off');
  const kept = findings.longest();
  const longest = kept[0] === undefined ? 1 : findings.prefixLengthOf(kept[0]);
  sieve.drop('prefix', { of: enabled, leaving: enabled.length - kept.length }, (gateway) => {
    const length = findings.prefixLengthOf(gateway);
    if (length === 0) return noPrefix;
    return length < longest ? 'another gateway has a longer matching prefix' : null;
  });
  return kept;
}

const noPrefix = 'no prefix matches the number';

function whyNoAudio(spoken: readonly CodecName[], wanted: readonly CodecName[] | null): (() => string) | null {
  if (wanted === null || spoken.some((codec) => wanted.includes(codec))) return null;
  return () => `no common codec: it speaks ${spoken.join(', ')}`;
}

function byHealth(gateways: readonly IndexedGateway[], { sieve, knowledge }: Sifting): readonly IndexedGateway[] {
  const healthy = sieve.keep('healthy', gateways, ({ id }) => knowledge.healthOf(id).problem);
  if (healthy.length > 0 || gateways.length === 0) return healthy;
  sieve.note('healthy', 'none is healthy: they are tried all the same');
  return gateways;
}

function byRoom(
  gateways: readonly IndexedGateway[],
  { sieve, knowledge: { calls, pauses, nowMs } }: Sifting,
): readonly IndexedGateway[] {
  return sieve.keep('capacity', gateways, ({ id, maxCalls }) => {
    const now = calls.get(id) ?? 0;
    if (maxCalls !== undefined && now >= maxCalls) return () => `full: ${now} of ${maxCalls} calls`;
    const freeAtMs = pauses.get(id) ?? 0;
    return freeAtMs > nowMs ? () => `too many new calls: the next one in ${freeAtMs - nowMs} ms` : null;
  });
}
