import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttpApp } from '../admin-api/index.ts';
import { FakeServices } from '../admin-api/testing/httpFixture.ts';
import type { Visitor } from '../front-end-server/index.ts';
import { clientAddress, pageOf } from './handshake.ts';

describe('the page that opens a connection', () => {
  it.each([
    [undefined, 'phone.example.com', false],
    ['https://phone.example.com', 'phone.example.com', true],
    ['http://[::1]:8080', '[::1]:8080', true],
    ['http://127.0.0.1:8080', '127.0.0.1:8080', true],
    ['http://127.0.0.1:8081', '127.0.0.1:8080', false],
    ['https://phone.example.com.evil.example', 'phone.example.com', false],
    ['null', 'phone.example.com', false],
    ['file://', 'phone.example.com', false],
    ['https://listed.example', 'phone.example.com', true],
    ['https://phone.example.com', undefined, false],
  ])('of origin %s at host %s is ours: %s', (origin, host, isOwn) => {
    const headers = { ...(origin !== undefined && { origin }), ...(host !== undefined && { host }) };
    const options = { isOwnOrigin: (listed: string) => listed === 'https://listed.example', trustProxy: false };
    expect(pageOf({ headers }, options)).toEqual({ origin: origin ?? null, isOwn });
  });

  it('goes by the name that a proxy was asked for, where one is trusted', () => {
    const headers = {
      origin: 'https://phone.example.com',
      host: 'inner:8080',
      'x-forwarded-host': 'phone.example.com',
    };
    const isOwn = (trustProxy: boolean) => pageOf({ headers }, { isOwnOrigin: () => false, trustProxy }).isOwn;
    expect([true, false].map(isOwn)).toEqual([true, false]);
  });
});

/** express is the model: sign-in and calls must count for the same address. */
describe('the address of a client', () => {
  const servers: Server[] = [];
  const services = new FakeServices();
  beforeAll(async () => {
    for (const trustProxy of [true, false]) {
      const server = createServer(createHttpApp(services.deps('nowhere', { trustProxy })));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      servers.push(server);
    }
  });
  afterAll(() => {
    for (const server of servers) server.close();
  });

  async function expressAddress(forwardedFor: string | undefined, trustProxy: boolean): Promise<string> {
    const address = servers[trustProxy ? 0 : 1]?.address() as AddressInfo | undefined;
    const headers = { 'Content-Type': 'application/json', Connection: 'close' };
    await fetch(`http://127.0.0.1:${address?.port}/api/v1/session`, {
      method: 'POST',
      headers: { ...headers, ...(forwardedFor !== undefined && { 'X-Forwarded-For': forwardedFor }) },
      body: JSON.stringify({ userName: 'alice', password: 'x' }),
    });
    return (services.asked.at(-1) as [string, object, Visitor])[2].address;
  }

  it.each([
    [undefined, '127.0.0.1'],
    ['203.0.113.9', '203.0.113.9'],
    ['198.51.100.1, 203.0.113.9', '203.0.113.9'],
    ['198.51.100.1,203.0.113.9  ', '203.0.113.9'],
    ['2001:db8::1', '2001:db8::1'],
    ['made up, 203.0.113.9', '203.0.113.9'],
  ])('behind a trusted proxy that says %j is %s, as express has it', async (forwardedFor, address) => {
    const req = {
      headers: forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor },
      socket: { remoteAddress: '127.0.0.1' },
    };
    expect(clientAddress(req, { trustProxy: true })).toBe(address);
    expect(await expressAddress(forwardedFor, true)).toBe(address);
    expect(clientAddress(req, { trustProxy: false })).toBe('127.0.0.1');
    expect(await expressAddress(forwardedFor, false)).toBe('127.0.0.1');
  });
});
