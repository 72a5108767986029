import { expect, test } from '@playwright/test';
import { Bridge } from '../../fixtures/Bridge.ts';
import { bridgeConfig } from '../../fixtures/bridgeConfig.ts';
import { alice, deaf, scripted } from '../../fixtures/index.ts';
import { type RunningNetwork, startNetwork } from '../../fixtures/network.ts';
import { ProtocolClient } from '../../fixtures/ProtocolClient.ts';
import { attachLogOnFailure } from '../../fixtures/test.ts';
import { DnsServer, scenarios } from '../../sip-peer/index.ts';

/** Known by name only: where they are, and by which transport, only DNS says. */
const byName = (name: string, transport: 'udp' | 'auto' = 'udp') => ({ host: name, port: null, transport });

/** Peers that stand behind a name of another one's. */
const nameless = { entry: { isEnabled: false } };

const plan = {
  first: deaf({ entry: byName('trunk.test') }),
  backup: scripted({ scenario: scenarios.answered, ...nameless }),
  overTcp: scripted({ scenario: scenarios.answered, transport: 'tcp', entry: byName('naptr.test', 'auto') }),
  nowhere: deaf({ entry: byName('nowhere.test') }),
} as const;

let network: RunningNetwork<typeof plan>;
let dns: DnsServer;
let bridge: Bridge;
let client: ProtocolClient;

test.beforeAll(async () => {
  network = await startNetwork(plan);
  const { first, backup, overTcp } = network.network;
  const host = (name: string) => ({ type: 'host', name, address: '127.0.0.1' }) as const;
  dns = await DnsServer.start([
    ...[host('a.trunk.test'), host('b.trunk.test')],
    { type: 'SRV', name: '_sip._udp.trunk.test', target: 'a.trunk.test', port: first.port, priority: 1 },
    { type: 'SRV', name: '_sip._udp.trunk.test', target: 'b.trunk.test', port: backup.port, priority: 2 },
    { type: 'NAPTR', name: 'naptr.test', order: 1, service: 'SIP+D2T', replacement: '_sip._tcp.naptr.test' },
    { type: 'NAPTR', name: 'naptr.test', order: 2, service: 'SIP+D2U', replacement: '_sip._udp.naptr.test' },
    { type: 'SRV', name: '_sip._tcp.naptr.test', target: 'a.trunk.test', port: overTcp.port },
    { type: 'SRV', name: '_sip._udp.naptr.test', target: 'a.trunk.test', port: first.port },
  ]);
  const config = bridgeConfig(network.seed);
  bridge = await Bridge.start({
    ...config,
    sip: { ...(config.sip as object), dnsServers: [dns.address] },
    // Probes must not find out before the calls do.
    probes: { intervalMs: 600_000, failuresUntilDown: 100 },
  });
  client = await ProtocolClient.signIn(bridge.url, alice);
});

test.afterAll(async () => {
  client?.close();
  await bridge?.close();
  await dns?.close();
  await network?.close();
});

// biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a hook needs.
test.afterEach(({}, testInfo) => attachLogOnFailure(testInfo, bridge));

test('a call goes to the second target of a name when the first says nothing, and the next one goes there at once', async () => {
  const { first, backup } = network.network;
  const callId = await client.dial(first.number);
  await client.waitForStatus(callId, ({ state }) => state === 'established');
  expect(client.statesOf(callId)).toEqual(['dialing', 'ringing', 'established']);
  expect(await backup.peer.invites()).toHaveLength(1);
  await client.hangUp(callId);
  await backup.peer.waitForRequest('BYE');
  const deafTo = first.peer.count('INVITE');
  expect(deafTo).toBeGreaterThan(0);

  const again = await client.dial(first.number);
  await client.waitForStatus(again, ({ state }) => state === 'established');
  expect(await backup.peer.invites()).toHaveLength(2);
  expect(first.peer.count('INVITE')).toBe(deafTo);
  await client.hangUp(again);
});

test('a gateway whose name asks for TCP first is called by TCP', async () => {
  const { overTcp } = network.network;
  const callId = await client.dial(overTcp.number);
  await client.waitForStatus(callId, ({ state }) => state === 'established');
  expect(await overTcp.peer.invites()).toEqual([`sip:${overTcp.number}@naptr.test`]);
  await client.hangUp(callId);
  await overTcp.peer.waitForRequest('BYE');
  expect(await overTcp.peer.complaints()).toBe('');
});

test('a gateway whose name leads nowhere is told to the caller as one that cannot be reached', async () => {
  const callId = await client.dial(network.network.nowhere.number);
  const { end } = await client.waitForStatus(callId, ({ state }) => state === 'ended');
  expect(end).toMatchObject({ outcome: 'unreachable', error: { code: 'gatewayUnreachable' } });
});
