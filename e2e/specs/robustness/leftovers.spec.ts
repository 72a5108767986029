import { expect } from '@playwright/test';
import { HoldingsReader } from '../../fixtures/Holdings.ts';
import { operator, scripted, telephone, withNetwork } from '../../fixtures/index.ts';
import { scenarios } from '../../sip-peer/index.ts';

const test = withNetwork({
  opus: telephone({ transport: 'udp', codec: 'opus', answerMode: 'auto', toneHz: 1000 }),
  pcmu: telephone({ transport: 'tcp', codec: 'PCMU', answerMode: 'auto', toneHz: 1250 }),
  busy: scripted({ scenario: scenarios.busy }),
  ringing: scripted({ scenario: scenarios.ringing }),
});

const nothing = { calls: 0, clientTransactions: 0, serverTransactions: 0, timers: 0 };

/** SIP transactions over UDP are remembered for 64*T1 (RFC 3261 section 17) after a call. */
const drainTimeoutMs = 45_000;

test('20 calls in a row leave no port, transport or timer behind', async ({ bridge, dialer, network }) => {
  test.setTimeout(120_000);
  const reader = await HoldingsReader.create(bridge, operator);
  const before = await reader.read();
  for (let round = 0; round < 5; round += 1) {
    for (const id of ['opus', 'pcmu'] as const) {
      const { number, peer } = network[id];
      const mark = peer.mark();
      await dialer.dial(number);
      await peer.waitForEstablished(mark);
      await dialer.expectToHear(id === 'opus' ? 1000 : 1250);
      if (round % 2 === 0) await dialer.hangUp.click();
      else peer.hangUp();
      await dialer.expectIdle();
    }
    await dialer.dial(network.busy.number);
    await expect(dialer.status).toContainText(/busy/i);
    await dialer.expectIdle();
    await dialer.dial(network.ringing.number);
    await expect(dialer.status).toContainText(/ringing/i);
    await dialer.hangUp.click();
    await dialer.expectIdle();
  }
  await expect.poll(async () => (await reader.read()).udpSockets).toBe(before.udpSockets);
  await expect
    .poll(async () => (await reader.read()).own, { timeout: drainTimeoutMs, intervals: [500] })
    .toEqual({
      calls: 0,
      callServer: { ...before.own.callServer, timers: expect.any(Number) },
      media: before.own.media,
      // One connection to each TCP gateway, and one that it opened to hang up: both are kept for the next call.
      sip: { ...before.own.sip, ...nothing, connections: expect.any(Number) },
    });
  expect((await reader.read()).own.sip.connections).toBeLessThanOrEqual((before.own.sip.connections ?? 0) + 1);
  // Files that SQLite or the runtime opened once and keep are few; one left per call would show.
  expect((await reader.read()).openFiles - before.openFiles).toBeLessThan(10);
});
