import { isIP } from 'node:net';

/** An address as its bits, in a form that a Map can hold. */
interface Bits {
  readonly family: 4 | 6;
  readonly value: bigint;
}

/** Values by IP address and CIDR range; what is most specific is found first. One look costs a step per prefix length in use. */
export class AddressTable<T> {
  readonly #byLength = { 4: new Map<number, Map<bigint, T[]>>(), 6: new Map<number, Map<bigint, T[]>>() };
  /** Longest first. */
  #lengths: { 4: number[]; 6: number[] } = { 4: [], 6: [] };

  /** `192.0.2.1`, `192.0.2.0/24` or the same of IPv6. False for anything else. */
  add(range: string, value: T): boolean {
    const [address = '', length] = range.split('/');
    const bits = bitsOf(address);
    if (bits === null) return false;
    const most = widthOf(bits.family);
    const prefix = length === undefined ? most : /^\d{1,3}$/.test(length) ? Number(length) : -1;
    if (prefix < 0 || prefix > most) return false;
    const ofFamily = this.#byLength[bits.family];
    const ofLength = ofFamily.get(prefix) ?? new Map<bigint, T[]>();
    ofFamily.set(prefix, ofLength);
    const key = mask(bits, prefix);
    const values = ofLength.get(key) ?? [];
    ofLength.set(key, values);
    if (!values.includes(value)) values.push(value);
    this.#lengths[bits.family] = [...ofFamily.keys()].sort((a, b) => b - a);
    return true;
  }

  /** The values of the longest prefix that the address has; none for an unreadable address. */
  find(address: string): readonly T[] {
    const bits = bitsOf(address);
    if (bits === null) return [];
    const ofFamily = this.#byLength[bits.family];
    for (const length of this.#lengths[bits.family]) {
      const values = ofFamily.get(length)?.get(mask(bits, length));
      if (values !== undefined) return values;
    }
    return [];
  }
}

function widthOf(family: 4 | 6): number {
  return family === 4 ? 32 : 128;
}

function mask({ family, value }: Bits, length: number): bigint {
  const dropped = BigInt(widthOf(family) - length);
  return (value >> dropped) << dropped;
}

/** Null for what is no address. An IPv4 address that a socket of IPv6 saw is one of IPv4 (RFC 4291 section 2.5.5.2). */
function bitsOf(text: string): Bits | null {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(text)?.[1];
  const address = mapped ?? text;
  const family = isIP(address);
  if (family === 4) return { family, value: bitsOfIpv4(address) };
  return family === 6 ? { family, value: bitsOfIpv6(address) } : null;
}

function bitsOfIpv4(address: string): bigint {
  return address.split('.').reduce((sum, octet) => (sum << 8n) | BigInt(octet), 0n);
}

function bitsOfIpv6(address: string): bigint {
  const plain = (address.split('%')[0] ?? '').replace(/[^:]*\.[^:]*$/, (v4) => {
    const bits = bitsOfIpv4(v4);
    return `${(bits >> 16n).toString(16)}:${(bits & 0xffffn).toString(16)}`;
  });
  const [head = '', tail] = plain.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array<string>(8 - front.length - back.length).fill('0');
  return [...front, ...zeros, ...back].reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}
