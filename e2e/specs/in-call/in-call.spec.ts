import { expect } from '@playwright/test';
import { microphoneToneHz, tappedScript, withNetwork } from '../../fixtures/index.ts';
import type { HeardTone } from '../../sip-peer/audio/index.ts';
import { changes, changesInCall } from '../../sip-peer/index.ts';

const gatewayToneHz = 1000;

const test = withNetwork({
  desk: tappedScript({
    scenario: changesInCall,
    toneHz: gatewayToneHz,
    entry: { dtmf: 'info', codecs: ['PCMU', 'PCMA'] },
  }),
});

const isTone = (heard: HeardTone | null, frequencyHz: number) =>
  heard !== null && heard.purity > 0.5 && Math.abs(heard.frequencyHz - frequencyHz) < 20;

test('both sides hear each other after whatever the gateway changes in the call', async ({ dialer, network }) => {
  test.setTimeout(150_000);
  const { number, peer } = network.desk;
  const { tap } = peer;
  const expectBothWays = async (after: string) => {
    tap.forget();
    await dialer.expectToHear(gatewayToneHz);
    await expect
      .poll(() => isTone(tap.telephoneHears(), microphoneToneHz), {
        message: `is heard after ${after}`,
        timeout: 15_000,
      })
      .toBe(true);
  };
  await dialer.dial(number);
  await dialer.expectTalking();
  await expectBothWays('the answer');
  await dialer.openKeypad();
  const held = dialer.page.getByText('has put you on hold').first();
  for (const [index, { name, isHeld, isMoved }] of changes.entries()) {
    await test.step(name, async () => {
      if (isMoved) await tap.moveAudio();
      await dialer.pressKey('123456789*0#'.charAt(index));
      if (isHeld) {
        await expect(held).toBeVisible();
        tap.forget();
        // Half a second of it: nothing goes to a gateway that wants nothing.
        await expect.poll(() => tap.telephoneSays() !== null).toBe(true);
        expect(tap.telephoneHears(), `after ${name}`).toBeNull();
      } else {
        await expect(held).toBeHidden();
        await expectBothWays(name);
      }
    });
  }
  await dialer.hangUp.click();
  await peer.sipp.waitForRequest('BYE');
  await dialer.expectIdle();
});
