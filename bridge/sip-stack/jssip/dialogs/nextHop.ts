import { isIP } from 'node:net';
import { type DialogState, parseNameAddr, parseSipUri } from '../../message/index.ts';
import type { SipTransport } from '../../port/index.ts';
import type { SipRoute, SipTarget } from '../../transport/index.ts';

const DEFAULT_PORTS: Readonly<Record<SipTransport, number>> = { udp: 5060, tcp: 5060, tls: 5061 };

/**
 * Where requests inside a dialog go: the first Route, else the Contact (RFC 3261 sections 12.2.1.1, 8.1.2). Null for the peer
 * itself: the same address, nothing readable, or a private address given by a gateway that is reached at a public one, which
 * sits behind a NAT and doesn't know it.
 */
export function nextHop(dialog: DialogState, peer: SipRoute): SipTarget | null {
  const first = parseNameAddr(dialog.routes[0] ?? '')?.uri;
  const uri = first?.scheme === 'sip' ? first : parseSipUri(dialog.remoteTarget);
  if (uri === null || uri === undefined || uri.scheme !== 'sip') return null;
  const host = uri.params.get('maddr') ?? uri.host;
  // What began under TLS stays under it.
  const named = peer.transport === 'tls' ? null : readTransport(uri.params.get('transport'));
  const transport = named ?? peer.transport;
  const port = uri.port ?? DEFAULT_PORTS[transport];
  if (isPrivate(host) && !isPrivate(peer.address)) return null;
  if (host === peer.address && port === peer.port && transport === peer.transport) return null;
  return { host, port, transport, ...(peer.peerId !== undefined && { peerId: peer.peerId }) };
}

/** The route to an address that needs no look-up and no other listener; null where those are needed. */
export function directRoute(target: SipTarget, peer: SipRoute): SipRoute | null {
  const isSameKind = target.transport === peer.transport && isIP(target.host) === peer.family;
  return isSameKind ? { ...peer, address: target.host, port: target.port } : null;
}

function readTransport(value: string | null | undefined): SipTransport | undefined {
  const lower = value?.toLowerCase();
  return lower === 'udp' || lower === 'tcp' || lower === 'tls' ? lower : undefined;
}

/** RFC 1918, RFC 4193, loopback and link-local. */
function isPrivate(host: string): boolean {
  return /^(?:10\.|127\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|f[cd][0-9a-f]{2}:|fe80:|::1$)/i.test(host);
}
