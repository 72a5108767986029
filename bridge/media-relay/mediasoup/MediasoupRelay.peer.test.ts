import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { MediaError } from '../port/index.ts';
import { UdpGateway, WeriftBrowser } from '../test-peers/index.ts';
import { hasWorker, RelayBench } from './testing/RelayBench.ts';

const tones = { durationMs: 80, gapMs: 60 };

describe.skipIf(!hasWorker)('The media relay', { timeout: 30_000 }, () => {
  let bench: RelayBench;
  beforeAll(async () => {
    bench = await RelayBench.open([41_100, 41_129]);
  });
  afterEach(() => bench.clear());
  afterAll(() => bench.close());

  it('leaves nothing behind when 100 sessions are closed at any moment', async () => {
    const sdp = await bench.keep(new WeriftBrowser()).offer();
    const gateway = bench.keep(await UdpGateway.open());
    const settled = { done: 0, closed: 0, other: [] as unknown[] };
    const note = (work: Promise<unknown>): Promise<void> =>
      work.then(
        () => {
          settled.done += 1;
        },
        (error: unknown) => {
          const isClosed = error instanceof MediaError && error.code === 'closed';
          if (isClosed) settled.closed += 1;
          else settled.other.push(error);
        },
      );
    const one = async (turns: number): Promise<void> => {
      const session = bench.relay.createSession({ callId: 'c', codecs: ['PCMU', 'opus'] });
      const work = [
        note(session.acceptBrowserOffer(sdp)),
        note(
          session.createGatewayOffer({ codecs: ['PCMU'] }).then(async () => {
            await session.applyGatewayAnswer(gateway.description({ codec: 'PCMU' }));
            await session.sendDtmf('12', tones);
          }),
        ),
        note(session.stats()),
      ];
      for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      await session.close();
      await session.close();
      await Promise.all(work);
    };
    for (let batch = 0; batch < 10; batch += 1) {
      await Promise.all(Array.from({ length: 10 }, (_, index) => one(batch * index * 3)));
    }
    expect(settled.other).toEqual([]);
    expect(settled.done).toBeGreaterThan(50);
    expect(settled.closed).toBeGreaterThan(50);
    expect(await bench.relay.holdings()).toEqual({
      workers: 1,
      sessions: 0,
      routers: 0,
      transports: 0,
      rtpLegs: 0,
      gatewayPorts: 0,
    });
  });

  it('refuses what it cannot do by an error of its own', async () => {
    const session = bench.keep(bench.relay.createSession({ callId: 'c', codecs: ['G722'] }));
    const sdp = await bench.keep(new WeriftBrowser()).offer();
    await expect(session.acceptBrowserOffer('v=0')).rejects.toMatchObject({ code: 'badOffer' });
    await expect(session.acceptBrowserOffer(sdp)).rejects.toMatchObject({ code: 'noCommonCodec' });
    await expect(session.createGatewayOffer({ codecs: ['PCMA'] })).rejects.toMatchObject({ code: 'noCommonCodec' });
    await session.createGatewayOffer({ codecs: ['G722'] });
    await expect(session.applyGatewayAnswer('nonsense')).rejects.toMatchObject({ code: 'badAnswer' });
    await expect(session.sendDtmf('1', tones)).rejects.toMatchObject({ code: 'noCommonCodec' });
    await session.close();
    await expect(session.createGatewayOffer({ codecs: ['G722'] })).rejects.toMatchObject({ code: 'closed' });
  });
});
