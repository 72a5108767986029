import { expect } from '@playwright/test';
import { alice, nobody, scripted, withNetwork } from '../../fixtures/index.ts';
import type { GatewayPlan } from '../../fixtures/network.ts';
import { ProtocolClient } from '../../fixtures/ProtocolClient.ts';
import { scenarios } from '../../sip-peer/index.ts';

/** Peers that leave the call to the second gateway, each behind a number of its own. */
const failing = {
  silent: (number) => nobody({ number }),
  refusing: (number) => nobody({ number, transport: 'tcp' }),
  requestTimeout: (number) => scripted({ number, scenario: scenarios.requestTimeout }),
  serverError: (number) => scripted({ number, scenario: scenarios.serverError }),
  overloaded: (number) => scripted({ number, scenario: scenarios.overloaded }),
  serverTimeout: (number) => scripted({ number, scenario: scenarios.serverTimeout }),
  notAcceptable: (number) => scripted({ number, scenario: scenarios.notAcceptable }),
  ringsAndFails: (number) => scripted({ number, scenario: scenarios.ringsAndFails }),
} satisfies Record<string, (number: string) => GatewayPlan>;

/** Peers that take the call when it has gone to the second gateway. */
const late = {
  ringsLate: (number) => scripted({ number, scenario: scenarios.ringsLate, transport: 'tcp' }),
  answersLate: (number) => scripted({ number, scenario: scenarios.answersLate, transport: 'tcp' }),
} satisfies Record<string, (number: string) => GatewayPlan>;

/** Peers that have asked the called party. */
const final = {
  busy: (number) => scripted({ number, scenario: scenarios.busy }),
  busyEverywhere: (number) => scripted({ number, scenario: scenarios.busyEverywhere }),
  declined: (number) => scripted({ number, scenario: scenarios.declined }),
  wrongNumber: (number) => scripted({ number, scenario: scenarios.wrongNumber }),
  ringing: (number) => scripted({ number, scenario: scenarios.ringing }),
} satisfies Record<string, (number: string) => GatewayPlan>;

type Cause = keyof typeof failing | keyof typeof late | keyof typeof final;

const causes = Object.entries<(number: string) => GatewayPlan>({ ...failing, ...late, ...final });
const numberOf = (cause: Cause) => `+1202555${200 + causes.findIndex(([id]) => id === cause)}0`;

const first = Object.fromEntries(causes.map(([id, plan]) => [id, plan(numberOf(id as Cause))])) as Record<
  Cause,
  ReturnType<typeof scripted>
>;
const second = scripted({
  scenario: scenarios.answered,
  number: '+12025550199',
  moreNumbers: causes.map(([id]) => numberOf(id as Cause)),
  priority: 2,
});

const test = withNetwork(
  { ...first, second },
  // Probes must not find out before the calls do.
  { probes: { intervalMs: 600_000, failuresUntilDown: 100 } },
);

let client: ProtocolClient;
test.beforeEach(async ({ bridge }) => {
  client = await ProtocolClient.signIn(bridge.url, alice);
});
test.afterEach(() => client.close());

/** INVITEs that the second gateway got for this number. */
async function secondInvites(
  network: { second: { peer: Awaited<ReturnType<(typeof second)['start']>> } },
  cause: Cause,
) {
  return (await network.second.peer.invites()).filter((uri) => uri.includes(numberOf(cause)));
}

for (const cause of Object.keys(failing) as (keyof typeof failing)[]) {
  test(`the next gateway takes the call, with one ringing, when the first is ${cause}`, async ({ network }) => {
    const callId = await client.dial(numberOf(cause));
    await client.waitForStatus(callId, ({ state }) => state === 'established');
    expect(client.statesOf(callId)).toEqual(['dialing', 'ringing', 'established']);
    expect(await secondInvites(network, cause)).toHaveLength(1);
    expect(await client.hangUp(callId)).toMatchObject({ end: { outcome: 'answered', by: 'caller' } });
  });
}

test('a first gateway that says nothing costs less than 2 s', async () => {
  const callId = await client.dial(numberOf('silent'));
  const { answeredAt, requestedAt } = await client.waitForStatus(callId, ({ state }) => state === 'established');
  expect((answeredAt ?? 0) - requestedAt).toBeLessThan(2000);
  await client.hangUp(callId);
});

for (const [cause, farewell] of [
  ['ringsLate', 'CANCEL'],
  ['answersLate', 'BYE'],
] as const) {
  test(`a gateway is told by ${farewell} that nobody waits for it any more when it ${cause}`, async ({ network }) => {
    const { peer } = network[cause];
    const callId = await client.dial(numberOf(cause));
    await client.waitForStatus(callId, ({ state }) => state === 'established');
    await peer.waitForRequest(farewell);
    await peer.waitForRequest('ACK');
    expect(await peer.complaints()).toBe('');
    // The call that was taken meanwhile doesn't notice.
    expect(client.statesOf(callId)).toEqual(['dialing', 'ringing', 'established']);
    await client.hangUp(callId);
  });
}

const outcomes = {
  busy: 'busy',
  busyEverywhere: 'busy',
  declined: 'declined',
  wrongNumber: 'wrongNumber',
} as const;

for (const [cause, outcome] of Object.entries(outcomes) as [keyof typeof outcomes, string][]) {
  test(`no other gateway is asked when the called party is ${cause}`, async ({ network }) => {
    const callId = await client.dial(numberOf(cause));
    const { end } = await client.waitForStatus(callId, ({ state }) => state === 'ended');
    expect(end).toMatchObject({ outcome, by: 'called' });
    expect(await network[cause].peer.invites()).toHaveLength(1);
    expect(await secondInvites(network, cause)).toEqual([]);
  });
}

test('no other gateway is asked when the caller hangs up', async ({ network }) => {
  const callId = await client.dial(numberOf('ringing'));
  await client.waitForStatus(callId, ({ state }) => state === 'ringing');
  expect(await client.hangUp(callId)).toMatchObject({ end: { outcome: 'cancelled', by: 'caller' } });
  await network.ringing.peer.waitForRequest('CANCEL');
  expect(await secondInvites(network, 'ringing')).toEqual([]);
});
