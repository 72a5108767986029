import { type Gateway, gatewaySchema, type Route, routeSchema } from '../../shared/admin/index.ts';
import type { Dice } from '../bench-authorization/inventData.ts';

export const sizes = { gateways: 1000, prefixesEach: 100, costsEach: 100, routes: 1000 } as const;

/** Country codes with many calls; the rest of a number is made up. */
const countries = ['+1', '+33', '+34', '+39', '+44', '+48', '+49', '+55', '+61', '+65', '+81', '+86', '+91'];
const regions = ['frankfurt', 'london', 'sydney', null];
const strategies = ['priority', 'weighted', 'leastCalls', 'cheapest', 'nearestRegion', 'bestQuality'];
const codecs = [['PCMU', 'PCMA'], ['opus', 'G722', 'PCMA', 'PCMU'], ['PCMA']];

function digits(dice: Dice, count: number): string {
  return String(dice.below(10 ** count)).padStart(count, '0');
}

export function inventNumber(dice: Dice): string {
  return dice.pick(countries) + digits(dice, 9);
}

/** Of countries, networks and exchanges: up to four digits after the country code, so that many gateways share the short ones. */
function inventPrefix(dice: Dice): string {
  return dice.pick(countries) + digits(dice, dice.below(5)).slice(0, 4);
}

/** Exactly so many, each once. */
function inventPrefixes(dice: Dice, count: number): string[] {
  const prefixes = new Set<string>();
  while (prefixes.size < count) prefixes.add(inventPrefix(dice));
  return [...prefixes];
}

/** `isEverywhere`: each serves every number, which no real network does. */
export function inventGateways(dice: Dice, { isEverywhere = false } = {}): Gateway[] {
  return Array.from({ length: sizes.gateways }, (_, index) =>
    gatewaySchema.parse({
      id: `gw-${String(index).padStart(4, '0')}`,
      host: `10.0.${index >> 8}.${index & 255}`,
      port: 5060,
      isEnabled: dice.below(50) !== 0,
      prefixes: isEverywhere ? ['+'] : inventPrefixes(dice, sizes.prefixesEach),
      costs: inventPrefixes(dice, sizes.costsEach).map((prefix) => ({
        prefix,
        pricePerMinute: dice.below(1000) / 1000,
      })),
      priority: dice.below(4),
      weight: 1 + dice.below(100),
      region: dice.pick(regions),
      codecs: dice.pick(codecs),
      ...(dice.below(2) === 0 && { maxCalls: 5 + dice.below(50) }),
      ...(dice.below(10) === 0 && { maxCallsPerSecond: 5 }),
      ...(dice.below(10) === 0 && {
        hours: {
          timeZone: 'Europe/Berlin',
          windows: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '07:00', to: '19:00' }],
        },
      }),
    }),
  );
}

export function inventRoutes(dice: Dice): Route[] {
  return Array.from({ length: sizes.routes }, (_, index) =>
    routeSchema.parse({
      id: `route-${index}`,
      order: dice.below(100),
      prefixes: inventPrefixes(dice, 1 + dice.below(4)),
      strategy: dice.pick(strategies),
      ...(dice.below(2) === 0 && { brands: [`brand-${dice.below(50)}`] }),
      ...(dice.below(4) === 0 && { groups: [`group-${dice.below(500)}`] }),
      ...(dice.below(4) === 0 && { types: ['mobile', 'fixedLine'] }),
      ...(dice.below(2) === 0 && {
        gateways: dice
          .several(40, () => `gw-${String(dice.below(sizes.gateways)).padStart(4, '0')}`)
          .map((gatewayId) => ({
            gatewayId,
          })),
      }),
    }),
  );
}
