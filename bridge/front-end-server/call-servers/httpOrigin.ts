import { isIPv6 } from 'node:net';

export interface HttpAddress {
  readonly isSecure: boolean;
  /** Name or address as listened on; IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
}

/**
 * The address to open, without a slash at the end: IPv6 in brackets (RFC 3986 section 3.2.2), the scheme's own port left out,
 * and the loopback address of the family where all addresses (`0.0.0.0`, `::`) are listened on.
 */
export function httpOrigin({ isSecure, host, port }: HttpAddress): string {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  // A zone (fe80::1%eth0) has no place in the URLs of a browser.
  const bare = reachable.split('%')[0] ?? reachable;
  const shown = isIPv6(bare) ? `[${bare}]` : bare;
  const isUsualPort = port === (isSecure ? 443 : 80);
  return `http${isSecure ? 's' : ''}://${shown}${isUsualPort ? '' : `:${port}`}`;
}
