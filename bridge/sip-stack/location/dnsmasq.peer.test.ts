import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FakeClock } from '../../observability/FakeClock.ts';
import type { SipAddress, SipListener } from '../port/index.ts';
import { Location } from './Location.ts';
import { NodeDns } from './NodeDns.ts';
import { Dnsmasq, HAS_DNSMASQ } from './testing/Dnsmasq.ts';

const records = [
  '--naptr-record=gw.example,20,10,S,SIP+D2U,,_sip._udp.gw.example',
  '--naptr-record=gw.example,10,10,S,SIPS+D2T,,_sips._tcp.gw.example',
  '--naptr-record=gw.example,10,20,S,SIP+D2T,,_sip._tcp.gw.example',
  '--srv-host=_sip._udp.gw.example,b.example,5082,20,1',
  '--srv-host=_sip._udp.gw.example,a.example,5081,10,1',
  '--srv-host=_sip._tcp.gw.example,a.example,5083,10,1',
  '--srv-host=_sips._tcp.gw.example,a.example,5084,10,1',
  '--host-record=a.example,192.0.2.1,2001:db8::1,7',
  '--host-record=b.example,192.0.2.2,30',
];

describe.skipIf(!HAS_DNSMASQ)('location by a DNS server that this project did not write', () => {
  let server: Dnsmasq;
  let clock: FakeClock;
  let listeners: SipListener[];
  let location: Location;

  beforeEach(async () => {
    server = await Dnsmasq.start(records);
    clock = new FakeClock();
    listeners = (['udp', 'tcp', 'tls'] as const).map((transport) => ({ transport, host: '127.0.0.1', port: 5060 }));
    location = new Location({
      clock,
      dns: new NodeDns([server.address]),
      lookup: () => Promise.reject(new Error('ENOTFOUND')),
      random: () => 0,
      listeners: () => listeners,
    });
  });
  afterEach(() => server.close());

  const find = async (host: string, transport: SipAddress['transport'], port: number | null = null) => {
    const places = await location.locate({ id: 'gw', addresses: [{ host, transport, port }], domain: host });
    return places.map((place) => `${place.transport} ${place.address}:${place.port}`);
  };

  test('goes by NAPTR and SRV, and by SRV where the transport is given', async () => {
    expect(await find('gw.example', 'auto')).toEqual(['tls 192.0.2.1:5084', 'tcp 192.0.2.1:5083']);
    expect(await find('gw.example', 'udp')).toEqual(['udp 192.0.2.1:5081', 'udp 192.0.2.2:5082']);
    listeners = [{ transport: 'udp', host: '::', port: 5060 }, ...listeners];
    expect(await find('gw.example', 'udp')).toEqual([
      'udp 2001:db8::1:5081',
      'udp 192.0.2.1:5081',
      'udp 192.0.2.2:5082',
    ]);
  });

  test('puts the first target last while it is dead, and finds back to it', async () => {
    const [first] = await location.locate({
      ...{ id: 'gw', domain: 'gw.example' },
      addresses: [{ host: 'gw.example', transport: 'udp', port: null }],
    });
    if (first === undefined) throw new Error('unreachable: locate answers with one place at least');
    location.noteFailure(first);
    expect(await find('gw.example', 'udp')).toEqual(['udp 192.0.2.2:5082', 'udp 192.0.2.1:5081']);
    location.noteAnswer(first);
    expect((await find('gw.example', 'udp'))[0]).toBe('udp 192.0.2.1:5081');
  });

  test('keeps addresses as long as the server says, and beyond while it is gone', async () => {
    expect(await find('a.example', 'udp', 5060)).toEqual(['udp 192.0.2.1:5060']);
    await server.close();
    clock.advance(6999);
    expect(await find('a.example', 'udp', 5060)).toEqual(['udp 192.0.2.1:5060']);
    clock.advance(1);
    const asked = find('a.example', 'udp', 5060);
    // It waits half a second for a newer answer, where the system doesn't say at once that nobody is there.
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    clock.advance(500);
    expect(await asked).toEqual(['udp 192.0.2.1:5060']);
    server = await Dnsmasq.start([]);
  });

  test('tells a name that nobody knows from a server that is gone', async () => {
    await expect(find('no.example', 'udp')).rejects.toThrow('the name no.example has no address');
    await server.close();
    await expect(find('other.example', 'udp')).rejects.toThrow('the name other.example could not be looked up');
    server = await Dnsmasq.start([]);
  });
});
