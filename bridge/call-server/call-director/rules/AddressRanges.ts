import { isIP, isIPv4 } from 'node:net';

/** An IP address as a number. */
export interface NumericAddress {
  readonly family: 4 | 6;
  readonly value: bigint;
}

/** Null for what is no IP address. IPv4 written as IPv6 (::ffff:192.0.2.1, RFC 4291 section 2.5.5.2) is IPv4; a zone is left out. */
export function readAddress(text: string): NumericAddress | null {
  const bare = text.split('%')[0] ?? '';
  if (isIP(bare) === 0) return null;
  if (isIPv4(bare)) return { family: 4, value: readIPv4(bare) };
  const value = readIPv6(bare);
  return value >> 32n === 0xffffn ? { family: 4, value: value & 0xffffffffn } : { family: 6, value };
}

/** Addresses and ranges (CIDR, RFC 4632). A look-up costs what there are different lengths of ranges, however many ranges there are. */
export class AddressRanges {
  /** By family and length of the host part in bits: the network parts. */
  readonly #networks: readonly { family: 4 | 6; hostBits: bigint; parts: ReadonlySet<bigint> }[];

  /** `ranges` are of `addressRangeSchema`. */
  constructor(ranges: readonly string[]) {
    const networks = new Map<string, { family: 4 | 6; hostBits: bigint; parts: Set<bigint> }>();
    for (const range of ranges) {
      const [text = '', length] = range.split('/');
      const address = readAddress(text);
      if (address === null) continue;
      const hostBits = BigInt(hostBitsOf(address, length, text));
      const key = `${address.family}/${hostBits}`;
      const network = networks.get(key) ?? { family: address.family, hostBits, parts: new Set() };
      network.parts.add(address.value >> hostBits);
      networks.set(key, network);
    }
    this.#networks = [...networks.values()];
  }

  has(address: NumericAddress): boolean {
    return this.#networks.some(
      ({ family, hostBits, parts }) => family === address.family && parts.has(address.value >> hostBits),
    );
  }
}

function hostBitsOf({ family }: NumericAddress, length: string | undefined, text: string): number {
  if (length === undefined) return 0;
  const hostBits = (isIPv4(text) ? 32 : 128) - Number(length);
  // A range of mapped addresses that is wider than IPv4 is all of IPv4.
  return family === 4 ? Math.min(32, hostBits) : hostBits;
}

function readIPv4(text: string): bigint {
  const [a = 0, b = 0, c = 0, d = 0] = text.split('.').map(Number);
  return BigInt(a * 0x1000000 + b * 0x10000 + c * 0x100 + d);
}

function readIPv6(text: string): bigint {
  const [head = '', tail] = text.split('::');
  const front = groupsOf(head);
  const back = groupsOf(tail ?? '');
  const gap = Array.from({ length: 8 - front.length - back.length }, () => 0);
  return [...front, ...gap, ...back].reduce((value, group) => (value << 16n) | BigInt(group), 0n);
}

function groupsOf(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return [Number.parseInt(group, 16)];
    const value = Number(readIPv4(group));
    return [Math.floor(value / 0x10000), value % 0x10000];
  });
}
