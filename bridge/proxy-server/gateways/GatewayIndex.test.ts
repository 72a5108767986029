import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Gateway, gatewaySchema } from '../../../shared/admin/index.ts';
import { ZoneClocks } from '../../calendar/index.ts';
import { GatewayIndex } from './GatewayIndex.ts';

const gateway = (entry: { id: string } & Record<string, unknown>): Gateway =>
  gatewaySchema.parse({ host: '127.0.0.1', ...entry });

/** What the index says of every gateway, by id. */
function findings(index: GatewayIndex, number: string) {
  const found = index.find(number);
  return Object.fromEntries(
    index.ordered.map((one) => [one.entity.id, [found.prefixLengthOf(one), found.costOf(one)?.pricePerMinute ?? null]]),
  );
}

/** The same by going through every prefix and price of every gateway. */
function naiveFindings(gateways: readonly Gateway[], number: string) {
  const longest = (prefixes: readonly string[]) =>
    prefixes.filter((prefix) => number.startsWith(prefix)).sort((a, b) => b.length - a.length)[0];
  return Object.fromEntries(
    gateways
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ id, prefixes, costs }) => {
        const priced = longest(costs.map(({ prefix }) => prefix));
        const cost = costs.find(({ prefix }) => prefix === priced);
        return [id, [longest(prefixes)?.length ?? 0, cost?.pricePerMinute ?? null]];
      }),
  );
}

// Few digits, so that prefixes begin with each other and numbers with them.
const digits = (maxLength: number) =>
  fc.string({ unit: fc.constantFrom('1', '2'), maxLength }).map((text) => `+1${text}`);
const prefix = fc.oneof(fc.constant('+'), digits(5));
const anyGateway = (ids: readonly string[]) =>
  fc.record({
    id: fc.constantFrom(...ids),
    prefixes: fc.uniqueArray(prefix, { minLength: 1, maxLength: 6 }),
    costs: fc
      .uniqueArray(prefix, { maxLength: 6 })
      .map((prefixes) => prefixes.map((one, index) => ({ prefix: one, pricePerMinute: index + 1 }))),
  });
const anyGateways = fc
  .uniqueArray(anyGateway(['a', 'b', 'c', 'd', 'e']), { selector: ({ id }) => id })
  .map((entries) => entries.map(gateway));

describe('GatewayIndex', () => {
  it('finds the longest prefixes and prices as going through all of them does, through any number of changes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyGateways, { minLength: 1, maxLength: 5 }),
        fc.array(digits(8), { minLength: 1, maxLength: 10 }),
        async (versions, numbers) => {
          const index = new GatewayIndex(new ZoneClocks());
          let present: readonly Gateway[] = [];
          for (const version of versions) {
            // Entries that have not changed are the same values, as a collection gives them.
            const before = new Map(present.map((one) => [JSON.stringify(one), one]));
            present = version.map((one) => before.get(JSON.stringify(one)) ?? one);
            await index.apply(present);
            for (const number of numbers) expect(findings(index, number)).toEqual(naiveFindings(present, number));
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('leaves nothing of gateways that are gone', async () => {
    const index = new GatewayIndex(new ZoneClocks());
    for (let round = 0; round < 3; round += 1) {
      await index.apply([
        gateway({ id: `gw${round}`, prefixes: ['+', '+49'], costs: [{ prefix: '+4', pricePerMinute: 1 }] }),
      ]);
      expect(index.entries).toEqual({ prefixes: 2, prices: 1, positions: 2 - (round === 0 ? 1 : 0) });
    }
    await index.apply([]);
    expect(index.entries).toMatchObject({ prefixes: 0, prices: 0 });
  });

  it('shows all of a change or nothing of it, while others have their turns', async () => {
    const index = new GatewayIndex(new ZoneClocks());
    const many = (first: string, price: number) =>
      ['a', 'b'].map((id) =>
        gateway({
          id,
          prefixes: Array.from({ length: 60_000 }, (_, count) => `${first}${count}`),
          costs: [{ prefix: first, pricePerMinute: price }],
        }),
      );
    await index.apply(many('+1', 1));
    const applying = index.apply(many('+2', 2));
    let isApplied = false;
    void applying.then(() => {
      isApplied = true;
    });
    const seen = new Set<string>();
    let turns = 0;
    while (!isApplied) {
      seen.add(JSON.stringify([findings(index, '+159999'), findings(index, '+259999')]));
      turns += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    const both = (length: number, price: number | null) => ({ a: [length, price], b: [length, price] });
    const before = JSON.stringify([both(7, 1), both(0, null)]);
    const after = JSON.stringify([both(0, null), both(7, 2)]);
    expect([...seen]).toEqual([before, after]);
    expect(turns).toBeGreaterThan(3);
  });

  it('takes over the last of changes that come faster than they are made', async () => {
    const index = new GatewayIndex(new ZoneClocks());
    void index.apply([gateway({ id: 'a' })]);
    void index.apply([gateway({ id: 'b' })]);
    await index.apply([gateway({ id: 'c' })]);
    expect(index.ordered.map(({ entity }) => entity.id)).toEqual(['c']);
  });
});
