import { describe, expect, it } from 'vitest';
import { ProxyBench } from './testing/ProxyBench.ts';

describe('GatewayWatch', () => {
  it('tells the SIP stack whose requests may come, whenever that changes, and whom to forget', async () => {
    const bench = await ProxyBench.create();
    await bench.put(
      { id: 'a' },
      { id: 'b', incoming: { addresses: ['192.0.2.0/24'] } },
      { id: 'off', isEnabled: false },
    );
    await bench.watch();
    expect(bench.sip.peers.map((peer) => peer.id)).toEqual(['a', 'b']);
    await bench.put({ id: 'c' }, { id: 'b', incoming: { addresses: ['198.51.100.7'] } });
    expect(bench.sip.peers.map((peer) => peer.id)).toEqual(['a', 'b', 'c']);
    expect(bench.sip.peers[1]?.incoming?.addresses).toEqual(['198.51.100.7']);
    expect(bench.sip.forgotten).toEqual([]);
    await bench.delete('a');
    await bench.put({ id: 'b', host: '127.0.0.9' });
    expect(bench.sip.peers.map((peer) => peer.id)).toEqual(['b', 'c']);
    expect(bench.sip.forgotten).toEqual(['a']);
  });
});
