import { expect } from '@playwright/test';
import { CallEnder } from '../../endings/CallEnder.ts';
import { incomingWays, slowWays } from '../../endings/incomingWays.ts';
import { config, people, peopleAtOnce, plan } from '../../endings/setting.ts';
import { upheavals } from '../../endings/upheavals.ts';
import { outgoingWays } from '../../endings/ways.ts';
import { HoldingsReader } from '../../fixtures/Holdings.ts';
import { operator, withNetwork } from '../../fixtures/index.ts';

const test = withNetwork(plan, config);

const callsAtLeast = 500;
const ways = { ...outgoingWays, ...incomingWays };
const wayCount = [ways, slowWays, upheavals].flatMap(Object.keys).length;
/** SIP transactions over UDP are remembered for 64*T1 (RFC 3261 section 17) after a call. */
const drainTimeoutMs = 90_000;

/** Nothing of a call; what SIP still remembers of it is another matter. */
const noCalls = {
  calls: 0,
  callServer: { callsWithKeys: 0 },
  media: { sessions: 0, routers: 0, transports: 0, rtpLegs: 0, gatewayPorts: 0 },
  sip: { calls: 0 },
};

test(`${callsAtLeast} calls that end in ${wayCount} ways leave nothing behind`, async ({
  bridge,
  bridgeSipPort,
  network,
}) => {
  test.setTimeout(600_000);
  const reader = await HoldingsReader.create(bridge, operator);
  const ender = await CallEnder.create(bridge, { network, bridgeSipPort });
  const expectSoon = (holdings: Record<string, unknown>) =>
    expect
      .poll(async () => (await reader.read()).own, { timeout: drainTimeoutMs, intervals: [500] })
      .toMatchObject(holdings);
  const idle = await reader.read();
  // The first round opens what stays open: connections, files of the runtime.
  expect(await ender.go(0, ways)).toEqual([]);
  await expectSoon(noCalls);
  const warm = await reader.read();
  const slow = ender.go(people.length - 1, slowWays);
  const rounds = Math.ceil(callsAtLeast / Object.keys(ways).length / peopleAtOnce);
  const goRoundAndRound = async (personIndex: number) => {
    const wrong: string[] = [];
    for (let round = 0; round < rounds; round += 1) wrong.push(...(await ender.go(personIndex, ways)));
    return wrong;
  };
  const everybody = Array.from({ length: peopleAtOnce }, (_, index) => goRoundAndRound(index));
  expect((await Promise.all(everybody)).flat()).toEqual([]);
  for (const [name, [expected, upheaval]] of Object.entries(upheavals)) {
    expect(await upheaval(bridge, ender.numbers), name).toEqual(expected);
  }
  expect(await slow).toEqual([]);
  await expectSoon({ ...noCalls, sip: { calls: 0, clientTransactions: 0, serverTransactions: 0, timers: 0 } });
  ender.close();
  await expect
    .poll(async () => (await reader.read()).own.callServer.timers, { timeout: 30_000 })
    .toBeLessThanOrEqual(idle.own.callServer.timers ?? 0);
  const after = await reader.read();
  expect(after.own.callServer.listeners).toBe(idle.own.callServer.listeners);
  // The relay keeps sockets that it has for the next calls, and lets some of them go.
  expect(after.udpSockets).toBeLessThanOrEqual(warm.udpSockets);
  expect(after.openFiles - warm.openFiles).toBeLessThan(10);
});
