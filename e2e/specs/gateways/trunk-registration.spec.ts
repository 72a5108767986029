import { expect } from '@playwright/test';
import type { GatewayStatusView } from '../../../shared/admin/index.ts';
import type { IncomingCall } from '../../../shared/protocol/index.ts';
import { browserOffer } from '../../fixtures/browserOffer.ts';
import { expectToHear } from '../../fixtures/expectToHear.ts';
import { alice, microphoneToneHz, operator, trunk, withNetwork } from '../../fixtures/index.ts';
import { ProtocolClient } from '../../fixtures/ProtocolClient.ts';
import { RestClient } from '../../fixtures/RestClient.ts';

const ourNumber = '+12025550188';

const test = withNetwork(
  {
    provider: trunk({
      ...{ transport: 'tcp', codec: 'PCMU', toneHz: 1100, digest: 'SHA-256' },
      // The registrar allows less than what is asked for, so that refreshes come within the test's time.
      maxExpires: 6,
      entry: { registration: { expiresSeconds: 60 }, incoming: { calledNumberFrom: 'to' } },
    }),
  },
  {
    probes: { intervalMs: 1000, timeoutMs: 500 },
    seed: {
      numbers: [{ id: ourNumber, brandId: 'default', destination: { kind: 'user', userName: alice.userName } }],
    },
  },
);

let status: () => Promise<GatewayStatusView>;

test.beforeEach(async ({ bridge }) => {
  const operations = await RestClient.signIn(bridge.url, operator);
  status = async () => (await operations.get('/admin/gateways/provider/status')).body as GatewayStatusView;
});

const registration = async () => (await status()).registration?.state;
const health = async () => (await status()).state;

test('a trunk that loses our registration has it again, by itself, and is called through it', async ({
  dialer,
  network,
}) => {
  const { number, peer } = network.provider;
  await peer.kamailio.waitForSeen(/REGISTER of trunk/);
  await expect.poll(registration).toBe('registered');
  await expect.poll(health).toBe('up');

  await peer.kamailio.stop();
  await expect.poll(registration, { timeout: 20_000 }).toBe('failed');
  await expect.poll(health).toBe('down');

  await peer.kamailio.restart();
  await peer.kamailio.waitForSeen(/REGISTER of trunk/);
  await expect.poll(registration).toBe('registered');
  await expect.poll(health).toBe('up');

  await dialer.dial(number);
  await dialer.expectToHear(1100);
  await expectToHear(peer.telephone, microphoneToneHz);
  await dialer.hangUp.click();
  await dialer.expectIdle();
});

test('a registration is refreshed before it runs out, and never counts as lost meanwhile', async ({ network }) => {
  const { kamailio } = network.provider.peer;
  await expect.poll(registration).toBe('registered');
  const { changes } = await status();
  for (let refresh = 0; refresh < 2; refresh += 1) {
    await kamailio.waitForSeen(/REGISTER of trunk/, kamailio.mark());
    expect(await registration()).toBe('registered');
  }
  expect((await status()).changes).toEqual(changes);
});

test('a call from the network comes to where we have registered, and is taken there', async ({ bridge, network }) => {
  const { kamailio, telephone } = network.provider.peer;
  await expect.poll(registration).toBe('registered');
  const client = await ProtocolClient.signIn(bridge.url, alice);
  const [seen, heard] = [kamailio.mark(), telephone.mark()];
  const rings = new Promise<IncomingCall>((resolve) => client.socket.once('call:incoming', resolve));
  telephone.dial(`sip:${ourNumber}@127.0.0.1:${kamailio.port}`);
  const { callId, calledNumber } = await rings;
  expect(calledNumber).toBe(ourNumber);
  expect(await client.request('call:answer', { callId, offer: browserOffer() })).toMatchObject({ ok: true });
  await telephone.waitForEstablished(heard);
  // Our BYE goes back by the proxy that the INVITE came through.
  await client.hangUp(callId);
  await kamailio.waitForSeen(/BYE inside/, seen);
  await telephone.waitForClosed(heard);
  client.close();
});
