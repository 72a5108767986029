import { describe, expect, test } from 'vitest';
import { AddressTable } from './AddressTable.ts';

function tableOf(ranges: readonly string[]): AddressTable<string> {
  const table = new AddressTable<string>();
  for (const range of ranges) expect(table.add(range, range)).toBe(true);
  return table;
}

describe('a table of addresses', () => {
  test.each([
    ['192.0.2.7', ['192.0.2.7']],
    ['192.0.2.8', ['192.0.2.0/24']],
    ['192.0.2.255', ['192.0.2.0/24']],
    ['192.0.3.0', ['192.0.0.0/16']],
    ['192.1.0.0', []],
    ['::ffff:192.0.2.7', ['192.0.2.7']],
    ['2001:db8::1', ['2001:db8::/64']],
    ['2001:db8:0:0:ffff::', ['2001:db8::/64']],
    ['2001:db8:0:1::', ['2001:db8::/32']],
    ['2001:db9::', []],
    ['not an address', []],
  ])('finds for %s what is most specific: %j', (address, expected) => {
    const table = tableOf(['192.0.0.0/16', '192.0.2.0/24', '192.0.2.7', '2001:db8::/32', '2001:db8::/64']);
    expect(table.find(address)).toEqual(expected);
  });

  test('takes everything for a prefix of no length, of its family only', () => {
    expect(tableOf(['0.0.0.0/0']).find('203.0.113.9')).toEqual(['0.0.0.0/0']);
    expect(tableOf(['0.0.0.0/0']).find('::1')).toEqual([]);
    expect(tableOf(['::/0']).find('::1')).toEqual(['::/0']);
  });

  test('keeps several values of one range, each once', () => {
    const table = new AddressTable<string>();
    table.add('192.0.2.0/24', 'b');
    table.add('192.0.2.9/24', 'a');
    table.add('192.0.2.0/24', 'b');
    expect(table.find('192.0.2.1')).toEqual(['b', 'a']);
  });

  test.each(['192.0.2.0/33', '::/129', '192.0.2.0/', '192.0.2.0/-1', 'x/8', '', '/8'])('refuses %j', (range) => {
    expect(new AddressTable().add(range, 1)).toBe(false);
  });
});
