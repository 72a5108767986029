import { formatHost } from '../../message/index.ts';
import type { SipPeer } from '../../port/index.ts';

/** Route headers of a request outside of dialogs: the outbound proxy (RFC 3261 section 8.1.2), then what its registrar wants (RFC 3608). */
export function preloadedRoutes({ outboundProxy }: SipPeer, serviceRoute: readonly string[] = []): readonly string[] {
  if (outboundProxy === undefined) return serviceRoute;
  const { host, port, transport } = outboundProxy;
  const parameter = transport === 'auto' || transport === 'udp' ? '' : `;transport=${transport}`;
  const proxy = `<sip:${formatHost(host, port ?? undefined)}${parameter};lr>`;
  // A registrar behind the proxy names it as the first hop, as it should (RFC 3608 section 6.2).
  return serviceRoute[0] === proxy ? serviceRoute : [proxy, ...serviceRoute];
}
