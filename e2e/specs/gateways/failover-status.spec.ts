import { expect } from '@playwright/test';
import type { GatewayStatusView } from '../../../shared/admin/index.ts';
import { alice, deaf, operator, scripted, withNetwork } from '../../fixtures/index.ts';
import { ProtocolClient } from '../../fixtures/ProtocolClient.ts';
import { RestClient } from '../../fixtures/RestClient.ts';
import { scenarios } from '../../sip-peer/index.ts';

const number = '+12025550150';

const test = withNetwork(
  {
    deaf: deaf({ number, priority: 1 }),
    alive: scripted({ scenario: scenarios.answered, number, priority: 2 }),
  },
  { probes: { intervalMs: 1000, timeoutMs: 500, failuresUntilDown: 2 } },
);

test('a gateway that is known to be down costs a call nothing', async ({ bridge, network }) => {
  const operations = await RestClient.signIn(bridge.url, operator);
  const stateOf = async (id: string) => {
    const { items } = (await operations.get('/admin/gateway-statuses')).body as { items: GatewayStatusView[] };
    return items.find(({ gatewayId }) => gatewayId === id)?.state;
  };
  await expect.poll(() => stateOf('deaf')).toBe('down');
  const client = await ProtocolClient.signIn(bridge.url, alice);
  const callId = await client.dial(number);
  await client.waitForStatus(callId, ({ state }) => state === 'established');
  expect(network.deaf.peer.count('INVITE')).toBe(0);
  expect(network.deaf.peer.count('OPTIONS')).toBeGreaterThan(1);
  expect(await network.alive.peer.invites()).toHaveLength(1);
  await client.hangUp(callId);
  client.close();
});
