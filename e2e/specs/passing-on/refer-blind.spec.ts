import { expect } from '@playwright/test';
import { expectToHear } from '../../fixtures/expectToHear.ts';
import type { TappedScript } from '../../fixtures/gatewayPlans.ts';
import { alice, microphoneToneHz, tappedScript, telephone, withNetwork } from '../../fixtures/index.ts';
import { eventsOf, pastCall } from '../../fixtures/pastCall.ts';
import { RestClient } from '../../fixtures/RestClient.ts';
import type { Dialer } from '../../pages/index.ts';
import { referredScenarios } from '../../sip-peer/index.ts';

const colleagueNumber = '+12025550170';
const entry = (transfer: 'auto' | 'refer') => ({ entry: { inCall: { transfer } } });

const test = withNetwork({
  passesOn: tappedScript({ scenario: referredScenarios.succeeds, toneHz: 1000, ...entry('refer') }),
  passesOnUnasked: tappedScript({ scenario: referredScenarios.succeeds, toneHz: 1000 }),
  findsBusy: tappedScript({ scenario: referredScenarios.isBusy, toneHz: 1000, ...entry('auto') }),
  refuses405: tappedScript({ scenario: referredScenarios.refuses('405 Method Not Allowed'), toneHz: 1000 }),
  refuses603: tappedScript({ scenario: referredScenarios.refuses('603 Decline'), toneHz: 1000 }),
  colleague: telephone({
    ...{ transport: 'udp', codec: 'PCMU', answerMode: 'auto', toneHz: 1500 },
    number: colleagueNumber,
    entry: { inCall: { transfer: 'bridge' } },
  }),
});

const passedOnEvents = [
  'held',
  'transferRequested',
  'referRefused',
  'transferred',
  'transferFailed',
  'resumed',
] as const;

/** Talks with the gateway, heard both ways, and passes it on to the colleague. */
async function talkAndPassOn(dialer: Dialer, { number, peer }: { number: string; peer: TappedScript }): Promise<void> {
  await dialer.dial(number);
  await dialer.expectToHear(1000);
  await expectToHear({ hears: async () => peer.tap.telephoneHears() }, microphoneToneHz);
  await (await dialer.choosePassingOnTo(colleagueNumber)).now.click();
}

const passedOn = (dialer: Dialer) => dialer.page.getByRole('region', { name: 'Passed on' });

for (const name of ['passesOn', 'passesOnUnasked'] as const)
  test(`a gateway passes the call on (${name}): for the person it is over, and passed on`, async ({
    bridge,
    dialer,
    network,
  }) => {
    const { number, peer } = network[name];
    await talkAndPassOn(dialer, network[name]);
    const { text } = await peer.sipp.waitForRequest('REFER');
    expect(text).toMatch(/^Refer-To:\s*<sip:\+12025550170@127\.0\.0\.1:\d+[^?\n]*>$/m);
    expect(text).toMatch(/^Referred-By:\s*<sip:[^>]+@127\.0\.0\.1[^>]*>/m);
    await expect(passedOn(dialer)).toBeVisible();
    await dialer.expectIdle();
    await peer.sipp.waitForRequest('BYE');
    const notifies = (await peer.sipp.messages()).filter(
      ({ direction, method }) => direction === 'received' && method === 'NOTIFY',
    );
    expect(new Set(notifies.map(({ startLine }) => startLine))).toEqual(new Set(['SIP/2.0 200 OK']));
    expect(await peer.sipp.complaints()).toBe('');
    const call = await pastCall(await RestClient.signIn(bridge.url, alice), number);
    expect(call.entry).toMatchObject({ outcome: 'answered', transferredTo: colleagueNumber });
    expect(eventsOf(call, ...passedOnEvents)).toEqual(['held', 'transferRequested', 'transferred']);
    expect(call.events).toContainEqual(
      expect.objectContaining({ type: 'transferred', detail: { to: colleagueNumber, by: 'refer' } }),
    );
  });

test('the gateway finds the other one busy: the person keeps the call on hold, and takes it up again', async ({
  bridge,
  dialer,
  network,
}) => {
  const { number, peer } = network.findsBusy;
  await talkAndPassOn(dialer, network.findsBusy);
  const notice = dialer.page.getByRole('alert');
  await expect(notice).toContainText('Could not be passed on');
  await dialer.expectSilence();
  await notice.getByRole('button', { name: 'Resume' }).click();
  await dialer.expectToHear(1000);
  await expectToHear({ hears: async () => peer.tap.telephoneHears() }, microphoneToneHz);
  await dialer.hangUp.click();
  await peer.sipp.waitForRequest('BYE');
  await dialer.expectIdle();
  expect(await peer.sipp.complaints()).toBe('');
  const call = await pastCall(await RestClient.signIn(bridge.url, alice), number);
  expect(call.entry).toMatchObject({ outcome: 'answered' });
  expect(call.entry.transferredTo).toBeUndefined();
  expect(eventsOf(call, ...passedOnEvents)).toEqual(['held', 'transferRequested', 'transferFailed', 'resumed']);
  expect(call.events).toContainEqual(
    expect.objectContaining({
      type: 'transferFailed',
      detail: expect.objectContaining({ by: 'refer', sipStatus: 486 }),
    }),
  );
});

for (const [name, sipStatus] of [
  ['refuses405', 405],
  ['refuses603', 603],
] as const)
  test(`a gateway refuses to pass it on (${sipStatus}): we call the other one, and join the two`, async ({
    bridge,
    dialer,
    network,
  }) => {
    const { number, peer } = network[name];
    const { colleague } = network;
    const mark = colleague.peer.mark();
    await talkAndPassOn(dialer, network[name]);
    await peer.sipp.waitForRequest('REFER');
    await colleague.peer.waitForEstablished(mark);
    await expect(passedOn(dialer)).toBeVisible();
    await expectToHear(colleague.peer, 1000);
    await expectToHear({ hears: async () => peer.tap.telephoneHears() }, 1500);
    colleague.peer.hangUp();
    await peer.sipp.waitForRequest('BYE');
    await dialer.expectIdle();
    expect(await peer.sipp.complaints()).toBe('');
    const call = await pastCall(await RestClient.signIn(bridge.url, alice), number);
    expect(call.entry).toMatchObject({ outcome: 'answered', transferredTo: colleagueNumber });
    expect(eventsOf(call, ...passedOnEvents)).toEqual(['held', 'transferRequested', 'referRefused', 'transferred']);
    expect(call.events).toContainEqual(
      expect.objectContaining({ type: 'referRefused', detail: expect.objectContaining({ sipStatus }) }),
    );
  });
