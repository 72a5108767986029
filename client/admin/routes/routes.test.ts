import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Route, routeDraftSchema, routeSchema } from '../../../shared/admin/index.ts';
import { addAdminWords } from '../../app/translations/admin/addAdminWords.ts';
import { createTranslations } from '../../app/translations/createTranslations.ts';
import { draftOf } from '../sheet/EntitySheet.ts';
import { readSheet } from '../sheet/readSheet.ts';
import { writeSheetCsv, writeSheetJson } from '../sheet/writeSheet.ts';
import { compareRoutes } from './compareRoutes.ts';
import { routeFieldsOf, routeInputOf } from './routeFields.ts';
import { routeSheet } from './routeSheet.ts';

const translations = createTranslations('en');
addAdminWords(translations);

const full = {
  name: 'Germany',
  isEnabled: false,
  order: -3,
  prefixes: ['+49', '+43'],
  brands: ['acme'],
  groups: ['sales', 'support'],
  types: ['mobile'],
  hours: { timeZone: 'UTC', windows: [{ days: ['mon'], from: '08:00', to: '24:00' }], exceptDates: [] },
  strategy: 'cheapest',
  gateways: [{ gatewayId: 'a', priority: 0 }, { gatewayId: 'b', weight: 7 }, { gatewayId: 'c' }],
};
const routeOf = (draft: object): Route => routeSchema.parse({ id: 'r', prefixes: ['+'], ...draft });

describe('a route’s form', () => {
  it('saves everything as it was read', () => {
    expect(routeDraftSchema.parse(routeInputOf(routeFieldsOf(routeOf(full))))).toEqual(routeDraftSchema.parse(full));
  });

  it('begins with every number', () => {
    expect(routeDraftSchema.parse(routeInputOf(routeFieldsOf(null)))).toEqual(
      routeDraftSchema.parse({ prefixes: ['+'] }),
    );
  });

  it.each([
    [{ prefixes: '' }, 'prefixes'],
    [{ order: null }, 'order'],
    [{ gateways: ['a'], places: { a: { priority: 1001, weight: null } } }, 'gateways.0.priority'],
  ])('has what is wrong with %j at its key', (values, path) => {
    const { error } = routeDraftSchema.safeParse(routeInputOf({ ...routeFieldsOf(null), ...values }));
    expect(error?.issues[0]?.path.join('.')).toBe(path);
  });
});

it('lists routes as they are looked at', () => {
  const routes = [
    routeOf({ id: 'everything', order: -9 }),
    routeOf({ id: 'b', prefixes: ['+49'] }),
    routeOf({ id: 'a', prefixes: ['+49'] }),
    routeOf({ id: 'first', prefixes: ['+49'], order: -1 }),
    routeOf({ id: 'named', prefixes: ['+49'], brands: ['acme'], order: 5 }),
    routeOf({ id: 'long', prefixes: ['+1', '+4930'] }),
  ];
  expect(routes.sort(compareRoutes).map(({ id }) => id)).toEqual(['long', 'named', 'first', 'a', 'b', 'everything']);
});

describe('routes as files', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'gw-1', '007');
  const own = fc.record(
    { gatewayId: id, priority: fc.nat(1000), weight: fc.integer({ min: 1, max: 1000 }) },
    { requiredKeys: ['gatewayId'] },
  );
  const route = fc
    .record(
      {
        id,
        name: fc.constantFrom('Germany', '=1', 'a;b', '"x"'),
        isEnabled: fc.boolean(),
        order: fc.integer({ min: -1_000_000, max: 1_000_000 }),
        prefixes: fc.constantFrom(['+'], ['+49'], ['+49', '+43']),
        brands: fc.constantFrom(['acme'], ['acme', 'other']),
        groups: fc.constantFrom(['sales']),
        types: fc.constantFrom(['mobile', 'fixedLine'].slice(0, 1)),
        hours: fc.option(fc.constant(full.hours)),
        strategy: fc.constantFrom('priority', 'weighted', 'bestQuality'),
        gateways: fc.uniqueArray(own, { selector: ({ gatewayId }) => gatewayId, maxLength: 3 }),
      },
      { requiredKeys: ['id'] },
    )
    .map(routeOf);

  it.each([
    ['CSV', writeSheetCsv],
    ['JSON', writeSheetJson],
  ] as const)('come back from %s as they were', (_, write) => {
    const all = fc.uniqueArray(route, { selector: (one) => one.id, maxLength: 4 });
    fc.assert(
      fc.property(all, (routes) => {
        const text = write(routeSheet, routes);
        const reading = readSheet({ sheet: routeSheet, text, present: [], t: translations.t });
        expect(reading).toMatchObject({ problems: [] });
        expect(reading).toHaveProperty(
          'items',
          routes.map((one) => draftOf(routeSheet, one)),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('name a priority that is none', () => {
    const text = 'id,prefixes,gateways\nr,+49,carrier high 3\n';
    const reading = readSheet({ sheet: routeSheet, text, present: [], t: translations.t });
    expect(reading).toMatchObject({ problems: [{ place: 'Line 2', text: expect.stringMatching(/^Gateways: /) }] });
  });
});
