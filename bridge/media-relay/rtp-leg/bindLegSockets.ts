import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { loopbackAddress } from './LegConfig.ts';
import type { LegBinding } from './legMessages.ts';
import type { GatewaySockets, RtpLegSockets } from './RtpLeg.ts';

/**
 * Binds the three sockets of a leg, all or none.
 * @throws the system's error (`EADDRINUSE`, `EADDRNOTAVAIL`, ...)
 */
export async function bindLegSockets(binding: LegBinding): Promise<RtpLegSockets> {
  const gateway = await bindGatewaySockets(binding);
  try {
    return { ...gateway, mediasoup: await bind(binding.loopbackPort, loopbackAddress) };
  } catch (error) {
    gateway.rtp.close();
    gateway.rtcp.close();
    throw error;
  }
}

/** The two sockets towards the gateway, both or none. */
export async function bindGatewaySockets(binding: Pick<LegBinding, 'address' | 'rtpPort'>): Promise<GatewaySockets> {
  const rtp = await bind(binding.rtpPort, binding.address);
  try {
    return { rtp, rtcp: await bind(binding.rtpPort + 1, binding.address) };
  } catch (error) {
    rtp.close();
    throw error;
  }
}

function bind(port: number, address: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createSocket({
      type: isIPv6(address) ? 'udp6' : 'udp4',
      ipv6Only: isIPv6(address),
      // Every address here is an IP address already: a real look-up would only delay each send.
      lookup: (hostname: string, _options: unknown, callback: unknown) => answerLookup(hostname, callback),
    });
    socket.once('error', (error) => {
      socket.close();
      reject(error);
    });
    socket.bind({ port, address, exclusive: true }, () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
  });
}

function answerLookup(address: string, callback: unknown): void {
  if (typeof callback === 'function') callback(null, address, isIPv6(address) ? 6 : 4);
}
