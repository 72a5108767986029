import { expect } from '@playwright/test';
import { expectToHear } from '../../fixtures/expectToHear.ts';
import { HoldingsReader } from '../../fixtures/Holdings.ts';
import { alice, encryptedTelephone, operator, telephone, withNetwork } from '../../fixtures/index.ts';

/** Numbers of ours, each of which is a telephone behind another gateway. */
const ours = { plain: '+12025550190', secret: '+12025550191', opus: '+12025550192' } as const;

const behind = { plain: '+12025550181', secret: '+12025550182', opus: '+12025550183' } as const;

const test = withNetwork(
  {
    caller: telephone({ transport: 'udp', codec: 'PCMU', answerMode: 'auto', toneHz: 1000 }),
    opusCaller: telephone({ transport: 'udp', codec: 'opus', answerMode: 'auto', toneHz: 900 }),
    plain: telephone({ transport: 'udp', codec: 'PCMU', answerMode: 'auto', toneHz: 1500, number: behind.plain }),
    secret: encryptedTelephone({ certifiedName: 'far.test', codec: 'PCMU', toneHz: 1400, number: behind.secret }),
    opus: telephone({ transport: 'udp', codec: 'opus', answerMode: 'auto', toneHz: 1700, number: behind.opus }),
  },
  {
    seed: {
      numbers: (['plain', 'secret', 'opus'] as const).map((name) => ({
        id: ours[name],
        brandId: 'default',
        destination: { kind: 'telephone', number: behind[name], userName: alice.userName },
      })),
    },
  },
);

const either = ['caller', 'called party'] as const;

for (const { from, to, callerHz, calledHz, title, enders } of [
  { from: 'caller', to: 'plain', callerHz: 1000, calledHz: 1500, title: 'PCMU', enders: either },
  { from: 'opusCaller', to: 'opus', callerHz: 900, calledHz: 1700, title: 'Opus', enders: either },
  // The bridge of these tests listens for no TLS, and a telephone hangs up by a connection of its own.
  { from: 'caller', to: 'secret', callerHz: 1000, calledHz: 1400, title: 'RTP and SRTP', enders: ['caller'] },
] as const) {
  for (const who of enders) {
    test(`${title}: both telephones hear each other, digits arrive, and the ${who} ends the call for both`, async ({
      network,
      bridgeSipPort,
    }) => {
      const caller = network[from].peer;
      const called = to === 'secret' ? network.secret.peer.telephone : network[to].peer;
      const [here, there] = [caller.mark(), called.mark()];
      caller.dial(`sip:${ours[to]}@127.0.0.1:${bridgeSipPort}`);
      await caller.waitForEstablished(here);
      await called.waitForEstablished(there);
      await expectToHear(caller, calledHz);
      await expectToHear(called, callerHz);
      for (const digit of '159#') {
        caller.press(digit);
        await expect.poll(() => called.digits(there).asEvents).toMatch(new RegExp(`${digit}$`));
      }
      expect(called.digits(there)).toEqual({ asEvents: '159#', asInfo: '' });
      if (who === 'caller') caller.hangUp();
      else called.hangUp();
      await Promise.all([caller.waitForClosed(here), called.waitForClosed(there)]);
    });
  }
}

test('leave no call, port, transport or timer behind', async ({ bridge }) => {
  test.setTimeout(90_000);
  const reader = await HoldingsReader.create(bridge, operator);
  const nothing = { calls: 0, clientTransactions: 0, serverTransactions: 0, timers: 0 };
  await expect
    .poll(async () => (await reader.read()).own, { timeout: 60_000, intervals: [500] })
    .toMatchObject({ calls: 0, sip: nothing, media: { sessions: 0, routers: 0, transports: 0, gatewayPorts: 0 } });
});
