import { BlockList, isIPv4 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressRangeSchema } from '../../../../shared/admin/index.ts';
import { AddressRanges, readAddress } from './AddressRanges.ts';

function has(ranges: readonly string[], address: string): boolean {
  const read = readAddress(address);
  return read !== null && new AddressRanges(ranges).has(read);
}

describe('AddressRanges', () => {
  it.each([
    ['192.0.2.0/24', '192.0.1.255', false],
    ['192.0.2.0/24', '192.0.2.0', true],
    ['192.0.2.0/24', '192.0.2.255', true],
    ['192.0.2.0/24', '192.0.3.0', false],
    ['192.0.2.7', '192.0.2.7', true],
    ['192.0.2.7', '192.0.2.8', false],
    ['192.0.2.99/24', '192.0.2.1', true],
    ['0.0.0.0/0', '203.0.113.9', true],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['::/0', '2001:db8::1', true],
    ['::/0', '203.0.113.9', false],
    ['2001:db8::/32', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff', true],
    ['2001:db8::/32', '2001:db9::', false],
    ['2001:DB8::1', '2001:0db8:0:0:0:0:0:1', true],
    ['192.0.2.0/24', '::ffff:192.0.2.9', true],
    ['192.0.2.0/24', '::ffff:c000:209', true],
    ['::ffff:192.0.2.0/120', '192.0.2.9', true],
    ['::ffff:192.0.2.0/120', '192.0.3.9', false],
    ['fe80::/10', 'fe80::1%eth0', true],
    ['192.0.2.0/24', 'not an address', false],
    ['192.0.2.0/24', '', false],
  ])('%s has %s: %s', (range, address, expected) => {
    addressRangeSchema.parse(range);
    expect(has([range], address)).toBe(expected);
  });

  it('agrees with node:net on any ranges and addresses', () => {
    const byte = fc.integer({ min: 0, max: 3 });
    const v4 = fc.tuple(byte, byte, byte, byte).map((bytes) => bytes.join('.'));
    const group = fc.constantFrom('0', '1', 'ff', 'ffff', '8000');
    // Of addresses below 2001:: alone: node:net counts every IPv4 address to ::/0, and whoever writes ::/0 means IPv6.
    const v6 = fc.array(group, { minLength: 7, maxLength: 7 }).map((groups) => `2001:${groups.join(':')}`);
    const range = fc.oneof(
      fc.tuple(v4, fc.integer({ min: 0, max: 32 })),
      fc.tuple(v6, fc.integer({ min: 3, max: 128 })),
    );
    fc.assert(
      fc.property(fc.array(range, { maxLength: 5 }), fc.oneof(v4, v6), (ranges, address) => {
        const oracle = new BlockList();
        for (const [net, length] of ranges) oracle.addSubnet(net, length, isIPv4(net) ? 'ipv4' : 'ipv6');
        expect(
          has(
            ranges.map(([net, length]) => `${net}/${length}`),
            address,
          ),
        ).toBe(oracle.check(address, isIPv4(address) ? 'ipv4' : 'ipv6'));
      }),
      { numRuns: 1000 },
    );
  });
});
