import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Below the ports that Linux gives to who asks for any (32768 and up, ip_local_port_range): between our look and the peer's own
 * bind, no browser, bridge or peer gets one of these by chance.
 */
const firstPort = 14_000;
const portsPerWorker = 2000;

/** Playwright's workers have ports of their own; what runs without it has the last ones. */
const workerIndex = Math.min(Number(process.env.TEST_PARALLEL_INDEX ?? 7), 7);
const ownFirst = firstPort + workerIndex * portsPerWorker;
let next = Math.floor(Math.random() * portsPerWorker);

/**
 * A port of 127.0.0.1 that nobody uses now, neither by UDP nor by TCP, for programs that can't be told to choose one.
 * With `span`, also the ports after it (baresip takes the next one for TLS). None is given twice before all were given.
 */
export async function freePort(span = 1): Promise<number> {
  for (let attempt = 0; attempt < portsPerWorker; attempt += 1) {
    if (next + span > portsPerWorker) next = 0;
    const first = ownFirst + next;
    next += span;
    const ports = Array.from({ length: span }, (_, index) => first + index);
    if ((await Promise.all(ports.map(isBindable))).every(Boolean)) return first;
  }
  throw new Error('no free port found');
}

async function isBindable(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  const socket = createSocket('udp4');
  try {
    await once(server, 'listening');
    socket.bind(port, '127.0.0.1');
    await once(socket, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
    socket.close();
  }
}
