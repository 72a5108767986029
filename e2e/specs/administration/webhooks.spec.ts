import { expect } from '@playwright/test';
import { expectAccessible } from '../../fixtures/expectAccessible.ts';
import { alice, operator, scripted, withNetwork } from '../../fixtures/index.ts';
import { ProtocolClient } from '../../fixtures/ProtocolClient.ts';
import { RestClient } from '../../fixtures/RestClient.ts';
import { isSignedBy, WebhookReceiver } from '../../fixtures/WebhookReceiver.ts';
import { openAdmin } from '../../pages/index.ts';
import { scenarios } from '../../sip-peer/index.ts';

interface Page {
  readonly items: readonly object[];
}

const test = withNetwork(
  { desk: scripted({ scenario: scenarios.answered }) },
  { webhooks: { allowPrivateAddresses: true } },
);

test('another machine is told of a call, signed, and of what it missed while the bridge was killed', async ({
  bridge,
  network,
  page,
}) => {
  const receiver = await WebhookReceiver.start();
  const admin = await openAdmin(page, bridge.url, operator);
  await admin.goTo('Webhooks');
  await admin.button('New webhook').click();
  await admin.field('Name').fill('CRM');
  await admin.field('Address').fill(receiver.url);
  for (const event of ['A call began', 'A call was answered'])
    await admin.panel.getByRole('checkbox', { name: event }).check({ force: true });
  await expectAccessible(page, 'the form of a webhook');
  await admin.create.click();
  const secret = await admin.field('Secret').inputValue();
  await expectAccessible(page, 'the secret of a webhook');
  await admin.button('Done').click();

  const types = () => receiver.received.map(({ type }) => type);
  const call = async (client: ProtocolClient) => {
    const callId = await client.dial(network.desk.number);
    await client.waitForStatus(callId, ({ state }) => state === 'established');
    await client.hangUp(callId);
  };
  const client = await ProtocolClient.signIn(bridge.url, alice);
  await call(client);
  await expect.poll(types).toEqual(['call.started', 'call.answered', 'call.ended']);
  for (const one of receiver.received) expect(isSignedBy(secret, one), one.type).toBe(true);
  expect(JSON.parse(receiver.received[2]?.body ?? '')).toMatchObject({
    type: 'call.ended',
    data: { calledNumber: network.desk.number, outcome: 'answered' },
  });

  // It is out of order for a while; the bridge is killed meanwhile, and forgets nothing.
  receiver.status = 500;
  await call(client);
  const rest = await RestClient.signIn(bridge.url, operator);
  const waiting = async () => ((await rest.get('/admin/webhook-deliveries?state=waiting')).body as Page).items.length;
  await expect.poll(waiting).toBe(3);
  client.close();
  await bridge.kill();
  receiver.status = 204;
  receiver.received.length = 0;
  await bridge.restart();
  await expect.poll(types, { timeout: 30_000 }).toEqual(['call.started', 'call.answered', 'call.ended']);
  for (const one of receiver.received) expect(isSignedBy(secret, one), one.type).toBe(true);

  const again = await openAdmin(page, bridge.url, operator);
  await again.goTo('Webhooks');
  await again.openRow('CRM');
  await again.panel.getByText('Delivered').filter({ visible: true }).first().waitFor();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page, `a webhook with its deliveries in the ${colorScheme}`);
  }
  await receiver.close();
});
