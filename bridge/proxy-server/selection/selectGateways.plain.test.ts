import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gatewaySchema, routeSchema, routeStrategySchema } from '../../../shared/admin/index.ts';
import { type BrandId, codecNameSchema, type GatewayId } from '../../../shared/domain/index.ts';
import { ZoneClocks } from '../../calendar/index.ts';
import { GatewayIndex } from '../gateways/GatewayIndex.ts';
import { RouteIndex } from '../routes/RouteIndex.ts';
import { Dice } from '../testing/Dice.ts';
import { type PlainWorld, plainChoice } from '../testing/plainChoice.ts';
import { RouteMembers } from './RouteMembers.ts';
import { selectGateways } from './selectGateways.ts';

const nowMs = 1_000_000;
const distances = new Map<string | null, number>([
  ['here', 0],
  ['there', 638.4],
]);
const ids = Array.from({ length: 50 }, (_, index) => `gw${String(index).padStart(2, '0')}`);
// Few digits, so that prefixes begin with each other and numbers with them.
const digits = (maxLength: number) =>
  fc.string({ unit: fc.constantFrom('1', '2'), maxLength }).map((text) => `+1${text}`);
const prefix = fc.oneof(fc.constant('+'), digits(3));
const few = (max: number) => fc.integer({ min: 0, max });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const codecs = fc.subarray([...codecNameSchema.options], { minLength: 1 });

const gatewayEntry = fc.record({
  id: fc.constantFrom(...ids),
  isEnabled: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, fc.boolean()),
  prefixes: fc.uniqueArray(prefix, { minLength: 1, maxLength: 4 }),
  costs: fc.uniqueArray(fc.record({ prefix, pricePerMinute: few(2), connectionFee: few(1) }), {
    maxLength: 3,
    selector: (cost) => cost.prefix,
  }),
  priority: few(2),
  weight: fc.integer({ min: 1, max: 3 }),
  region: fc.constantFrom('here', 'there', 'nowhere', null),
  codecs,
  maxCalls: maybe(fc.integer({ min: 1, max: 3 })),
});
const gatewaysOf = (maxLength: number) =>
  fc
    .uniqueArray(gatewayEntry, { maxLength, size: 'max', selector: ({ id }) => id })
    .map((entries) => entries.map((entry) => gatewaySchema.parse({ host: '127.0.0.1', ...entry })));
const routes = fc
  .array(
    fc.record({
      prefixes: fc.uniqueArray(prefix, { minLength: 1, maxLength: 2 }),
      strategy: fc.constantFrom(...routeStrategySchema.options),
      gateways: fc.oneof(
        fc.constant([]),
        fc.uniqueArray(
          fc.record({
            gatewayId: fc.constantFrom(...ids, 'gone'),
            priority: maybe(few(2)),
            weight: maybe(fc.integer({ min: 1, max: 3 })),
          }),
          { maxLength: 40, size: 'max', selector: ({ gatewayId }) => gatewayId },
        ),
      ),
    }),
    { maxLength: 4 },
  )
  .map((entries) => entries.map((entry, index) => routeSchema.parse({ id: `r${index}`, ...entry })));
const perGateway = <T>(value: fc.Arbitrary<T>) =>
  fc
    .dictionary(fc.constantFrom(...ids), value, { maxKeys: 25, size: 'max' })
    .map((said) => new Map(Object.entries(said)));
const circumstances = fc.record({
  calls: perGateway(few(3)),
  pauses: perGateway(fc.integer({ min: nowMs - 1, max: nowMs + 2 })),
  health: perGateway(
    fc.constantFrom(
      { problem: null, share: 0.25 },
      { problem: null, share: 1 },
      { problem: 'down: answered 500', share: 0 },
    ),
  ),
  qualities: perGateway(fc.constantFrom(0, 0.5, 0.95)),
});

/** By the real indexes. */
function toKnowledge(world: PlainWorld, indexes: { index: GatewayIndex; members: RouteMembers; routes: RouteIndex }) {
  return {
    ...indexes,
    calls: world.calls as ReadonlyMap<GatewayId, number>,
    pauses: world.pauses as ReadonlyMap<GatewayId, number>,
    healthOf: (id: GatewayId) => world.health.get(id) ?? { problem: null, share: 1 },
    qualityOf: (id: GatewayId) => world.qualities.get(id) ?? null,
    distanceTo: (region: string | null) => distances.get(region) ?? Number.POSITIVE_INFINITY,
    ...{ random: world.random, nowMs },
  };
}

describe('selectGateways', () => {
  it('comes to what going through every gateway comes to, word by word, also after gateways have changed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(gatewaysOf(50), { minLength: 1, maxLength: 3 }),
        routes,
        fc.array(fc.tuple(circumstances, digits(5), fc.option(codecs), few(1000)), { minLength: 1, maxLength: 4 }),
        async (versions, someRoutes, calls) => {
          const index = new GatewayIndex(new ZoneClocks());
          const routeIndex = new RouteIndex(new ZoneClocks());
          const members = new RouteMembers(index);
          await routeIndex.apply(someRoutes);
          for (const gateways of versions) {
            await index.apply(gateways);
            for (const [around, calledNumber, wanted, seed] of calls) {
              const caller = { brandId: 'b1' as BrandId, groups: [] };
              const request = { calledNumber, codecs: wanted, type: null, gatewayIds: null, caller };
              // Both have the same luck.
              const world = () => {
                const dice = new Dice(seed);
                return { gateways, routes: someRoutes, ...around, distances, random: () => dice.next(), nowMs };
              };
              const chosen = selectGateways(request, toKnowledge(world(), { index, members, routes: routeIndex }));
              expect(chosen).toEqual(plainChoice(request, world()));
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
