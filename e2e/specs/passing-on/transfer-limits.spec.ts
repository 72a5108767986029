import { randomUUID } from 'node:crypto';
import { expect } from '@playwright/test';
import { browserOffer } from '../../fixtures/browserOffer.ts';
import { HoldingsReader } from '../../fixtures/Holdings.ts';
import { alice, type Bridge, operator, scripted, telephone, withNetwork } from '../../fixtures/index.ts';
import { ProtocolClient } from '../../fixtures/ProtocolClient.ts';
import { type Baresip, referredScenarios } from '../../sip-peer/index.ts';

const bridged = { transport: 'udp', codec: 'PCMU', entry: { inCall: { transfer: 'bridge' } } } as const;

const test = withNetwork(
  {
    customer: telephone({ ...bridged, answerMode: 'auto', toneHz: 1000 }),
    colleague: telephone({ ...bridged, answerMode: 'auto', toneHz: 1500 }),
    exchange: scripted({ scenario: referredScenarios.succeeds, moreNumbers: ['+12025550174'] }),
  },
  {
    seed: {
      rules: [{ id: 'test-numbers', action: 'allow', to: { prefix: '+1202555' }, limits: { callsAtOnce: 2 } }],
    },
  },
);

const dialAgain = (client: ProtocolClient, destination: string) =>
  client.request('call:dial', { callId: randomUUID(), destination, offer: browserOffer() });

async function talkTo(client: ProtocolClient, number: string): Promise<string> {
  const callId = await client.dial(number);
  await client.waitForStatus(callId, ({ state }) => state === 'established');
  return callId;
}

async function passOn(client: ProtocolClient, callId: string, to: object): Promise<void> {
  expect(await client.request('call:transfer', { callId, to })).toMatchObject({ ok: true });
  const { end } = await client.waitForStatus(callId, ({ state }) => state === 'ended');
  expect(end?.transferredTo).toBeDefined();
}

async function expectNoCalls(bridge: Bridge): Promise<void> {
  const reader = await HoldingsReader.create(bridge, operator);
  await expect.poll(async () => (await reader.read()).own.calls).toBe(0);
}

/** Nothing of any call is left anywhere. SIP remembers transactions over UDP for 32 s (64*T1, RFC 3261 section 17). */
async function expectNothingHeld(bridge: Bridge): Promise<void> {
  const reader = await HoldingsReader.create(bridge, operator);
  const nothing = { calls: 0, clientTransactions: 0, serverTransactions: 0, timers: 0 };
  await expect
    .poll(async () => (await reader.read()).own, { timeout: 60_000, intervals: [500] })
    .toMatchObject({ calls: 0, sip: nothing, media: { sessions: 0, routers: 0, transports: 0, gatewayPorts: 0 } });
}

interface Ends {
  readonly mark: number;
  readonly peer: Baresip;
}

test.describe('a call that was passed on', () => {
  test.describe.configure({ timeout: 120_000 });
  let client: ProtocolClient;
  test.beforeEach(async ({ bridge }) => {
    client = await ProtocolClient.signIn(bridge.url, alice);
  });
  test.afterEach(() => client.close());

  /** Passes the customer on to the colleague, and sees that both calls count although they are nobody's any more. */
  async function passOnAndCount(
    { customer, colleague }: Record<'customer' | 'colleague', { number: string; peer: Baresip }>,
    isAttended: boolean,
  ): Promise<{ customer: Ends; colleague: Ends }> {
    const ends = {
      customer: { mark: customer.peer.mark(), peer: customer.peer },
      colleague: { mark: colleague.peer.mark(), peer: colleague.peer },
    };
    const first = await talkTo(client, customer.number);
    const to = isAttended ? { callId: await talkTo(client, colleague.number) } : { destination: colleague.number };
    await passOn(client, first, to);
    expect(await dialAgain(client, customer.number)).toMatchObject({
      ok: false,
      error: { code: 'callsAtOnceReached' },
    });
    return ends;
  }

  for (const isAttended of [false, true])
    for (const [who, other] of [
      ['customer', 'colleague'],
      ['colleague', 'customer'],
    ] as const)
      test(`${isAttended ? 'attended' : 'blind'}, counts until the ${who} hangs up, which ends both`, async ({
        bridge,
        network,
      }) => {
        const ends = await passOnAndCount(network, isAttended);
        ends[who].peer.hangUp();
        await ends[other].peer.waitForClosed(ends[other].mark);
        await expectNoCalls(bridge);
        const again = await talkTo(client, network.customer.number);
        await client.hangUp(again);
      });

  test('by its gateway, counts no more from then on', async ({ bridge, network }) => {
    const first = await talkTo(client, network.exchange.number);
    await passOn(client, first, { destination: '+12025550174' });
    const both = await Promise.all([talkTo(client, network.customer.number), talkTo(client, network.customer.number)]);
    for (const callId of both) await client.hangUp(callId);
    await expectNoCalls(bridge);
  });

  test('leaves nothing behind', async ({ bridge }) => {
    await expectNothingHeld(bridge);
  });
});
