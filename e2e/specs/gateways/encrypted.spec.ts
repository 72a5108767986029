import { expect } from '@playwright/test';
import type { GatewayStatusView } from '../../../shared/admin/index.ts';
import type { Bridge } from '../../fixtures/Bridge.ts';
import { expectToHear } from '../../fixtures/expectToHear.ts';
import { encryptedTelephone, encryptedTrunk, microphoneToneHz, operator, withNetwork } from '../../fixtures/index.ts';
import { RestClient } from '../../fixtures/RestClient.ts';

const test = withNetwork({
  secret: encryptedTelephone({ certifiedName: 'gateway.test', codec: 'PCMU', toneHz: 1000 }),
  secretOpus: encryptedTelephone({ certifiedName: '127.0.0.1', codec: 'opus', toneHz: 1400 }),
  impostor: encryptedTelephone({
    ...{ certifiedName: 'somebody-else.test', expectedName: 'gateway.test' },
    ...{ codec: 'PCMU', toneHz: 800 },
  }),
  provider: encryptedTrunk({ ourAuthority: 'theirs', codec: 'PCMU', toneHz: 1200 }),
  strict: encryptedTrunk({ ourAuthority: 'unknown', codec: 'PCMU', toneHz: 600 }),
});

/** What the operator is told of a gateway. */
async function problemOf(bridge: Bridge, id: string): Promise<string> {
  const operations = await RestClient.signIn(bridge.url, operator);
  const { problem } = (await operations.get(`/admin/gateways/${id}/status`)).body as GatewayStatusView;
  return problem ?? '';
}

for (const [name, toneHz] of [
  ['secret', 1000],
  ['secretOpus', 1400],
] as const) {
  test(`both hear each other by TLS and SRTP, ${name}`, async ({ dialer, network }) => {
    const { number, peer } = network[name];
    const mark = peer.telephone.mark();
    await dialer.dial(number);
    await dialer.expectToHear(toneHz);
    await expectToHear(peer.telephone, microphoneToneHz);
    await dialer.hangUp.click();
    await peer.telephone.waitForClosed(mark);
    await dialer.expectIdle();
  });
}

test('a gateway whose certificate is somebody else’s gets no call, and the operator is told why', async ({
  bridge,
  dialer,
  network,
}) => {
  const { number, peer } = network.impostor;
  await dialer.dial(number);
  await expect(dialer.status).toContainText('cannot be reached');
  await dialer.expectIdle();
  expect(peer.telephone.log()).not.toMatch(/incoming call/i);
  const problem = () => problemOf(bridge, 'impostor');
  await expect.poll(problem).toContain('certificate');
  expect(await problem()).toContain('gateway.test');
});

for (const who of ['caller', 'called party'] as const) {
  test(`a proxy that wants our certificate is shown it, and the ${who} ends the call through it`, async ({
    dialer,
    network,
  }) => {
    const { number, peer } = network.provider;
    const [seen, heard] = [peer.kamailio.mark(), peer.telephone.mark()];
    await dialer.dial(number);
    await dialer.expectToHear(1200);
    await expectToHear(peer.telephone, microphoneToneHz);
    if (who === 'caller') await dialer.hangUp.click();
    else peer.telephone.hangUp();
    await peer.kamailio.waitForSeen(/BYE inside/, seen);
    if (who === 'caller') await peer.telephone.waitForClosed(heard);
    await dialer.expectIdle();
  });
}

test('a proxy that does not know who signed our certificate takes no call, and the operator is told why', async ({
  bridge,
  dialer,
  network,
}) => {
  const { number, peer } = network.strict;
  await dialer.dial(number);
  await expect(dialer.status).toContainText('cannot be reached');
  await dialer.expectIdle();
  expect(peer.kamailio.log()).not.toContain('SEEN');
  await expect.poll(() => problemOf(bridge, 'strict')).toContain('certificate');
});
