import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { isIP } from 'node:net';
import type { SipListener } from '../SipStack.ts';
import type { SipRoute, SipTarget, SipTransportLayerDeps } from './SipTransportLayer.ts';

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

interface ResolveDeps {
  readonly lookup: SipTransportLayerDeps['lookup'];
  readonly listeners: readonly SipListener[];
  readonly announcedHost: string | undefined;
}

/** Finds address, listener and our own visible address for a target. Rejects with a sentence. */
export async function resolveRoute(target: SipTarget, deps: ResolveDeps): Promise<SipRoute> {
  const address = isIP(target.host) === 0 ? await lookUp(target.host, deps) : target.host;
  const family = familyOf(address);
  const listener = deps.listeners.find((item) => item.transport === target.transport && familyOf(item.host) === family);
  if (listener === undefined) {
    throw new Error(`no ${target.transport} listener for IPv${family}, which ${target.host} needs`);
  }
  const announced = announcedToward(address, deps.announcedHost);
  const host = announced ?? (isWildcard(listener.host) ? await localAddressToward(address) : listener.host);
  return {
    transport: target.transport,
    address,
    port: target.port,
    family,
    local: { host, port: listener.port },
    listener,
    ...(target.peerId !== undefined && { peerId: target.peerId }),
  };
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
