import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import type { SipTransport } from '../../port/index.ts';

/** A port of loopback that nobody has now. */
export async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  const listening = once(socket, 'listening');
  socket.bind(0, '127.0.0.1');
  await listening;
  const { port } = socket.address();
  socket.close();
  return port;
}

/** Resolves once somebody has the port. Looked up, not tried: a peer may take a connection for a call. */
export async function isBound(transport: SipTransport, port: number): Promise<void> {
  const place = `:${port.toString(16).toUpperCase().padStart(4, '0')} `;
  for (;;) {
    const table = await readFile(`/proc/net/${transport === 'udp' ? 'udp' : 'tcp'}`, 'utf8');
    if (table.includes(place)) return;
    await setTimeout(20);
  }
}
