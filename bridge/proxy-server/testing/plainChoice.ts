import type { Gateway, Route, RouteStrategy } from '../../../shared/admin/index.ts';
import type { SelectionRequest, SelectionStep } from '../selection/SelectionRequest.ts';

/** What the choice looks at, by the gateways' ids. */
export interface PlainWorld {
  readonly gateways: readonly Gateway[];
  readonly routes: readonly Route[];
  readonly calls: ReadonlyMap<string, number>;
  readonly pauses: ReadonlyMap<string, number>;
  readonly health: ReadonlyMap<string, { readonly problem: string | null; readonly share: number }>;
  readonly qualities: ReadonlyMap<string, number>;
  readonly distances: ReadonlyMap<string | null, number>;
  readonly random: () => number;
  readonly nowMs: number;
}

type Said = SelectionStep['dropped'][number];
type Asked = Pick<SelectionRequest, 'calledNumber' | 'codecs'>;

/**
 * The choice as one would write it down who has time: each step goes through every gateway. What `selectGateways` does without looking
 * at all of them must come to the same, word by word. Routes are matched by prefix and id alone, and no gateway has hours.
 */
export function plainChoice({ calledNumber, codecs }: Asked, world: PlainWorld) {
  const steps: SelectionStep[] = [];
  const all = world.gateways.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const lengthOf = ({ prefixes }: Pick<Gateway, 'prefixes'>) =>
    Math.max(0, ...prefixes.filter((prefix) => calledNumber.startsWith(prefix)).map((prefix) => prefix.length));
  const route =
    world.routes
      .filter((one) => lengthOf(one) > 0)
      .sort((a, b) => lengthOf(b) - lengthOf(a) || (a.id < b.id ? -1 : 1))[0] ?? null;
  const strategy: RouteStrategy = route?.strategy ?? 'priority';
  const sift = (
    step: SelectionStep['step'],
    of: readonly Gateway[],
    whyNot: (gateway: Gateway) => string | null,
    { note, before = [] }: { readonly note?: string; readonly before?: readonly Said[] } = {},
  ) => {
    const gone = of.flatMap((gateway) => {
      const why = whyNot(gateway);
      return why === null ? [] : [{ gatewayId: gateway.id, why }];
    });
    const named = gone.slice(0, Math.max(0, 20 - before.length));
    const more = gone.length - named.length;
    const notes = [...(note === undefined ? [] : [note]), ...(more > 0 ? [`and ${more} more`] : [])];
    steps.push({ step, dropped: [...before, ...named], ...(notes.length > 0 && { note: notes.join('; ') }) });
    return of.filter((gateway) => whyNot(gateway) === null);
  };

  const listed = route?.gateways.map(({ gatewayId }) => gatewayId) ?? [];
  const isNamed = listed.length > 0;
  let left = all;
  if (isNamed) {
    const missing = [...new Set(listed)].filter((id) => all.every((gateway) => gateway.id !== id));
    left = sift('route', all, ({ id }) => (listed.includes(id) ? null : 'not on this route'), {
      note: `${route?.id}: ${all.filter(({ id }) => listed.includes(id)).length} gateways, by ${strategy}`,
      before: missing.map((gatewayId) => ({ gatewayId, why: 'there is no such gateway' })),
    });
  } else {
    const who = route === null ? 'no route matches' : route.id;
    steps.push({ step: 'route', dropped: [], note: `${who}: every gateway, by ${strategy}` });
  }
  left = sift('enabled', left, ({ isEnabled }) => (isEnabled ? null : 'switched off'));
  const longest = isNamed ? 1 : Math.max(1, ...left.map(lengthOf));
  left = sift('prefix', left, (gateway) => {
    if (lengthOf(gateway) === 0) return 'no prefix matches the number';
    return lengthOf(gateway) < longest ? 'another gateway has a longer matching prefix' : null;
  });
  left = sift('hours', left, () => null);
  left = sift('media', left, ({ codecs: spoken }) =>
    codecs === null || spoken.some((codec) => codecs.includes(codec))
      ? null
      : `no common codec: it speaks ${spoken.join(', ')}`,
  );
  const healthy = sift('healthy', left, ({ id }) => world.health.get(id)?.problem ?? null);
  if (healthy.length === 0 && left.length > 0)
    steps.push({ step: 'healthy', dropped: [], note: 'none is healthy: they are tried all the same' });
  else left = healthy;
  left = sift('capacity', left, ({ id, maxCalls }) => {
    const calls = world.calls.get(id) ?? 0;
    if (maxCalls !== undefined && calls >= maxCalls) return `full: ${calls} of ${maxCalls} calls`;
    const waitMs = (world.pauses.get(id) ?? 0) - world.nowMs;
    return waitMs > 0 ? `too many new calls: the next one in ${waitMs} ms` : null;
  });

  const best = Math.max(0, ...left.map(({ id }) => world.qualities.get(id) ?? 0));
  const ranked = left.map((gateway) => {
    const entry = route?.gateways.findLast(({ gatewayId }) => gatewayId === gateway.id);
    const price = gateway.costs
      .filter(({ prefix }) => calledNumber.startsWith(prefix))
      .sort((a, b) => b.prefix.length - a.prefix.length)[0];
    const weight = entry?.weight ?? gateway.weight;
    const calls = world.calls.get(gateway.id) ?? 0;
    return {
      ...{ gateway, weight, calls },
      priority: entry?.priority ?? gateway.priority,
      load: calls / weight,
      price: price?.pricePerMinute ?? 1e9,
      fee: price?.connectionFee ?? 0,
      distance: world.distances.get(gateway.region) ?? 1e9,
      quality: world.qualities.get(gateway.id) ?? best,
      lot: strategy === 'weighted' ? -Math.log(1 - world.random()) / weight : 0,
    };
  });
  type Ranked = (typeof ranked)[number];
  const byPriority = (a: Ranked, b: Ranked) =>
    a.priority - b.priority ||
    a.distance - b.distance ||
    a.price - b.price ||
    a.fee - b.fee ||
    a.load - b.load ||
    (a.gateway.id < b.gateway.id ? -1 : 1);
  const orders: Record<RouteStrategy, (a: Ranked, b: Ranked) => number> = {
    priority: byPriority,
    weighted: (a, b) => a.lot - b.lot,
    leastCalls: (a, b) => a.load - b.load || byPriority(a, b),
    cheapest: (a, b) => a.price - b.price || a.fee - b.fee || byPriority(a, b),
    nearestRegion: (a, b) => a.distance - b.distance || byPriority(a, b),
    bestQuality: (a, b) => b.quality - a.quality || byPriority(a, b),
  };
  ranked.sort(orders[strategy]);
  const isLast = ranked.map(({ gateway }) => {
    const share = world.health.get(gateway.id)?.share ?? 1;
    return share < 1 && world.random() >= share;
  });
  const order = [...ranked.filter((_, index) => !isLast[index]), ...ranked.filter((_, index) => isLast[index])];
  const words: Record<RouteStrategy, (one: Ranked) => string> = {
    priority: ({ priority, calls }) => `priority ${priority}, ${calls} calls`,
    weighted: ({ weight }) => `weight ${weight}`,
    leastCalls: ({ calls, weight }) => `${calls} calls, weight ${weight}`,
    cheapest: ({ price }) => (price === 1e9 ? 'price unknown' : `${price} a minute`),
    nearestRegion: ({ distance }) => (distance === 1e9 ? 'distance unknown' : `${Math.round(distance)} km`),
    bestQuality: ({ quality }) => `quality ${quality}`,
  };
  const told = order.slice(0, 20).map((one) => `${one.gateway.id} (${words[strategy](one)})`);
  const more = order.length > 20 ? ` and ${order.length - 20} more` : '';
  steps.push({ step: 'order', dropped: [], note: told.join(', ') + more });
  return { candidates: order.map(({ gateway }) => gateway), steps, routeId: route?.id ?? null, strategy };
}
