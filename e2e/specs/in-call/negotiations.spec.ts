import { expect } from '@playwright/test';
import { microphoneToneHz, tappedScript, withNetwork } from '../../fixtures/index.ts';
import type { Dialer } from '../../pages/index.ts';
import { type MediaTap, negotiations } from '../../sip-peer/index.ts';

const gatewayToneHz = 1000;
const asked = { inCall: { sessionExpiresSeconds: 90 } };

const test = withNetwork({
  wantsRefresh: tappedScript({ scenario: negotiations.wantsRefresh, toneHz: gatewayToneHz, entry: asked }),
  refreshes: tappedScript({ scenario: negotiations.refreshes, toneHz: gatewayToneHz, entry: asked }),
  glare: tappedScript({ scenario: negotiations.glare, toneHz: gatewayToneHz }),
  answersNoReinvite: tappedScript({ scenario: negotiations.answersNoReinvite, toneHz: gatewayToneHz }),
});

async function expectBothWays(dialer: Dialer, tap: MediaTap): Promise<void> {
  await dialer.expectToHear(gatewayToneHz);
  tap.forget();
  await expect
    .poll(() => Math.abs((tap.telephoneHears()?.frequencyHz ?? 0) - microphoneToneHz), { timeout: 15_000 })
    .toBeLessThan(20);
}

test('a session that the bridge refreshes goes on with the same sound', async ({ dialer, network }) => {
  const { sipp, tap } = network.wantsRefresh.peer;
  await dialer.dial(network.wantsRefresh.number);
  await expectBothWays(dialer, tap);
  await expect.poll(() => sipp.invites(), { timeout: 20_000 }).toHaveLength(2);
  await expectBothWays(dialer, tap);
  await expect(dialer.status).toHaveText('Connected');
  await dialer.hangUp.click();
  await sipp.waitForRequest('BYE');
  const [first, refresh] = (await sipp.messages()).filter(({ startLine }) => startLine.startsWith('INVITE '));
  expect(first?.text).toMatch(/^Session-Expires: 90$/m);
  expect(refresh?.text).toMatch(/^Session-Expires: \d+;refresher=uac$/m);
  expect(await sipp.complaints()).toBe('');
});

test('a session that the gateway refreshes goes on with the same sound', async ({ dialer, network }) => {
  const { sipp, tap } = network.refreshes.peer;
  await dialer.dial(network.refreshes.number);
  await expectBothWays(dialer, tap);
  const agreed = await sipp.waitForMessage(
    'the refresh to be confirmed',
    ({ direction, startLine, text }) =>
      direction === 'received' && startLine.startsWith('SIP/2.0 200') && /^CSeq: 1 INVITE/m.test(text),
  );
  expect(agreed.text).toMatch(/^Session-Expires: 90;refresher=uac$/m);
  await expectBothWays(dialer, tap);
  await dialer.hangUp.click();
  await sipp.waitForRequest('BYE');
  expect(await sipp.complaints()).toBe('');
});

test('a hold that meets a change by the gateway comes after it, and both hear each other again', async ({
  dialer,
  network,
}) => {
  const { sipp, tap } = network.glare.peer;
  await dialer.dial(network.glare.number);
  await expectBothWays(dialer, tap);
  await dialer.hold.click();
  await expect(dialer.status).toHaveText(/^On hold/);
  // The first, refused, and the one that is agreed to.
  await expect.poll(() => sipp.invites(), { timeout: 15_000 }).toHaveLength(3);
  await dialer.expectSilence();
  await dialer.resume.click();
  await expectBothWays(dialer, tap);
  await expect.poll(() => sipp.invites()).toHaveLength(4);
  await dialer.hangUp.click();
  await sipp.waitForRequest('BYE');
  expect(await sipp.complaints()).toBe('');
});

test('a hold that is never answered ends a call that the gateway knows no more, and the person is told', async ({
  dialer,
  network,
}) => {
  test.setTimeout(90_000);
  const { sipp, tap } = network.answersNoReinvite.peer;
  await dialer.dial(network.answersNoReinvite.number);
  await expectBothWays(dialer, tap);
  await dialer.hold.click();
  await expect(dialer.status).toHaveText(/^On hold/);
  await expect(dialer.status).toHaveText('The connection to the other side was lost.', { timeout: 45_000 });
  await dialer.expectIdle();
  expect((await sipp.invites()).length).toBe(2);
});
