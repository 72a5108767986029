import { describe, expect, it } from 'vitest';
import { type Rate, rateSchema } from '../../../shared/admin/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { AdminApi } from '../api/index.ts';
import { compareItems, type ImportMode } from '../sheet/compareItems.ts';
import { columnOf } from './csvColumns.ts';
import { findRate } from './findRate.ts';
import { isSameRate } from './isSameRate.ts';
import { numberIn } from './numberIn.ts';
import { type CsvReading, type NewRate, readRatesCsv } from './readRatesCsv.ts';
import { writeRatesCsv } from './writeRatesCsv.ts';

const rate = (id: string, values: Partial<Rate> = {}): Rate =>
  rateSchema.parse({ id, pricePerMinute: 0.01, ...values });

function ratesOf(reading: CsvReading): readonly NewRate[] {
  if (reading.kind !== 'rates') throw new Error(`no rates: ${JSON.stringify(reading)}`);
  expect(reading.problems).toEqual([]);
  return reading.rates;
}

describe('the headings of a rate sheet', () => {
  it.each([
    ['Prefix', 'prefix'],
    ['DIAL CODE', 'prefix'],
    ['Destination', 'name'],
    ['Price per minute (EUR)', 'pricePerMinute'],
    ['price/min', 'pricePerMinute'],
    ['Rate [USD]', 'pricePerMinute'],
    ['connection_fee', 'connectionFee'],
    ['Min. duration', 'firstSeconds'],
    ['Billing Increment', 'incrementSeconds'],
    ['Valid from', undefined],
    ['', undefined],
  ])('takes %j as %s', (heading, column) => {
    expect(columnOf(heading)).toBe(column);
  });
});

describe('readRatesCsv', () => {
  it('reads all columns, in any order', () => {
    const text =
      'Name,Increment,First seconds,Connection fee,Price per minute,Prefix\r\nGermany,1,30,0.05,0.012,+49\r\n';
    expect(ratesOf(readRatesCsv(text))).toEqual([
      {
        id: '+49',
        name: 'Germany',
        pricePerMinute: 0.012,
        connectionFee: 0.05,
        firstSeconds: 30,
        incrementSeconds: 1,
      },
    ]);
  });

  it('reads semicolons with decimal commas, a byte order mark and text in quotes', () => {
    const text = '\ufeffVorwahl;prefix;name;price\n-;0049 170;"Germany; mobile";0,0925\n-;43;Austria;0,1\n';
    expect(ratesOf(readRatesCsv(text))).toMatchObject([
      { id: '+49170', name: 'Germany; mobile', pricePerMinute: 0.0925, connectionFee: 0, firstSeconds: 60 },
      { id: '+43', name: 'Austria', pricePerMinute: 0.1 },
    ]);
  });

  it.each([';', '\t', '|', ','])('tells by the headings that %j separates, whatever stands below', (separator) => {
    const text = [['Prefix', 'Price'], ['49', '"0,5"'], ['43', 'free'], ['']]
      .map((cells) => cells.join(separator))
      .join('\n');
    expect(readRatesCsv(text)).toMatchObject({
      rates: [{ id: '+49', pricePerMinute: 0.5 }],
      problems: [{ line: 3 }],
    });
  });

  it('reads tabs, and a file of one line', () => {
    expect(ratesOf(readRatesCsv('prefix\tprice\n1\t0.01'))).toMatchObject([{ id: '+1', pricePerMinute: 0.01 }]);
  });

  it('reads both times out of one cell', () => {
    expect(ratesOf(readRatesCsv('prefix,price,increment\n49,1,30/6'))).toMatchObject([
      { firstSeconds: 30, incrementSeconds: 6 },
    ]);
  });

  it('tells each bad line with its number, and reads the others', () => {
    const text = [
      'prefix,name,price,fee,first,increment',
      '49,Germany,0.01,,,',
      ',Nowhere,0.01,,,',
      '0170,"A trunk\nprefix",0.01,,,',
      '43,Austria,free,,,',
      '',
      '44,UK,0.01,-1,,',
      '45,Denmark,0.01,,0,',
      '46,Sweden,0.01,,,3601',
      '+49,Germany again,0.02,,,',
      '47,Norway,0.0000001,,,',
      '1234567890123456,Too long,1,,,',
      '48,Poland,0.02,0.1,1,3600',
    ].join('\r\n');
    const reading = readRatesCsv(text);
    expect(reading).toMatchObject({ kind: 'rates', ignored: [] });
    if (reading.kind !== 'rates') return;
    expect(reading.rates.map(({ id }) => id)).toEqual(['+49', '+48']);
    expect(reading.problems).toEqual([
      { line: 3, column: 'prefix', value: '' },
      { line: 4, column: 'prefix', value: '0170' },
      { line: 6, column: 'pricePerMinute', value: 'free' },
      { line: 8, column: 'connectionFee', value: '-1' },
      { line: 9, column: 'firstSeconds', value: '0' },
      { line: 10, column: 'incrementSeconds', value: '3601' },
      { line: 11, column: 'duplicate', value: '+49', firstLine: 2 },
      { line: 12, column: 'pricePerMinute', value: '0.0000001' },
      { line: 13, column: 'prefix', value: '1234567890123456' },
    ]);
  });

  it('names the columns that it does not know', () => {
    expect(readRatesCsv('prefix,price,Valid from\n49,1,today')).toMatchObject({ ignored: ['Valid from'] });
  });

  it.each([
    ['', ['prefix', 'pricePerMinute']],
    ['49,0.01', ['prefix', 'pricePerMinute']],
    ['prefix,name\n49,Germany', ['pricePerMinute']],
    ['price\n0.01', ['prefix']],
  ])('says which headings are missing in %j', (text, missing) => {
    expect(readRatesCsv(text)).toMatchObject({ kind: 'noHeadings', missing });
  });

  it('does not guess which of two prices is meant', () => {
    expect(readRatesCsv('prefix,rate,price\n49,1,2')).toEqual({
      kind: 'twoColumns',
      column: 'pricePerMinute',
      headings: ['rate', 'price'],
    });
  });

  it('reads twenty thousand lines', () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `${10_000 + index},Place ${index},0.01`);
    expect(ratesOf(readRatesCsv(`prefix,name,price\n${lines.join('\n')}`))).toHaveLength(20_000);
  });
});

describe('writeRatesCsv', () => {
  it('writes what readRatesCsv reads back', () => {
    const rates = [
      rate('+49', { name: 'Germany, "all"', pricePerMinute: 0.000001, connectionFee: 1.5, firstSeconds: 1 }),
      rate('+', { pricePerMinute: 100 }),
      rate('+1', { name: '=HYPERLINK("x")' }),
      rate('+2', { name: '-minus' }),
    ];
    const text = writeRatesCsv(rates);
    const plain = rates.map(({ revision: _, updatedAtMs: __, ...values }) => values);
    expect(ratesOf(readRatesCsv(text))).toEqual(plain);
    expect(text).toContain("'=HYPERLINK");
    expect(text).toContain('0.000001');
  });
});

const compareRates = (present: readonly NewRate[], next: readonly NewRate[], mode: ImportMode) =>
  compareItems({ present, next, mode, isSame: isSameRate });

describe('comparing rates', () => {
  const present = [rate('+49', { name: 'Germany' }), rate('+43'), rate('+1')];
  const next = [
    rate('+49', { name: 'Germany', pricePerMinute: 0.02 }),
    rate('+43', { revision: 7 }),
    rate('+44', { name: 'UK' }),
  ];

  it('keeps what the file does not have when it merges', () => {
    const changes = compareRates(present, next, 'merge');
    expect(changes.added.map(({ id }) => id)).toEqual(['+44']);
    expect(changes.changed).toEqual([{ before: present[0], after: next[0] }]);
    expect(changes).toMatchObject({ deleted: [], unchanged: 1 });
  });

  it('deletes it when it replaces', () => {
    expect(compareRates(present, next, 'replace').deleted).toEqual([present[2]]);
  });

  it.each(['pricePerMinute', 'connectionFee', 'firstSeconds', 'incrementSeconds'] as const)('sees a new %s', (key) => {
    expect(compareRates([rate('+1')], [rate('+1', { [key]: 7 })], 'merge').changed).toHaveLength(1);
  });
});

describe('findRate', () => {
  const rates = [rate('+49'), rate('+49170'), rate('+4917'), rate('+1')];
  const apiWith = (all: readonly Rate[]) => ({
    get: (async (_kind: string, id: string) => {
      const found = all.find((one) => one.id === id);
      if (found === undefined) throw new DialbridgeError('notFound');
      return found;
    }) as unknown as AdminApi['get'],
  });

  it.each([
    ['+491701234567', '+49170'],
    ['+4917112345', '+4917'],
    ['+4930123456', '+49'],
    ['+44', null],
  ])('finds for %s the rate of %s', async (number, id) => {
    expect((await findRate(apiWith(rates), number))?.id ?? null).toBe(id);
  });

  it('falls back to the rate of every number', async () => {
    expect((await findRate(apiWith([rate('+'), rate('+1')]), '+44'))?.id).toBe('+');
  });

  it('does not take a refusal for an empty table', async () => {
    const get = async () => {
      throw new DialbridgeError('forbidden');
    };
    await expect(findRate({ get }, '+44')).rejects.toThrow();
  });
});

describe('the number in a search', () => {
  it.each([
    ['+49 170 1234567', '+491701234567'],
    ['0049 170 1234567', '+491701234567'],
    ['(202) 555-0100', '+12025550100'],
    ['+49170', null],
    ['49', null],
    ['Germany', null],
    ['Germany 170 1234567', null],
    ['', null],
  ])('of %j is %s', (text, number) => {
    expect(numberIn(text, 'US')).toBe(number);
  });
});
