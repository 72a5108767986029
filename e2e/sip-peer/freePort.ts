import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * A port of 127.0.0.1 that nobody uses now, neither by UDP nor by TCP, for programs that can't be told to choose one.
 * With `span`, also the ports after it (baresip takes the next one for TLS).
 */
export async function freePort(span = 1): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const first = await bindable(0);
    if (first === null) continue;
    const rest = Array.from({ length: span - 1 }, (_, index) => bindable(first + index + 1));
    if ((await Promise.all(rest)).every((port) => port !== null)) return first;
  }
  throw new Error('no free port found');
}

async function bindable(port: number): Promise<number | null> {
  const server = createServer().listen(port, '127.0.0.1');
  const socket = createSocket('udp4');
  try {
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') return null;
    socket.bind(address.port, '127.0.0.1');
    await once(socket, 'listening');
    return address.port;
  } catch {
    return null;
  } finally {
    server.close();
    socket.close();
  }
}
