import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SocketIoTransport } from './SocketIoTransport.ts';
import { AckLostError, type DisconnectReason } from './Transport.ts';

async function connect() {
  const http = createServer();
  const server = new Server(http);
  await new Promise<void>((resolve) => {
    http.listen(0, '127.0.0.1', resolve);
  });
  const transport = new SocketIoTransport(`http://127.0.0.1:${(http.address() as AddressInfo).port}`);
  onTestFinished(async () => {
    transport.close();
    await server.close();
  });
  const notified: [string, unknown][] = [];
  const disconnected = Promise.withResolvers<DisconnectReason>();
  const connected = Promise.withResolvers<void>();
  const again = Promise.withResolvers<void>();
  let times = 0;
  transport.listen({
    connected: () => (++times === 1 ? connected.resolve() : again.resolve()),
    disconnected: (reason) => disconnected.resolve(reason),
    notified: (name, payload) => notified.push([name, payload]),
  });
  const accepted = new Promise<import('socket.io').Socket>((resolve) => server.once('connection', resolve));
  transport.open();
  const [socket] = await Promise.all([accepted, connected.promise]);
  return { transport, socket, server, notified, disconnected: disconnected.promise, again: again.promise };
}

describe('SocketIoTransport', () => {
  it('carries a request and its ack', async () => {
    const { transport, socket } = await connect();
    socket.on('session:ping', (payload, ack) => ack({ ok: true, data: payload }));
    await expect(transport.send('session:ping', { messageId: 'm' }, 5_000)).resolves.toEqual({
      ok: true,
      data: { messageId: 'm' },
    });
  });

  it('tells what the bridge says of itself', async () => {
    const { transport, socket, notified } = await connect();
    socket.on('session:ping', (_payload, ack) => ack('after'));
    socket.emit('history:changed', {});
    await transport.send('session:ping', {}, 5_000);
    expect(notified).toEqual([['history:changed', {}]]);
  });

  it('loses the ack of a request that is under way when the connection goes', async () => {
    const { transport, socket, disconnected } = await connect();
    socket.on('call:hangUp', () => socket.disconnect(true));
    await expect(transport.send('call:hangUp', {}, 60_000)).rejects.toBeInstanceOf(AckLostError);
    await expect(disconnected).resolves.toBe('closedByBridge');
    await expect(transport.send('call:hangUp', {}, 60_000)).rejects.toBeInstanceOf(AckLostError);
  });

  it('loses the ack of a request that is not answered in time', async () => {
    const { transport } = await connect();
    await expect(transport.send('call:hangUp', {}, 20)).rejects.toBeInstanceOf(AckLostError);
  });

  it('comes back by itself when the way broke', async () => {
    const { socket, disconnected, again } = await connect();
    socket.conn.close();
    await expect(disconnected).resolves.toBe('lost');
    await again;
  });
});
