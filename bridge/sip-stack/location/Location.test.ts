import { beforeEach, describe, expect, test } from 'vitest';
import { FakeClock } from '../../observability/FakeClock.ts';
import type { SipAddress, SipListener, SipPeer, SipTransport } from '../port/index.ts';
import { Location } from './Location.ts';
import { FakeDns } from './testing/FakeDns.ts';

const listen = (transport: SipTransport, host = '127.0.0.1'): SipListener => ({ transport, host, port: 5060 });
const peerOf = (...addresses: SipAddress[]): SipPeer => ({ id: 'gw', addresses, domain: 'gw.example' });
const at = (host: string, transport: SipAddress['transport'] = 'udp', port: number | null = null): SipAddress => ({
  host,
  transport,
  port,
});
const srv = (name: string, priority: number, weight = 0, port = 5060) => ({ name, port, priority, weight });
const naptr = (service: string, replacement: string, order: number, preference: number, flags = 's') => ({
  ...{ service, replacement, order, preference, flags },
});

let dns: FakeDns;
let clock: FakeClock;
let listeners: SipListener[];
let lots: number[];
let system: Record<string, string[]>;
let location: Location;

beforeEach(() => {
  dns = new FakeDns();
  clock = new FakeClock();
  listeners = [listen('udp'), listen('tcp'), listen('tls')];
  lots = [];
  system = {};
  location = new Location({
    clock,
    dns,
    lookup: async (host) => {
      const found = system[host];
      if (found === undefined) throw new Error('ENOTFOUND');
      return found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    },
    random: () => lots.shift() ?? 0,
    listeners: () => listeners,
  });
});

/** As `transport address:port`. */
async function placesOf(...addresses: SipAddress[]): Promise<string[]> {
  const places = await location.locate(peerOf(...addresses));
  return places.map(({ transport, address, port }) => `${transport} ${address}:${port}`);
}

describe('addresses that need no DNS', () => {
  test('stand for themselves at the usual port of their transport', async () => {
    listeners.push(listen('udp', '::1'));
    expect(
      await placesOf(at('192.0.2.1'), at('192.0.2.1', 'tls'), at('2001:db8::1'), at('192.0.2.2', 'tcp', 5099)),
    ).toEqual(['udp 192.0.2.1:5060', 'tls 192.0.2.1:5061', 'udp 2001:db8::1:5060', 'tcp 192.0.2.2:5099']);
    expect(dns.asked).toEqual([]);
  });

  test('auto without a word of DNS is UDP, or what is listened by', async () => {
    expect(await placesOf(at('192.0.2.1', 'auto'))).toEqual(['udp 192.0.2.1:5060']);
    listeners = [listen('tcp')];
    expect(await placesOf(at('192.0.2.1', 'auto'))).toEqual(['tcp 192.0.2.1:5060']);
  });

  test('localhost is as the system knows it, and no matter of DNS', async () => {
    system = { localhost: ['127.0.0.1'] };
    expect(await placesOf(at('localhost', 'tcp'), at('localhost', 'auto'))).toEqual([
      'tcp 127.0.0.1:5060',
      'udp 127.0.0.1:5060',
    ]);
    expect(dns.asked).toEqual([]);
  });

  test('a place named twice is tried once', async () => {
    expect(await placesOf(at('192.0.2.1'), at('192.0.2.1', 'udp', 5060))).toEqual(['udp 192.0.2.1:5060']);
  });

  test('the outbound proxy takes the place of them all', async () => {
    const peer = { ...peerOf(at('192.0.2.1')), outboundProxy: at('192.0.2.9', 'tcp', 5080) };
    expect(await location.locate(peer)).toEqual([
      { transport: 'tcp', address: '192.0.2.9', port: 5080, host: '192.0.2.9' },
    ]);
  });
});

describe('names with a port', () => {
  test('are asked for their addresses alone', async () => {
    dns.zone = { a: { 'gw.example': ['192.0.2.1', '192.0.2.2'] } };
    expect(await placesOf(at('gw.example', 'tcp', 5080))).toEqual(['tcp 192.0.2.1:5080', 'tcp 192.0.2.2:5080']);
    expect(dns.asked).toEqual(['A gw.example', 'AAAA gw.example']);
  });

  test('both families come in the order of our listeners', async () => {
    dns.zone = { a: { 'gw.example': ['192.0.2.1'] }, aaaa: { 'gw.example': ['2001:db8::1'] } };
    listeners = [listen('udp', '::'), listen('udp', '0.0.0.0')];
    expect(await placesOf(at('gw.example', 'udp', 5060))).toEqual(['udp 2001:db8::1:5060', 'udp 192.0.2.1:5060']);
  });

  test('of a family that is not listened by, nothing is left but a sentence', async () => {
    dns.zone = { aaaa: { 'gw.example': ['2001:db8::1'] } };
    await expect(placesOf(at('gw.example', 'udp', 5060))).rejects.toThrow(
      'no udp listener for IPv6, which gw.example needs',
    );
    await expect(placesOf(at('2001:db8::1'))).rejects.toThrow('no udp listener for IPv6, which 2001:db8::1 needs');
    listeners = [listen('udp')];
    await expect(placesOf(at('gw.example', 'tls'))).rejects.toThrow('no tls listener, which gw.example needs');
  });

  test('of DNS go before what the system knows, which serves where DNS knows nothing or is down', async () => {
    dns.zone = { a: { 'gw.example': ['192.0.2.1'] } };
    system = { 'gw.example': ['10.0.0.1'], 'other.example': ['10.0.0.2'], gateway: ['10.0.0.3'] };
    expect(await placesOf(at('gw.example', 'udp', 1))).toEqual(['udp 192.0.2.1:1']);
    expect(await placesOf(at('other.example', 'udp', 1))).toEqual(['udp 10.0.0.2:1']);
    dns.isDown = true;
    expect(await placesOf(at('gateway', 'udp', 1))).toEqual(['udp 10.0.0.3:1']);
  });

  test('that nobody knows, and those that nobody could be asked about, are told apart', async () => {
    await expect(placesOf(at('no.example', 'udp', 1))).rejects.toThrow('the name no.example has no address');
    dns.isDown = true;
    await expect(placesOf(at('down.example', 'udp', 1))).rejects.toThrow(
      'the name down.example could not be looked up',
    );
  });
});

describe('SRV records', () => {
  test('are tried by priority, and the certificate must name the domain, not the target', async () => {
    dns.zone = {
      srv: { '_sips._tcp.gw.example': [srv('b.example', 20, 0, 5071), srv('a.example', 10, 0, 5081)] },
      a: { 'a.example': ['192.0.2.1'], 'b.example': ['192.0.2.2'] },
    };
    expect(await location.locate(peerOf(at('gw.example', 'tls')))).toEqual([
      { transport: 'tls', address: '192.0.2.1', port: 5081, host: 'gw.example' },
      { transport: 'tls', address: '192.0.2.2', port: 5071, host: 'gw.example' },
    ]);
  });

  test('of one priority are drawn by weight, anew each time', async () => {
    dns.zone = {
      srv: { '_sip._udp.gw.example': [srv('a.example', 1, 10), srv('b.example', 1, 30), srv('c.example', 1, 0)] },
      a: { 'a.example': ['192.0.2.1'], 'b.example': ['192.0.2.2'], 'c.example': ['192.0.2.3'] },
    };
    const first = async (lot: number) => {
      lots = [lot];
      return (await placesOf(at('gw.example')))[0];
    };
    // The running sums of RFC 2782 are c 0, a 10, b 40; the lots are whole numbers from 0 to 40.
    expect(await first(0)).toBe('udp 192.0.2.3:5060');
    expect(await first(1 / 41)).toBe('udp 192.0.2.1:5060');
    expect(await first(10.5 / 41)).toBe('udp 192.0.2.1:5060');
    expect(await first(11 / 41)).toBe('udp 192.0.2.2:5060');
    expect(await first(0.999)).toBe('udp 192.0.2.2:5060');
  });

  test('without them the name’s own address serves, at the usual port', async () => {
    dns.zone = { a: { 'gw.example': ['192.0.2.1'] } };
    expect(await placesOf(at('gw.example', 'tls'))).toEqual(['tls 192.0.2.1:5061']);
    expect(dns.asked[0]).toBe('SRV _sips._tcp.gw.example');
  });

  test('a target of `.` says that there is no such service, whatever address the name has', async () => {
    dns.zone = { srv: { '_sip._udp.gw.example': [srv('', 0)] }, a: { 'gw.example': ['192.0.2.1'] } };
    await expect(placesOf(at('gw.example'))).rejects.toThrow('what DNS says of gw.example leads nowhere');
  });

  test('a target without address is passed over', async () => {
    dns.zone = {
      srv: { '_sip._udp.gw.example': [srv('gone.example', 1), srv('b.example', 2)] },
      a: { 'b.example': ['192.0.2.2'] },
    };
    expect(await placesOf(at('gw.example'))).toEqual(['udp 192.0.2.2:5060']);
  });
});

describe('auto', () => {
  const zone = {
    naptr: {
      'gw.example': [
        naptr('SIP+D2U', '_sip._udp.gw.example', 20, 1),
        naptr('SIP+D2T', '_sip._tcp.gw.example', 10, 50),
        naptr('SIPS+D2T', '_sips._tcp.gw.example', 10, 10),
        naptr('SIP+D2S', '_sip._sctp.gw.example', 1, 1),
        naptr('E2U+sip', '', 1, 1, 'u'),
      ],
    },
    srv: {
      '_sip._udp.gw.example': [srv('a.example', 1)],
      '_sip._tcp.gw.example': [srv('a.example', 1)],
      '_sips._tcp.gw.example': [srv('a.example', 1, 0, 5061)],
    },
    a: { 'a.example': ['192.0.2.1'], 'gw.example': ['192.0.2.99'] },
  };

  test('goes by NAPTR: the lowest order that can be used, preferences within it', async () => {
    dns.zone = zone;
    expect(await placesOf(at('gw.example', 'auto'))).toEqual(['tls 192.0.2.1:5061', 'tcp 192.0.2.1:5060']);
    listeners = [listen('udp')];
    expect(await placesOf(at('gw.example', 'auto'))).toEqual(['udp 192.0.2.1:5060']);
  });

  test('without NAPTR asks for every transport by SRV', async () => {
    dns.zone = { ...zone, naptr: {} };
    expect(await placesOf(at('gw.example', 'auto'))).toEqual([
      'udp 192.0.2.1:5060',
      'tcp 192.0.2.1:5060',
      'tls 192.0.2.1:5061',
    ]);
  });

  test('a NAPTR record may lead to an address straight away', async () => {
    dns.zone = { naptr: { 'gw.example': [naptr('SIP+D2T', 'a.example', 1, 1, 'A')] }, a: zone.a };
    expect(await placesOf(at('gw.example', 'auto'))).toEqual(['tcp 192.0.2.1:5060']);
  });

  test('with a port asks for addresses alone and goes by UDP', async () => {
    dns.zone = zone;
    expect(await placesOf(at('gw.example', 'auto', 5080))).toEqual(['udp 192.0.2.99:5080']);
  });

  test('where DNS has nothing at all is UDP at the usual port', async () => {
    dns.zone = { a: zone.a };
    expect(await placesOf(at('gw.example', 'auto'))).toEqual(['udp 192.0.2.99:5060']);
  });
});

describe('places that failed', () => {
  const three = [at('192.0.2.1'), at('192.0.2.2'), at('192.0.2.3')];
  const failAt = (address: string) => location.noteFailure({ transport: 'udp', address, port: 5060 });

  test('are tried last for 30 s', async () => {
    failAt('192.0.2.1');
    expect(await placesOf(...three)).toEqual(['udp 192.0.2.2:5060', 'udp 192.0.2.3:5060', 'udp 192.0.2.1:5060']);
    clock.advance(29_999);
    expect((await placesOf(...three))[0]).toBe('udp 192.0.2.2:5060');
    clock.advance(1);
    expect((await placesOf(...three))[0]).toBe('udp 192.0.2.1:5060');
  });

  test('are as good as ever once they have answered', async () => {
    failAt('192.0.2.1');
    location.noteAnswer({ transport: 'udp', address: '192.0.2.1', port: 5060 });
    expect((await placesOf(...three))[0]).toBe('udp 192.0.2.1:5060');
  });

  test('all of them are tried all the same', async () => {
    for (const { host } of three) failAt(host);
    expect(await placesOf(...three)).toHaveLength(3);
  });
});
