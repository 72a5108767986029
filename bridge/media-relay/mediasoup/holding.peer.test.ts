import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { expectOneStream, hasWorker, RelayBench, until } from './testing/RelayBench.ts';

describe.skipIf(!hasWorker)('A call on hold, with a WebRTC peer and a gateway', { timeout: 30_000 }, () => {
  let bench: RelayBench;

  beforeAll(async () => {
    bench = await RelayBench.open([41_300, 41_319]);
  });
  afterAll(() => bench.close());
  afterEach(() => bench.clear());

  it('lets neither side hear the other while the gate is closed, and goes on in the same streams', async () => {
    const { session, browser, gateway, offer } = await bench.call({ codec: 'PCMU' });
    session.setGate(false);
    // The leg has heard of the gate before it says what it counted.
    const { packetsIn } = (await session.stats()).gateway;
    const heardBefore = gateway.heard.length;
    browser.speak('PCMU', 0xb1);
    gateway.speak(offer, { codec: 'PCMU', ssrc: 1111, mark: 0xa1 });
    await vi.waitFor(async () => {
      expect((await session.stats()).gateway.packetsIn).toBeGreaterThan(packetsIn + 10);
      expect((await session.stats()).browser.packetsIn).toBeGreaterThan(20);
    }, until);
    expect(gateway.heard.length).toBe(heardBefore);
    session.setGate(true);
    await vi.waitFor(() => {
      expect(gateway.heard.filter(({ payload }) => payload[0] === 0xb1).length).toBeGreaterThan(5);
      expect(browser.heard.filter(({ payload }) => payload[0] === 0xa1).length).toBeGreaterThan(5);
    }, until);
    expectOneStream(gateway.heard);
    expectOneStream(browser.heard.filter(({ payload }) => payload[0] !== 0xff));
  });

  it('says which way the gateway wants audio when it changes that', async () => {
    const { session, gateway } = await bench.call({ codec: 'PCMU' });
    const directions: string[] = [];
    session.on('gatewayDirectionChanged', (direction) => directions.push(direction));
    const description = (direction: string) => gateway.description({ codec: 'PCMU', direction });
    expect(await session.answerGatewayOffer(description('sendonly'))).toContain('a=recvonly');
    expect(await session.reofferGateway({ direction: 'sendonly' })).toContain('a=sendonly');
    await session.applyGatewayAnswer(description('inactive'));
    expect(await session.answerGatewayOffer(description('sendrecv'))).toContain('a=sendonly');
    expect(directions).toEqual(['sendonly', 'sendrecv']);
  });
});
