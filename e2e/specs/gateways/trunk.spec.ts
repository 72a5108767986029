import { expectToHear } from '../../fixtures/expectToHear.ts';
import { microphoneToneHz, trunk, withNetwork } from '../../fixtures/index.ts';

const test = withNetwork(
  {
    overUdp: trunk({ transport: 'udp', codec: 'PCMU', toneHz: 1000, digest: 'MD5' }),
    overTcp: trunk({ transport: 'tcp', codec: 'opus', toneHz: 1300, digest: 'SHA-256', maxExpires: 6 }),
  },
  { probes: { intervalMs: 1000, timeoutMs: 500 } },
);

for (const [name, toneHz] of [
  ['overUdp', 1000],
  ['overTcp', 1300],
] as const) {
  test.describe(`a call through a proxy that stays in its way, ${name}`, () => {
    test.beforeEach(async ({ dialer, network }) => {
      const { number, peer } = network[name];
      await dialer.dial(number);
      await dialer.expectToHear(toneHz);
      await expectToHear(peer.telephone, microphoneToneHz);
      await peer.kamailio.waitForSeen(/INVITE of/);
    });

    test('is ended by the caller, through the proxy', async ({ dialer, network }) => {
      const { kamailio, telephone } = network[name].peer;
      const [mark, heard] = [kamailio.mark(), telephone.mark()];
      await dialer.hangUp.click();
      await kamailio.waitForSeen(/BYE inside/, mark);
      await telephone.waitForClosed(heard);
      await dialer.expectIdle();
    });

    test('is ended by the called party, through the proxy', async ({ dialer, network }) => {
      const { kamailio, telephone } = network[name].peer;
      const mark = kamailio.mark();
      telephone.hangUp();
      await kamailio.waitForSeen(/BYE inside/, mark);
      await dialer.expectIdle();
    });
  });
}
