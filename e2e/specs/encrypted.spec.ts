import { expect } from '@playwright/test';
import type { GatewayStatusView } from '../../shared/admin/index.ts';
import { expectToHear } from '../fixtures/expectToHear.ts';
import { encryptedTelephone, microphoneToneHz, operator, withNetwork } from '../fixtures/index.ts';
import { RestClient } from '../fixtures/RestClient.ts';

const test = withNetwork({
  secret: encryptedTelephone({ certifiedName: 'gateway.test', codec: 'PCMU', toneHz: 1000 }),
  secretOpus: encryptedTelephone({ certifiedName: '127.0.0.1', codec: 'opus', toneHz: 1400 }),
  impostor: encryptedTelephone({
    ...{ certifiedName: 'somebody-else.test', expectedName: 'gateway.test' },
    ...{ codec: 'PCMU', toneHz: 800 },
  }),
});

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
  const operations = await RestClient.signIn(bridge.url, operator);
  const problem = async () => {
    const { items } = (await operations.get('/admin/gateway-statuses')).body as { items: GatewayStatusView[] };
    return items.find(({ gatewayId }) => gatewayId === 'impostor')?.problem ?? '';
  };
  await expect.poll(problem).toContain('certificate');
  expect(await problem()).toContain('gateway.test');
});
