import { expect } from '@playwright/test';
import type { Place } from '../../endings/ways.ts';
import { ways } from '../../endings/ways.ts';
import { HoldingsReader } from '../../fixtures/Holdings.ts';
import { alice, deaf, nobody, operator, scripted, telephone, withNetwork } from '../../fixtures/index.ts';
import { openSession, ProtocolClient } from '../../fixtures/ProtocolClient.ts';
import { scenarios } from '../../sip-peer/index.ts';

const test = withNetwork(
  {
    answers: scripted({ scenario: scenarios.answered }),
    rings: scripted({ scenario: scenarios.ringing }),
    announces: scripted({ scenario: scenarios.earlyMedia }),
    hangsUp: telephone({ transport: 'udp', codec: 'PCMU', answerMode: 'auto', toneHz: 1000 }),
    holds: telephone({ transport: 'udp', codec: 'PCMU', answerMode: 'auto', toneHz: 1200 }),
    ignoresBye: scripted({ scenario: scenarios.ignoresBye }),
    silent: deaf(),
    nobody: nobody({ transport: 'tcp' }),
    busy: scripted({ scenario: scenarios.busy }),
    busyEverywhere: scripted({ scenario: scenarios.busyEverywhere }),
    declined: scripted({ scenario: scenarios.declined }),
    wrongNumber: scripted({ scenario: scenarios.wrongNumber }),
    requestTimeout: scripted({ scenario: scenarios.requestTimeout }),
    notAcceptable: scripted({ scenario: scenarios.notAcceptable }),
    serverError: scripted({ scenario: scenarios.serverError }),
    serviceUnavailable: scripted({ scenario: scenarios.serviceUnavailable }),
    serverTimeout: scripted({ scenario: scenarios.serverTimeout }),
  },
  {
    calls: { reconnectWindowMs: 6000, ringTimeoutMs: 3000, maxDurationMs: 8000 },
    // A gateway that failed is asked again each time, and none is looked at beside the calls.
    probes: { intervalMs: 600_000, failuresUntilDown: 100, calls: { window: 1000, minAttempts: 1000 } },
  },
);

const callsAtLeast = 500;
/** SIP transactions over UDP are remembered for 64*T1 (RFC 3261 section 17) after a call. */
const drainTimeoutMs = 60_000;

test(`${callsAtLeast} calls that end in ${Object.keys(ways).length} ways leave nothing behind`, async ({
  bridge,
  network,
}) => {
  test.setTimeout(900_000);
  const session = await openSession(bridge.url, alice);
  const reader = await HoldingsReader.create(bridge, operator);
  const refuses = {
    ...{ 404: network.wrongNumber, 408: network.requestTimeout, 486: network.busy, 488: network.notAcceptable },
    ...{ 500: network.serverError, 503: network.serviceUnavailable, 504: network.serverTimeout },
    ...{ 600: network.busyEverywhere, 603: network.declined },
  };
  const { answers, rings, announces, hangsUp, holds, ignoresBye, silent } = network;
  const numbers: Place['numbers'] = {
    ...{ answers: answers.number, rings: rings.number, announces: announces.number, hangsUp: hangsUp.number },
    ...{ holds: holds.number, ignoresBye: ignoresBye.number, silent: silent.number, nobody: network.nobody.number },
    refuses: Object.fromEntries(Object.entries(refuses).map(([status, { number }]) => [status, number])) as never,
  };
  /** All ways at once, once. */
  const round = async () => {
    const ends = Object.entries(ways).map(async ([name, [expected, way]]) => {
      const client = await ProtocolClient.join(session);
      const joinAnother = () => ProtocolClient.join(session);
      const end = await way({ numbers, telephone: hangsUp.peer, client, joinAnother }).catch(
        (error: Error) => `broke: ${error.message}`,
      );
      client.close();
      return end === null || (expected !== null && end.startsWith(expected)) ? [] : [`${name}: ${end}`];
    });
    expect((await Promise.all(ends)).flat()).toEqual([]);
  };
  const rest = async () => {
    await expect
      .poll(async () => (await reader.read()).own, { timeout: drainTimeoutMs, intervals: [1000] })
      .toMatchObject({
        calls: 0,
        callServer: { callsWithKeys: 0 },
        media: { sessions: 0, routers: 0, transports: 0, rtpLegs: 0, gatewayPorts: 0 },
        sip: { calls: 0, clientTransactions: 0, serverTransactions: 0, timers: 0 },
      });
    return reader.read();
  };
  // The first round opens what stays open: connections, files of the runtime.
  await round();
  const before = await rest();
  const rounds = Math.ceil(callsAtLeast / Object.keys(ways).length);
  for (let count = 0; count < rounds; count += 1) await round();
  const after = await rest();
  expect(after.own.callServer.listeners).toBe(before.own.callServer.listeners);
  await expect
    .poll(async () => (await reader.read()).own.callServer.timers, { timeout: 30_000 })
    .toBeLessThanOrEqual(before.own.callServer.timers ?? 0);
  // The relay keeps sockets that it has for the next calls, and lets some of them go.
  expect(after.udpSockets).toBeLessThanOrEqual(before.udpSockets);
  expect(after.openFiles - before.openFiles).toBeLessThan(10);
});
