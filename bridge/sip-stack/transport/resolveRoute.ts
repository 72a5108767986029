import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { isIP } from 'node:net';
import type { SipListener, SipTransport } from '../port/index.ts';
import type { SipRoute, SipTarget, SipTransportLayerDeps } from './SipTransportLayer.ts';
import type { TlsIdentities } from './tls/TlsIdentity.ts';

export function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

/** The host that we go by behind NAT means nothing on the machine itself, where e.g. the demo gateway is. */
export function announcedToward(address: string, announcedHost: string | undefined): string | undefined {
  return /^(?:127\.|::1$)/.test(address) ? undefined : announcedHost;
}

export function familyOf(address: string): 4 | 6 {
  return address.includes(':') ? 6 : 4;
}

const DEFAULT_TLS_PORT = 5061;

interface ResolveDeps {
  readonly lookup: SipTransportLayerDeps['lookup'];
  readonly listeners: readonly SipListener[];
  readonly announcedHost: string | undefined;
  readonly identities: TlsIdentities;
}

/** Finds address, listener and our own visible address for a target. Rejects with a sentence. */
export async function resolveRoute(target: SipTarget, deps: ResolveDeps): Promise<SipRoute> {
  const address = isIP(target.host) === 0 ? await lookUp(target.host, deps) : target.host;
  const family = familyOf(address);
  const { listener, port } = listenerFor(target.transport, family, deps.listeners) ?? {};
  if (listener === undefined || port === undefined) {
    throw new Error(`no ${target.transport} listener for IPv${family}, which ${target.host} needs`);
  }
  const tls =
    target.transport === 'tls' ? deps.identities.of(target.tls?.name ?? target.host, target.tls?.settings) : undefined;
  // Certificates that can't be used are told now, in a sentence, not when the connection is made.
  if (tls !== undefined) deps.identities.contextOf(tls);
  const announced = announcedToward(address, deps.announcedHost);
  const host = announced ?? (isWildcard(listener.host) ? await localAddressToward(address) : listener.host);
  return {
    transport: target.transport,
    address,
    port: target.port,
    family,
    local: { host, port },
    listener,
    ...(tls !== undefined && { tls }),
    ...(target.peerId !== undefined && { peerId: target.peerId }),
  };
}

/**
 * The listener whose address we send from, and the port that the other side is told. TLS can be spoken to others without being
 * listened for, which needs a certificate: gateways then answer and call over the connection that we have made.
 */
function listenerFor(transport: SipTransport, family: 4 | 6, listeners: readonly SipListener[]) {
  const find = (wanted: SipTransport) =>
    listeners.find((item) => item.transport === wanted && familyOf(item.host) === family);
  const own = find(transport);
  if (own !== undefined) return { listener: own, port: own.port };
  const plain = transport === 'tls' ? find('tcp') : undefined;
  return plain && { listener: plain, port: DEFAULT_TLS_PORT };
}

async function lookUp(host: string, deps: ResolveDeps): Promise<string> {
  try {
    return (await deps.lookup(host)).address;
  } catch (error) {
    throw new Error(`the name ${host} has no address`, { cause: error });
  }
}

/** The address that the system would send from: a connected UDP socket knows it without sending anything. */
export async function localAddressToward(address: string): Promise<string> {
  const socket = createSocket(familyOf(address) === 6 ? 'udp6' : 'udp4');
  try {
    socket.connect(9, address);
    await once(socket, 'connect');
    return socket.address().address;
  } finally {
    socket.close();
  }
}
