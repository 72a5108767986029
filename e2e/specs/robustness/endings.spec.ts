import { expect } from '@playwright/test';
import { CallEnder } from '../../endings/CallEnder.ts';
import { incomingWays, slowWays } from '../../endings/incomingWays.ts';
import { config, people, plan } from '../../endings/setting.ts';
import { upheavals } from '../../endings/upheavals.ts';
import { outgoingWays } from '../../endings/ways.ts';
import { HoldingsReader } from '../../fixtures/Holdings.ts';
import { operator, withNetwork } from '../../fixtures/index.ts';
import { reachableHeapBytes } from '../../fixtures/reachableHeapBytes.ts';

const test = withNetwork(plan, config, { isInspected: true });

const ways = { ...outgoingWays, ...incomingWays };
const wayCount = [ways, slowWays, upheavals].flatMap(Object.keys).length;
/** The first warm everything up; the second show what stays of each. */
const callsOfHalf = people.length * Object.keys(ways).length;

/**
 * What a call may leave on the heap: acks of its messages for five minutes, and its id, 1.5 KB as seen. One transport that is kept
 * has 24 KB.
 */
const keptBytesPerCall = 3000;

/** SIP transactions over UDP are remembered for 64*T1 (RFC 3261 section 17) after a call. */
const drainTimeoutMs = 60_000;

/** Nothing of a call, and nothing that SIP would still remember of it. */
const atRest = {
  calls: 0,
  callServer: { callsWithKeys: 0 },
  media: { sessions: 0, routers: 0, transports: 0, rtpLegs: 0, gatewayPorts: 0 },
  sip: { calls: 0, clientTransactions: 0, serverTransactions: 0, timers: 0 },
};

test(`${2 * callsOfHalf} calls that end in ${wayCount} ways leave nothing behind`, async ({
  bridge,
  bridgeSipPort,
  network,
}) => {
  test.setTimeout(240_000);
  const reader = await HoldingsReader.create(bridge, operator);
  const rest = async () => {
    await expect
      .poll(async () => (await reader.read()).own, { timeout: drainTimeoutMs, intervals: [1000] })
      .toMatchObject(atRest);
    return { ...(await reader.read()), heapBytes: await reachableHeapBytes(bridge) };
  };
  const idle = await reader.read();
  const ender = await CallEnder.create(bridge, { network, bridgeSipPort });

  const slow = ender.go(0, slowWays);
  for (const [name, [expected, upheaval]] of Object.entries(upheavals)) {
    expect(await upheaval(bridge, ender.numbers), name).toEqual(expected);
  }
  expect(await ender.goAll(ways)).toEqual([]);
  expect(await slow).toEqual([]);
  const warm = await rest();

  expect(await ender.goAll(ways)).toEqual([]);
  ender.close();
  const after = await rest();
  expect(after.own.callServer.listeners).toBe(idle.own.callServer.listeners);
  await expect.poll(async () => (await reader.read()).own.callServer.timers, { timeout: 30_000 }).toBe(0);
  expect(after.udpSockets).toBe(warm.udpSockets);
  // Files that SQLite or the runtime opened once and keep are few; one left per call would show.
  expect(after.openFiles - warm.openFiles).toBeLessThan(10);
  expect((after.heapBytes - warm.heapBytes) / callsOfHalf).toBeLessThan(keptBytesPerCall);
});
