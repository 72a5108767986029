import { expect } from '@playwright/test';
import type { CallRecordDetail, CallRecordView } from '../../../shared/admin/index.ts';
import { microphoneToneHz, operator, tappedTelephone, withNetwork } from '../../fixtures/index.ts';
import { RestClient } from '../../fixtures/RestClient.ts';
import type { Dialer } from '../../pages/index.ts';
import type { HeardTone } from '../../sip-peer/audio/index.ts';
import type { MediaTap } from '../../sip-peer/index.ts';

const telephoneToneHz = 1000;
const test = withNetwork({ desk: tappedTelephone({ answerMode: 'auto', toneHz: telephoneToneHz }) });

const isTone = (heard: HeardTone | null, frequencyHz: number) =>
  heard !== null && heard.purity > 0.5 && Math.abs(heard.frequencyHz - frequencyHz) < 20;

async function expectBothWays(dialer: Dialer, tap: MediaTap): Promise<void> {
  await dialer.expectToHear(telephoneToneHz);
  tap.forget();
  await expect.poll(() => isTone(tap.telephoneHears(), microphoneToneHz), { timeout: 15_000 }).toBe(true);
}

/** Notes of a melody: several tones one after another, none of them the microphone's. */
async function expectMusic(tap: MediaTap): Promise<void> {
  tap.forget();
  const notes = new Set<number>();
  const listen = () => {
    const heard = tap.telephoneHears();
    if (heard !== null) notes.add(Math.round(heard.frequencyHz / 20));
    return notes.size;
  };
  await expect.poll(listen, { timeout: 20_000 }).toBeGreaterThan(2);
  expect(notes).not.toContain(microphoneToneHz / 20);
}

test('a telephone hears the person, music while it is on hold, and the person again', async ({ dialer, network }) => {
  const { telephone, tap } = network.desk.peer;
  const mark = telephone.mark();
  await dialer.dial(network.desk.number);
  await telephone.waitForEstablished(mark);
  await expectBothWays(dialer, tap);

  await dialer.hold.click();
  await expect.poll(() => dialer.hears()).toBeNull();
  await expectMusic(tap);

  await dialer.resume.click();
  await expectBothWays(dialer, tap);
  await dialer.hangUp.click();
  await telephone.waitForClosed(mark);
  await dialer.expectIdle();
});

test('digits reach a telephone that holds the call, by INFO; while the person holds it there is no keypad', async ({
  dialer,
  network,
}) => {
  const { telephone, tap } = network.desk.peer;
  const mark = telephone.mark();
  const expectDigits = async (typed: string, all: { asEvents: string; asInfo: string }) => {
    await dialer.page.keyboard.type(typed);
    await expect.poll(() => telephone.digits(mark)).toEqual(all);
  };
  await dialer.dial(network.desk.number);
  await telephone.waitForEstablished(mark);
  await expectBothWays(dialer, tap);
  await expectDigits('12', { asEvents: '12', asInfo: '' });

  telephone.hold();
  await expect(dialer.status).toHaveText('You are on hold');
  await expectDigits('34', { asEvents: '12', asInfo: '34' });
  telephone.resume();
  await expect(dialer.status).toHaveText('Connected');
  await expectDigits('5', { asEvents: '125', asInfo: '34' });
  await expectBothWays(dialer, tap);

  await dialer.hold.click();
  await expect(dialer.status).toHaveText(/^On hold/);
  await expect(dialer.page.getByRole('button', { name: 'Keypad' })).toBeDisabled();
  await dialer.page.keyboard.type('6');
  await expectMusic(tap);
  await dialer.resume.click();
  await expectBothWays(dialer, tap);
  // They arrive in order: what was typed before would have come before.
  await expectDigits('7', { asEvents: '1257', asInfo: '34' });
  await dialer.hangUp.click();
  await telephone.waitForClosed(mark);
});

test('both sides hold the call at once, and hear each other when both have taken it up, in either order', async ({
  bridge,
  dialer,
  network,
}) => {
  const { telephone, tap } = network.desk.peer;
  const rest = await RestClient.signIn(bridge.url, operator);
  /** What happened so far in holding. */
  const events = async (): Promise<readonly string[]> => {
    const { items } = (await rest.get('/admin/calls?limit=1')).body as { items: readonly CallRecordView[] };
    const detail = (await rest.get(`/admin/calls/${items[0]?.callId}`)).body as CallRecordDetail;
    return detail.events.map(({ type }) => type).filter((type) => /^(held|resumed)/.test(type));
  };
  const expectEvents = (...wanted: string[]) => expect.poll(events).toEqual(wanted);
  const mark = telephone.mark();
  await dialer.dial(network.desk.number);
  await telephone.waitForEstablished(mark);
  await expectBothWays(dialer, tap);

  telephone.hold();
  await expect(dialer.status).toHaveText('You are on hold');
  await dialer.hold.click();
  await expect(dialer.status).toHaveText(/^On hold/);
  await expectEvents('heldByOther', 'held');
  telephone.resume();
  await expectEvents('heldByOther', 'held', 'resumedByOther');
  await dialer.expectSilence();
  await dialer.resume.click();
  await expectBothWays(dialer, tap);

  await dialer.hold.click();
  await expect(dialer.status).toHaveText(/^On hold/);
  telephone.hold();
  await expectEvents('heldByOther', 'held', 'resumedByOther', 'resumed', 'held', 'heldByOther');
  await dialer.resume.click();
  await expect(dialer.status).toHaveText('You are on hold');
  await dialer.expectSilence();
  telephone.resume();
  await expect(dialer.status).toHaveText('Connected');
  await expectBothWays(dialer, tap);
  await dialer.hangUp.click();
  await telephone.waitForClosed(mark);
});
