import { describe, expect, test } from 'vitest';
import type { SipListener } from '../port/index.ts';
import { resolveRoute } from './resolveRoute.ts';
import { TlsIdentities } from './tls/TlsIdentity.ts';

const wildcard: SipListener = { transport: 'udp', host: '0.0.0.0', port: 5070 };
const six: SipListener = { transport: 'udp', host: '::', port: 5071 };
const tcp: SipListener = { transport: 'tcp', host: '192.0.2.7', port: 5072 };
const lookup = async (host: string) => {
  if (host === 'gw.example') return { address: '192.0.2.9', family: 4 };
  throw new Error('ENOTFOUND');
};
const deps = { lookup, listeners: [wildcard, six, tcp], announcedHost: undefined, identities: new TlsIdentities() };

describe('resolveRoute', () => {
  test('a listener on all addresses is told by the one that the system would send from', async () => {
    const route = await resolveRoute({ transport: 'udp', host: '127.0.0.1', port: 5060 }, deps);
    expect(route).toMatchObject({ local: { host: '127.0.0.1', port: 5070 }, listener: wildcard, family: 4 });
  });

  test('listener by family and transport, names by look-up', async () => {
    expect((await resolveRoute({ transport: 'udp', host: '::1', port: 5060 }, deps)).listener).toBe(six);
    expect(await resolveRoute({ transport: 'tcp', host: 'gw.example', port: 5060 }, deps)).toMatchObject({
      address: '192.0.2.9',
      local: { host: '192.0.2.7', port: 5072 },
    });
  });

  test('the announced host is told to others, but not on the machine itself', async () => {
    const announced = { ...deps, announcedHost: '203.0.113.5' };
    const local = async (host: string, transport: 'udp' | 'tcp') =>
      (await resolveRoute({ transport, host, port: 5060 }, announced)).local.host;
    expect(await local('gw.example', 'tcp')).toBe('203.0.113.5');
    expect(await local('127.0.0.1', 'udp')).toBe('127.0.0.1');
    expect(await local('::1', 'udp')).toBe('::1');
  });
});
