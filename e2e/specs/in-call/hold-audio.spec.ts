import { expect } from '@playwright/test';
import { microphoneToneHz, tappedTelephone, withNetwork } from '../../fixtures/index.ts';
import type { HeardTone } from '../../sip-peer/audio/index.ts';

const test = withNetwork({ desk: tappedTelephone({ answerMode: 'auto', toneHz: 1000 }) });

const isTone = (heard: HeardTone | null, frequencyHz: number) =>
  heard !== null && heard.purity > 0.5 && Math.abs(heard.frequencyHz - frequencyHz) < 20;

test('a telephone hears the person, music while it is on hold, and the person again', async ({ dialer, network }) => {
  const { number, peer } = network.desk;
  const { telephone, tap } = peer;
  const mark = telephone.mark();
  const expectToHear = (frequencyHz: number) =>
    expect.poll(() => isTone(tap.telephoneHears(), frequencyHz), { timeout: 15_000 }).toBe(true);
  await dialer.dial(number);
  await telephone.waitForEstablished(mark);
  await dialer.expectToHear(1000);
  await expectToHear(microphoneToneHz);

  const hold = dialer.page.getByRole('button', { name: 'Hold', exact: true });
  await hold.click();
  await expect.poll(() => dialer.hears()).toBeNull();
  // Notes of the melody: several tones one after another, none of them the microphone's.
  tap.forget();
  const notes = new Set<number>();
  await expect
    .poll(
      () => {
        const heard = tap.telephoneHears();
        if (heard !== null) notes.add(Math.round(heard.frequencyHz / 20));
        return notes.size;
      },
      { timeout: 20_000 },
    )
    .toBeGreaterThan(2);
  expect(notes).not.toContain(microphoneToneHz / 20);

  await hold.click();
  await dialer.expectToHear(1000);
  await expectToHear(microphoneToneHz);
  await dialer.hangUp.click();
  await telephone.waitForClosed(mark);
  await dialer.expectIdle();
});
