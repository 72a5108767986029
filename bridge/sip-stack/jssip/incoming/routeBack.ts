import type { SipPeer } from '../../port/index.ts';
import type { ServerTransaction, SipRoute, SipTransportLayer } from '../../transport/index.ts';

/** The way back to where a request came from, but for TLS. Null where no listener of ours can send there. */
export function routeBack(
  { source, local }: ServerTransaction,
  peer: SipPeer,
  layer: SipTransportLayer,
): SipRoute | null {
  const family = source.address.includes(':') ? 6 : 4;
  const ofKind = layer.bound.filter(
    ({ transport, host }) => transport === source.transport && host.includes(':') === (family === 6),
  );
  const listener = ofKind.find(({ port }) => port === local.port) ?? ofKind[0];
  return listener === undefined ? null : { ...source, family, local, listener, peerId: peer.id };
}
