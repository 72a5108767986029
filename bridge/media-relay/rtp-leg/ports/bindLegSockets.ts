import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { loopbackAddress } from '../LegConfig.ts';
import type { RtpLegSockets } from '../RtpLegDeps.ts';
import type { LegBinding } from '../threads/legMessages.ts';
import type { GatewaySockets } from './GatewayEnd.ts';

const maxLoopbackAttempts = 20;

/**
 * Binds the three sockets of a leg, all or none.
 * @throws the system's error (`EADDRINUSE`, `EADDRNOTAVAIL`, ...)
 */
export async function bindLegSockets(binding: LegBinding): Promise<RtpLegSockets> {
  const gateway = await bindGatewaySockets(binding);
  try {
    return { ...gateway, mediasoup: await bindLoopback(binding) };
  } catch (error) {
    gateway.rtp.close();
    gateway.rtcp.close();
    throw error;
  }
}

/**
 * Linux takes the port away from a socket that it chose the port for when that one is disconnected (udp_disconnect in
 * net/ipv4/udp.c), and ours is whenever mediasoup's end changes. So the port that the system chose is asked for by name.
 */
async function bindLoopback({ loopbackPort, portRange }: LegBinding): Promise<Socket> {
  if (loopbackPort !== 0) return bind(loopbackPort, loopbackAddress);
  for (let attempt = 0; ; attempt += 1) {
    const probe = await bind(0, loopbackAddress);
    const chosen = probe.address().port;
    await new Promise<void>((resolve) => probe.close(() => resolve()));
    const isForGateways = chosen >= portRange[0] && chosen <= portRange[1];
    if (isForGateways && attempt < maxLoopbackAttempts) continue;
    try {
      return await bind(chosen, loopbackAddress);
    } catch (error) {
      // Somebody else was quicker.
      if (attempt >= maxLoopbackAttempts) throw error;
    }
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
    const family = isIPv6(address) ? 6 : 4;
    const socket = createSocket({
      type: `udp${family}`,
      ipv6Only: family === 6,
      // Every address here is an IP address already: a real look-up would only delay each send.
      lookup: (ip: string, _options: unknown, callback: unknown) => {
        if (typeof callback === 'function') callback(null, ip, family);
      },
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
