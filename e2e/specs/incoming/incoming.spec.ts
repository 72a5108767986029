import { randomUUID } from 'node:crypto';
import { test as base, expect } from '@playwright/test';
import { browserOffer } from '../../fixtures/browserOffer.ts';
import { HoldingsReader } from '../../fixtures/Holdings.ts';
import { alice, attachLogOnFailure, Bridge, bridgeConfig, operator, scripted } from '../../fixtures/index.ts';
import { type RunningNetwork, startNetwork } from '../../fixtures/network.ts';
import { openSession, ProtocolClient } from '../../fixtures/ProtocolClient.ts';
import { callerScenarios, freePort, SippCaller, scenarios } from '../../sip-peer/index.ts';

const bob = { userName: 'bob', password: 'another good password', displayName: 'Bob Example' } as const;
const aliceAlone = { kind: 'user', userName: 'alice' };
const bobAlone = { kind: 'user', userName: 'bob' };
const plan = { telephone: scripted({ scenario: scenarios.answered }), busy: scripted({ scenario: scenarios.busy }) };

/** What is called, by what is to happen. */
const numbers = {
  alice: '+12025550200',
  aliceThenBob: '+12025550201',
  aliceThenTelephone: '+12025550202',
  supportAll: '+12025550203',
  supportInTurn: '+12025550204',
  busyTelephone: '+12025550205',
};

interface Parts {
  readonly running: RunningNetwork<typeof plan>;
  readonly bridge: Bridge;
  readonly sipPort: number;
  readonly call: (number: string, scenario: Parameters<typeof SippCaller.call>[1]['scenario']) => Promise<SippCaller>;
  readonly device: (person: { userName: string; password: string }, deviceId?: string) => Promise<ProtocolClient>;
  readonly logOnFailure: undefined;
}

const test = base.extend<
  Pick<Parts, 'call' | 'device' | 'logOnFailure'>,
  Omit<Parts, 'call' | 'device' | 'logOnFailure'>
>({
  running: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
    async ({}, use) => {
      const running = await startNetwork(plan);
      await use(running);
      await running.close();
    },
    { scope: 'worker' },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  sipPort: [async ({}, use) => use(await freePort()), { scope: 'worker' }],
  bridge: [
    async ({ running: { network, seed }, sipPort }, use) => {
      // Of all that are at this address it comes first, so that calls from there are its.
      const caller = {
        id: 'a-caller',
        host: '127.0.0.1',
        port: 9,
        codecs: ['PCMU'],
        prefixes: ['+999'],
        probes: { isOn: false },
      };
      const usual = bridgeConfig([caller, ...seed], sipPort);
      const telephone = (number: string) => ({ kind: 'telephone', number, userName: 'alice' });
      const support = (ring: string) => ({ kind: 'group', groupId: 'support', ring, secondsEach: 5 });
      const entry = (id: string, destination: object, more: object = {}) => ({
        id,
        brandId: 'default',
        destination,
        ...more,
      });
      const bridge = await Bridge.start({
        ...usual,
        seed: {
          ...(usual.seed as object),
          groups: [{ id: 'support', name: 'Support' }],
          users: [
            { ...alice, role: 'user', groups: ['support'] },
            { ...bob, role: 'user', groups: ['support'] },
            { ...operator, role: 'operator' },
          ],
          numbers: [
            entry(numbers.alice, aliceAlone, { name: 'Front desk' }),
            entry(numbers.aliceThenBob, aliceAlone, { ringSeconds: 5, otherwise: { destination: bobAlone } }),
            entry(numbers.aliceThenTelephone, aliceAlone, {
              otherwise: { destination: telephone(network.telephone.number) },
            }),
            entry(numbers.supportAll, support('all')),
            entry(numbers.supportInTurn, support('inTurn')),
            entry(numbers.busyTelephone, telephone(network.busy.number)),
          ],
        },
      });
      await use(bridge);
      await bridge.close();
    },
    { scope: 'worker' },
  ],
  call: async ({ sipPort }, use) => {
    const callers: SippCaller[] = [];
    await use(async (number, scenario) => {
      const caller = await SippCaller.call(number, { bridgePort: sipPort, scenario });
      callers.push(caller);
      return caller;
    });
    for (const caller of callers) await caller.close();
  },
  device: async ({ bridge }, use) => {
    const devices: ProtocolClient[] = [];
    await use(async (person, deviceId) => {
      const device = await ProtocolClient.join(await openSession(bridge.url, person), deviceId);
      devices.push(device);
      return device;
    });
    for (const device of devices) device.close();
  },
  logOnFailure: [
    async ({ bridge }, use, testInfo) => {
      await use(undefined);
      await attachLogOnFailure(testInfo, bridge);
    },
    { auto: true },
  ],
});

async function rung(device: ProtocolClient) {
  await expect.poll(() => device.incoming.length, { timeout: 15_000 }).toBeGreaterThan(0);
  const call = device.incoming.at(-1);
  if (!call) throw new Error('nothing rings');
  return call;
}

const answer = (device: ProtocolClient, callId: string) =>
  device.request('call:answer', { callId, offer: browserOffer() });

/** Two devices whose browsers are none: the audio never comes up, and it is the gateway that the call is shown by. */
test('rings on both devices of a person; the first to answer has the call, and the other hears so', async ({
  call,
  device,
}) => {
  const [first, second] = [await device(alice), await device(alice)];
  const caller = await call(numbers.alice, callerScenarios.hangsUp);
  const { callId } = await rung(first);
  expect(await rung(second)).toMatchObject({
    ...{ callId, callingNumber: '+442079460018', callingName: 'ACME', calledNumber: numbers.alice },
    calledName: 'Front desk',
  });
  const answers = await Promise.all([answer(first, callId), answer(second, callId)]);
  expect(answers).toMatchObject([{ ok: true }, { ok: false, error: { code: 'callTaken' } }]);
  await expect.poll(() => second.incomingEnds).toMatchObject([{ callId, reason: 'taken', takenBy: { isSelf: true } }]);
  const ended = await first.waitForStatus(callId, ({ state }) => state === 'ended');
  expect(ended).toMatchObject({ direction: 'incoming', end: { outcome: 'answered', by: 'caller' } });
  await caller.done();
  expect(await caller.heard()).toEqual([180, 200]);
});

test('is hung up by who took it', async ({ call, device }) => {
  const phone = await device(alice);
  const caller = await call(numbers.alice, callerScenarios.listens);
  const { callId } = await rung(phone);
  await answer(phone, callId);
  expect(await phone.request('call:hangUp', { callId })).toMatchObject({ ok: true });
  await caller.done();
});

test('is declined on one device for all of them', async ({ call, device }) => {
  const [first, second] = [await device(alice), await device(alice)];
  const caller = await call(numbers.alice, callerScenarios.refused(603));
  const { callId } = await rung(first);
  await rung(second);
  await first.request('call:decline', { callId });
  await expect.poll(() => second.incomingEnds).toMatchObject([{ reason: 'declined' }]);
  await caller.done();
});

test('is busy for who doesn’t want to be disturbed, on all devices and until they say otherwise', async ({
  call,
  device,
}) => {
  const [first, second] = [await device(alice), await device(alice)];
  const changed = new Promise((resolve) => second.socket.once('session:availabilityChanged', resolve));
  await first.request('session:setAvailability', { isDoNotDisturb: true });
  expect(await changed).toEqual({ isDoNotDisturb: true, hasCallWaiting: true });
  await (await call(numbers.alice, callerScenarios.refused(486))).done();
  expect([first.incoming, second.incoming]).toEqual([[], []]);
  await second.request('session:setAvailability', { isDoNotDisturb: false });
});

test('rings while the person talks, unless they have switched call waiting off', async ({ call, device }) => {
  const phone = await device(alice);
  await call(numbers.alice, callerScenarios.listens);
  const { callId } = await rung(phone);
  await answer(phone, callId);
  const waiting = await call(numbers.alice, callerScenarios.givesUp);
  await expect.poll(() => phone.incoming.length).toBe(2);
  await waiting.done();
  await phone.request('session:setAvailability', { hasCallWaiting: false });
  await (await call(numbers.alice, callerScenarios.refused(486))).done();
  await phone.request('session:setAvailability', { hasCallWaiting: true });
  await phone.request('call:hangUp', { callId });
});

test('goes to a second person when the first doesn’t answer', async ({ call, device }) => {
  const [first, second] = [await device(alice), await device(bob)];
  const caller = await call(numbers.aliceThenBob, callerScenarios.hangsUp);
  await rung(first);
  const { callId } = await rung(second);
  expect(first.incomingEnds).toMatchObject([{ reason: 'noAnswer' }]);
  expect(await answer(second, callId)).toMatchObject({ ok: true });
  await caller.done();
});

test('goes to a telephone, from one gateway to the other', async ({ call, running }) => {
  const caller = await call(numbers.aliceThenTelephone, callerScenarios.hangsUp);
  const { peer } = running.network.telephone;
  await peer.waitForRequest('ACK');
  await caller.done();
  expect(await caller.heard()).toEqual([180, 200]);
  await peer.waitForRequest('BYE');
  expect(await peer.complaints()).toBe('');
});

test('is told how the telephone was', async ({ call }) => {
  await (await call(numbers.busyTelephone, callerScenarios.refused(486))).done();
});

test('rings a whole group, and somebody else takes it', async ({ call, device }) => {
  const [first, second] = [await device(alice), await device(bob)];
  const caller = await call(numbers.supportAll, callerScenarios.hangsUp);
  const { callId, groupName } = await rung(first);
  await rung(second);
  expect(groupName).toBe('Support');
  await answer(second, callId);
  await expect
    .poll(() => first.incomingEnds)
    .toMatchObject([{ reason: 'taken', takenBy: { displayName: bob.displayName, isSelf: false } }]);
  await caller.done();
});

test('rings a group in turn', async ({ call, device }) => {
  const [first, second] = [await device(alice), await device(bob)];
  const caller = await call(numbers.supportInTurn, callerScenarios.refused(603));
  const { callId } = await rung(first);
  expect(second.incoming).toEqual([]);
  await first.request('call:decline', { callId });
  await rung(second);
  await second.request('call:decline', { callId });
  await caller.done();
});

test('is over everywhere when the caller gives up', async ({ call, device }) => {
  const phone = await device(alice);
  const caller = await call(numbers.alice, callerScenarios.givesUp);
  const { callId } = await rung(phone);
  await caller.done();
  await expect.poll(() => phone.incomingEnds).toMatchObject([{ reason: 'cancelled' }]);
  expect(await answer(phone, callId)).toMatchObject({ ok: false, error: { code: 'callEnded' } });
});

test('rings again on a device that is loaded anew, and can be taken there', async ({ call, device }) => {
  const deviceId = randomUUID();
  const before = await device(alice, deviceId);
  const caller = await call(numbers.alice, callerScenarios.hangsUp);
  const { callId } = await rung(before);
  before.close();
  const after = await device(alice, deviceId);
  expect(await rung(after)).toMatchObject({ callId });
  expect(await answer(after, callId)).toMatchObject({ ok: true });
  await caller.done();
});

test('finds nobody where no device is connected', async ({ call }) => {
  await (await call(numbers.supportAll, callerScenarios.refused(480))).done();
});

test('finds no number that isn’t ours', async ({ call }) => {
  await (await call('+12025550299', callerScenarios.refused(404))).done();
});

test('is in the history of everybody whom it rang', async ({ bridge, call, device }) => {
  const session = await openSession(bridge.url, alice);
  const [first, second] = [await device(alice), await device(bob)];
  const caller = await call(numbers.supportAll, callerScenarios.hangsUp);
  const { callId } = await rung(first);
  await rung(second);
  await answer(second, callId);
  await caller.done();
  const entry = async () => {
    const response = await fetch(new URL('/api/v1/history?limit=1', bridge.url), {
      headers: { authorization: `Bearer ${session.accessToken}` },
    });
    return ((await response.json()) as { entries: unknown[] }).entries[0];
  };
  await expect.poll(entry).toMatchObject({
    callId,
    direction: 'incoming',
    number: '+442079460018',
    takenBy: bob.displayName,
    outcome: 'answered',
  });
});

test('leaves no call, port, transport or timer behind', async ({ bridge }) => {
  test.setTimeout(90_000);
  const reader = await HoldingsReader.create(bridge, operator);
  const nothing = { calls: 0, clientTransactions: 0, serverTransactions: 0, timers: 0 };
  await expect
    .poll(async () => (await reader.read()).own, { timeout: 60_000, intervals: [500] })
    .toMatchObject({ calls: 0, sip: nothing, media: { sessions: 0, routers: 0, transports: 0, gatewayPorts: 0 } });
});
