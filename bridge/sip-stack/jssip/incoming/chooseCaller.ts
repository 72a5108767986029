import { parseNameAddr, parseUri, type SipRequest, uriUser } from '../../message/index.ts';
import type { SipPeer } from '../../port/index.ts';

/**
 * Which of several gateways at one address calls: the one whose domain, or user that we are known as with it, is called by
 * request URI or To; else the first by id. Undefined where there is none to choose from.
 */
export function chooseCaller(candidates: readonly SipPeer[], request: SipRequest): SipPeer | undefined {
  const [first, ...others] = [...candidates].sort((a, b) => (a.id < b.id ? -1 : 1));
  if (first === undefined || others.length === 0) return first;
  return [first, ...others].find((peer) => isCalled(peer, request)) ?? first;
}

function isCalled(peer: SipPeer, request: SipRequest): boolean {
  const uris = [parseUri(request.uri), parseNameAddr(request.headers.get('To') ?? '')?.uri];
  const users = [peer.credentials?.userName, peer.incoming?.credentials?.userName];
  return uris.some((uri) => {
    if (uri === null || uri === undefined) return false;
    if (users.includes(uriUser(uri))) return true;
    if (uri.scheme === 'tel') return false;
    const host = uri.host.toLowerCase();
    return [host, `${host}:${uri.port ?? 5060}`].includes(peer.domain.toLowerCase());
  });
}
