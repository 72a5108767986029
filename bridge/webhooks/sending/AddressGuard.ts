import type { LookupAddress, LookupOptions } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Networks that are not the public internet's (IANA special-purpose address registries, RFC 6890). */
const closed: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];
/** Of IPv6 only global unicast is public (RFC 4291 section 2.4), and of that not what carries IPv4 inside or is for documents. */
const closedInside: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

export class PrivateAddressError extends Error {
  constructor(host: string, address: string) {
    super(`${host === address ? address : `${host} (${address})`} is a private address, and those are not allowed`);
    this.name = 'PrivateAddressError';
  }
}

/** Asks the name service as `dns.lookup` does, for every address. */
export type LookUp = (
  host: string,
  options: LookupOptions & { all: true },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Which addresses a request may go to, so that nobody makes the bridge talk to what only the bridge can reach. */
export class AddressGuard {
  readonly #lookUp: LookUp;
  readonly #closed = new BlockList();
  readonly #global = new BlockList();

  constructor(deps: { readonly lookUp: LookUp }) {
    this.#lookUp = deps.lookUp;
    for (const [network, bits] of closed) this.#closed.addSubnet(network, bits, 'ipv4');
    for (const [network, bits] of closedInside) this.#closed.addSubnet(network, bits, 'ipv6');
    this.#global.addSubnet('2000::', 3, 'ipv6');
  }

  /** `address`: IPv4 or IPv6, without brackets. */
  isPublic(address: string): boolean {
    if (isIP(address) === 4) return !this.#closed.check(address, 'ipv4');
    return isIP(address) === 6 && this.#global.check(address, 'ipv6') && !this.#closed.check(address, 'ipv6');
  }

  /**
   * For a connection: gives it those addresses alone that `isAllowed` has let through, so that it goes to what was checked and to
   * nothing that the name means a moment later.
   */
  lookupFor(isAllowed: (address: string) => boolean): LookupFunction {
    return (host, options, done) => {
      this.#lookUp(host, { ...options, all: true }, (error, addresses) => {
        if (error) return done(error, []);
        const [refused] = addresses.filter(({ address }) => !isAllowed(address));
        // One private address is enough: a name that means both is nobody's honest name.
        if (refused) return done(new PrivateAddressError(host, refused.address), []);
        const [first] = addresses;
        if (options.all || !first) return done(null, addresses);
        return done(null, first.address, first.family);
      });
    };
  }
}
