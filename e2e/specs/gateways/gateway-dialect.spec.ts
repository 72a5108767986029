import { expect } from '@playwright/test';
import { alice, scripted, withNetwork } from '../../fixtures/index.ts';
import { ProtocolClient } from '../../fixtures/ProtocolClient.ts';
import { type Sipp, scenarios } from '../../sip-peer/index.ts';

const number = '+12025550160';
const callerNumber = '+12025550111';

/** Two gateways of one number that want to be spoken to in their own ways; the first one fails. */
const test = withNetwork(
  {
    national: scripted({
      ...{ scenario: scenarios.serverError, number, priority: 1 },
      entry: {
        calledNumberRules: [{ match: '+1', strip: 2, add: '0' }],
        callerNumberRules: [{ match: '+', strip: 1, add: '00' }],
        callerId: { header: 'Remote-Party-ID', hasDisplayName: false },
      },
    }),
    withAccount: scripted({
      ...{ scenario: scenarios.answered, number, priority: 2 },
      entry: {
        domain: 'trunk.test',
        credentials: { userName: 'trunk', password: 'open sesame' },
        callerId: { from: 'account', header: 'P-Asserted-Identity' },
      },
    }),
  },
  { calls: { callerNumber } },
);

let client: ProtocolClient;
test.beforeEach(async ({ bridge }) => {
  client = await ProtocolClient.signIn(bridge.url, alice);
});
test.afterEach(() => client.close());

/** Header of the last INVITE. */
async function invited(peer: Sipp): Promise<(name: string) => string | undefined> {
  const invite = (await peer.messages()).findLast(({ startLine }) => startLine.startsWith('INVITE '));
  return (name) =>
    name === 'uri'
      ? invite?.startLine.split(' ')[1]
      : new RegExp(`^${name}:\\s*(.*)$`, 'im').exec(invite?.text ?? '')?.[1];
}

test('each gateway is told numbers and callers in its own way', async ({ network }) => {
  const callId = await client.dial(number);
  await client.waitForStatus(callId, ({ state }) => state === 'established');
  await client.hangUp(callId);

  const national = await invited(network.national.peer);
  expect(national('uri')).toMatch(/^sip:02025550160@/);
  expect(national('From')).toMatch(/^<sip:0012025550111@/);
  expect(national('Remote-Party-ID')).toMatch(/^<sip:0012025550111@/);

  const withAccount = await invited(network.withAccount.peer);
  expect(withAccount('uri')).toBe(`sip:${number}@trunk.test`);
  expect(withAccount('From')).toMatch(/^"Alice Example" <sip:trunk@trunk\.test>/);
  expect(withAccount('P-Asserted-Identity')).toMatch(/^"Alice Example" <sip:\+12025550111@trunk\.test>/);
  expect(withAccount('Privacy')).toBeUndefined();
});

test('a caller who does not want to be seen is named to the gateway alone', async ({ network }) => {
  const callId = await client.dial(number, { isNumberWithheld: true });
  await client.waitForStatus(callId, ({ state }) => state === 'established');
  await client.hangUp(callId);
  const withAccount = await invited(network.withAccount.peer);
  expect(withAccount('From')).toContain('anonymous');
  expect(withAccount('From')).not.toContain('Alice');
  expect(withAccount('P-Asserted-Identity')).toContain('+12025550111');
  expect(withAccount('Privacy')).toMatch(/\bid\b/);
});
