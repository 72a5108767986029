import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Route, routeSchema } from '../../../shared/admin/index.ts';
import type { BrandId } from '../../../shared/domain/index.ts';
import { ZoneClocks } from '../../calendar/index.ts';
import { RouteIndex, type RouteQuery } from './RouteIndex.ts';

const route = (entry: { id: string } & Record<string, unknown>): Route =>
  routeSchema.parse({ prefixes: ['+'], ...entry });
const query: RouteQuery = {
  calledNumber: '+4930123456',
  type: 'fixedLine',
  caller: { brandId: 'b1' as BrandId, groups: ['g1'] },
  // A Thursday.
  atMs: Date.parse('2026-07-09T12:00:00Z'),
};
const thursday = { timeZone: 'UTC', windows: [{ days: ['thu'] }] };
const friday = { timeZone: 'UTC', windows: [{ days: ['fri'] }] };

async function find(...routes: readonly Route[]): Promise<string | undefined> {
  const index = new RouteIndex(new ZoneClocks());
  await index.apply(routes);
  return index.find(query)?.id;
}

describe('RouteIndex', () => {
  it('takes the longest matching prefix, whatever else the others name', async () => {
    const named = route({ id: 'named', brands: ['b1'], groups: ['g1'], order: -5 });
    expect(await find(named, route({ id: 'long', prefixes: ['+49', '+33'], order: 9 }))).toBe('long');
  });

  it('takes the one that names more among those with the same prefix, then the lowest order, then the id', async () => {
    const plain = route({ id: 'a', order: -5 });
    const one = route({ id: 'b', brands: ['b1'], order: 5 });
    const two = route({ id: 'c', brands: ['b1'], hours: thursday, order: 9 });
    expect(await find(plain, one, two)).toBe('c');
    expect(await find(plain, one)).toBe('b');
    expect(await find(route({ id: 'x', order: 1 }), route({ id: 'y' }), route({ id: 'z', order: 0 }))).toBe('y');
  });

  it('passes over routes that are switched off or say something else of the call', async () => {
    const others = [
      { isEnabled: false },
      { brands: ['b2'] },
      { groups: ['g2'] },
      { types: ['mobile'] },
      { hours: friday },
      { prefixes: ['+493', '+33'], groups: ['g2'] },
      { prefixes: ['+493012345678'] },
    ];
    const routes = others.map((entry, index) => route({ id: `other${index}`, ...entry }));
    expect(await find(...routes)).toBeUndefined();
    expect(await find(...routes, route({ id: 'this' }))).toBe('this');
  });

  it('decides as going through all routes does', async () => {
    const some = <T>(...values: T[]) => fc.option(fc.subarray(values, { minLength: 1 }), { nil: undefined });
    const entry = fc.record(
      {
        prefixes: fc.subarray(['+', '+4', '+49', '+4930', '+33'], { minLength: 1 }),
        isEnabled: fc.boolean(),
        order: fc.integer({ min: 0, max: 2 }),
        brands: some('b1', 'b2'),
        groups: some('g1', 'g2'),
        types: some('fixedLine', 'mobile'),
        hours: fc.constantFrom(null, thursday, friday),
      },
      { requiredKeys: ['prefixes', 'isEnabled', 'order', 'hours'] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 12 }), async (entries) => {
        const routes = entries.map((one, index) => route({ ...JSON.parse(JSON.stringify(one)), id: `r${index}` }));
        expect(await find(...routes)).toBe(naiveFind(routes));
      }),
      { numRuns: 300 },
    );
  });
});

function naiveFind(routes: readonly Route[]): string | undefined {
  const bounds = ({ brands, groups, types, hours }: Route) =>
    [brands, groups, types, hours].filter((one) => one != null).length;
  const length = ({ prefixes }: Route) =>
    Math.max(...prefixes.filter((prefix) => query.calledNumber.startsWith(prefix)).map((prefix) => prefix.length));
  const matching = routes.filter(
    (one) =>
      one.isEnabled &&
      length(one) > 0 &&
      (one.brands?.includes('b1' as BrandId) ?? true) &&
      (one.groups?.some((group) => group === 'g1') ?? true) &&
      (one.types?.includes('fixedLine') ?? true) &&
      (one.hours === null || one.hours.windows[0]?.days[0] === 'thu'),
  );
  return matching.sort(
    (a, b) => length(b) - length(a) || bounds(b) - bounds(a) || a.order - b.order || (a.id < b.id ? -1 : 1),
  )[0]?.id;
}
