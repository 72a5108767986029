/** The host of `host`, `host:port`, `[v6]` or `[v6]:port`, brackets kept: From and To have no port (RFC 3261 section 19.1.1). */
export function hostOfDomain(domain: string): string {
  return domain.replace(/:\d+$/, '');
}
