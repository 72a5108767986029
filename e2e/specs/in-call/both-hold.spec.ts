import { expect } from '@playwright/test';
import type { CallRecordDetail, CallRecordView } from '../../../shared/admin/index.ts';
import { microphoneToneHz, operator, tappedTelephone, withNetwork } from '../../fixtures/index.ts';
import { RestClient } from '../../fixtures/RestClient.ts';

const telephoneToneHz = 1000;
const test = withNetwork({ desk: tappedTelephone({ answerMode: 'auto', toneHz: telephoneToneHz }) });

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
  const expectBothWays = async () => {
    tap.forget();
    await dialer.expectToHear(telephoneToneHz);
    await expect
      .poll(() => Math.abs((tap.telephoneHears()?.frequencyHz ?? 0) - microphoneToneHz), { timeout: 15_000 })
      .toBeLessThan(20);
  };
  const mark = telephone.mark();
  await dialer.dial(network.desk.number);
  await telephone.waitForEstablished(mark);
  await expectBothWays();

  telephone.hold();
  await expect(dialer.status).toHaveText('You are on hold');
  await dialer.hold.click();
  await expect(dialer.status).toHaveText(/^On hold/);
  await expectEvents('heldByOther', 'held');
  telephone.resume();
  await expectEvents('heldByOther', 'held', 'resumedByOther');
  await dialer.expectSilence();
  await dialer.resume.click();
  await expectBothWays();

  await dialer.hold.click();
  await expect(dialer.status).toHaveText(/^On hold/);
  telephone.hold();
  await expectEvents('heldByOther', 'held', 'resumedByOther', 'resumed', 'held', 'heldByOther');
  await dialer.resume.click();
  await expect(dialer.status).toHaveText('You are on hold');
  await dialer.expectSilence();
  telephone.resume();
  await expect(dialer.status).toHaveText('Connected');
  await expectBothWays();
  await dialer.hangUp.click();
  await telephone.waitForClosed(mark);
});
