import { isIPv6 } from 'node:net';

/**
 * What counts as one place on the network: an IPv4 address (also when written as IPv4-mapped IPv6), or the /64 of an IPv6
 * address, since a household or a host owns that many (RFC 6177).
 */
export function addressKey(address: string): string {
  const bare = address.split('%')[0] ?? '';
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare);
  if (mapped?.[1]) return mapped[1];
  if (!isIPv6(bare)) return bare;
  const [head = '', tail] = bare.toLowerCase().split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail ? tail.split(':') : [];
  const isShortened = tail !== undefined;
  const gap = isShortened ? Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0') : [];
  const network = [...front, ...gap, ...back].slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''));
  return `${network.join(':')}::/64`;
}
