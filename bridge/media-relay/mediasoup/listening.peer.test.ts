import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { UdpGateway, WeriftBrowser } from '../test-peers/index.ts';
import { MediasoupRelay } from './MediasoupRelay.ts';
import { hasWorker, logger, RelayBench, until } from './testing/RelayBench.ts';
import { callsBeforeNextWorker } from './workers/chooseWorker.ts';

describe.skipIf(!hasWorker)('Where the media relay listens', { timeout: 30_000 }, () => {
  let bench: RelayBench;
  beforeAll(async () => {
    bench = await RelayBench.open([41_090, 41_099]);
  });
  afterEach(() => bench.clear());
  afterAll(() => bench.close());

  it('reaches a gateway over IPv6 and a browser at an announced address', async () => {
    const dual = bench.keep(
      await MediasoupRelay.create(
        { logger },
        {
          listenAddress: '127.0.0.1',
          announcedAddress: '203.0.113.5',
          extraListenAddresses: [{ listenAddress: '::1', announcedAddress: null }],
          portRange: [41_200, 41_219],
          browserPort: 0,
          workers: 1,
        },
      ),
    );
    const session = bench.keep(dual.createSession({ callId: 'c', codecs: ['PCMU'] }));
    const browser = bench.keep(new WeriftBrowser());
    const gateway = bench.keep(await UdpGateway.open('::1'));
    // The ports were taken on the first address when the browser's offer came.
    const answer = await session.acceptBrowserOffer(await browser.offer());
    expect(answer).toMatch(/^a=candidate:.* udp .* 203\.0\.113\.5 \d+ typ host/m);
    expect(answer).toMatch(/^a=candidate:.* tcp .* ::1 \d+ typ host/m);
    const offer = await session.createGatewayOffer({ codecs: ['PCMU'], toAddress: '::1' });
    expect(offer).toContain('c=IN IP6 ::1');
    expect(await session.createGatewayOffer({ codecs: ['PCMU'], toAddress: '192.0.2.1' })).toContain(
      'c=IN IP4 203.0.113.5',
    );
    const again = await session.createGatewayOffer({ codecs: ['PCMU'], toAddress: '::1' });
    await session.applyGatewayAnswer(gateway.description({ codec: 'PCMU' }));
    // Nobody routes the announced address here: the browser gets the real one.
    await browser.accept(answer.replaceAll('203.0.113.5', '127.0.0.1'));
    browser.speak('PCMU', 0xb0);
    gateway.speak(again, { codec: 'PCMU', ssrc: 1, mark: 0xa0 });
    await vi.waitFor(() => {
      expect(gateway.heard.length).toBeGreaterThan(3);
      expect(browser.heard.some(({ payload }) => payload[0] === 0xa0)).toBe(true);
    }, until);
  });

  it('lets all browsers of a worker in by one port, over UDP and TCP', async () => {
    const single = bench.keep(
      await MediasoupRelay.create(
        { logger },
        {
          listenAddress: '127.0.0.1',
          announcedAddress: null,
          portRange: [41_130, 41_229],
          browserPort: 41_231,
          workers: 2,
        },
      ),
    );
    expect(single.workerPids()).toHaveLength(2);
    const offer = await bench.keep(new WeriftBrowser()).offer();
    const ports: string[] = [];
    for (let count = 0; count < callsBeforeNextWorker + 2; count += 1) {
      const session = bench.keep(single.createSession({ callId: 'c', codecs: ['PCMU'] }));
      const answer = await session.acceptBrowserOffer(offer);
      ports.push(
        [...answer.matchAll(/ (udp|tcp) \d+ \S+ (\d+) typ/g)].map(([, protocol, port]) => `${protocol} ${port}`).join(),
      );
    }
    // The second worker is taken when the first one is full.
    expect(ports).toEqual([
      ...new Array(callsBeforeNextWorker).fill('udp 41231,tcp 41231'),
      'udp 41232,tcp 41232',
      'udp 41232,tcp 41232',
    ]);
    await expect(
      MediasoupRelay.create(
        { logger },
        {
          listenAddress: '127.0.0.1',
          announcedAddress: null,
          portRange: [41_240, 41_249],
          browserPort: 41_231,
          workers: 1,
        },
      ),
    ).rejects.toThrow();
  });
});
