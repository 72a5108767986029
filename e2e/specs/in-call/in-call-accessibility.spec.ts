import { expect } from '@playwright/test';
import { expectAccessible } from '../../fixtures/expectAccessible.ts';
import { telephone, withNetwork } from '../../fixtures/index.ts';

const entry = { inCall: { transfer: 'bridge' } };
const test = withNetwork({
  anna: telephone({ transport: 'udp', codec: 'PCMU', answerMode: 'auto', toneHz: 1000, entry }),
  ben: telephone({ transport: 'tcp', codec: 'PCMU', answerMode: 'auto', toneHz: 1500, entry }),
});

const looks = [
  { colorScheme: 'light', width: 1280, height: 800 },
  { colorScheme: 'dark', width: 390, height: 844 },
] as const;

test('everything that a call can be and be asked for can be used by everybody', async ({ dialer, network }) => {
  test.setTimeout(180_000);
  const { page } = dialer;
  const { anna, ben } = network;
  const inspect = async (what: string) => {
    // Else the hint of the button below the pointer is there as well.
    await page.mouse.move(0, 0);
    for (const { colorScheme, width, height } of looks) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      await expectAccessible(page, `${what}, ${width} wide in the ${colorScheme}`);
    }
    await page.setViewportSize(looks[0]);
  };
  await dialer.dial(anna.number);
  await dialer.expectTalking();
  await inspect('a call');
  await dialer.openKeypad();
  await dialer.pressKey('1');
  await inspect('a call with its keypad');
  await dialer.keypad.click();
  await page.getByRole('button', { name: /^Connection: / }).click({ timeout: 30_000 });
  await inspect('the quality of a call');
  await page.keyboard.press('Escape');
  await dialer.hold.click();
  await expect(dialer.status).toHaveText('On hold');
  await inspect('a call on hold');
  await dialer.addCall.click();
  await inspect('the dial pad beside a call on hold');
  await dialer.dial(ben.number);
  await dialer.expectTalking();
  await inspect('two calls');
  ben.peer.hold();
  await expect(dialer.status).toHaveText('You are on hold');
  await inspect('a call that the other side holds');
  ben.peer.resume();
  const { dialog } = await dialer.choosePassingOnTo('+442079460999');
  await expect(dialog).toBeVisible();
  await inspect('whom a call is passed on to');
  await dialog.getByRole('button', { name: 'Pass on now' }).click();
  await expect(page.getByRole('alert')).toContainText('Could not be passed on');
  await inspect('a call that could not be passed on');
  await dialer.hangUp.click();
  await dialer.hangUp.click();
  await dialer.expectIdle();
});
