import { expect } from '@playwright/test';
import { expectToHear } from '../../fixtures/expectToHear.ts';
import { microphoneToneHz, telephone, withNetwork } from '../../fixtures/index.ts';

const test = withNetwork({
  switchboard: telephone({ transport: 'udp', codec: 'PCMU', answerMode: 'auto', toneHz: 1000 }),
  colleague: telephone({ transport: 'udp', codec: 'PCMU', answerMode: 'auto', toneHz: 1500 }),
});

test('a telephone passes us on to another: the page goes on with that one', async ({
  dialer,
  network,
  bridgeSipPort,
}) => {
  const { switchboard, colleague } = network;
  const [mark, colleagueMark] = [switchboard.peer.mark(), colleague.peer.mark()];
  await dialer.dial(switchboard.number);
  await switchboard.peer.waitForEstablished(mark);
  await dialer.expectToHear(1000);
  switchboard.peer.refer(`sip:${colleague.number}@127.0.0.1:${bridgeSipPort}`);
  await colleague.peer.waitForEstablished(colleagueMark);
  await dialer.expectToHear(1500);
  await expect(dialer.page.getByRole('heading', { name: '(202) 555-0101' })).toBeVisible();
  await expectToHear(colleague.peer, microphoneToneHz);
  await switchboard.peer.waitForClosed(mark);
  await dialer.hangUp.click();
  await colleague.peer.waitForClosed(colleagueMark);
  await dialer.expectIdle();
});

test('a number that the person may not call is refused, and nobody is called', async ({
  dialer,
  network,
  bridgeSipPort,
}) => {
  const { switchboard } = network;
  const mark = switchboard.peer.mark();
  await dialer.dial(switchboard.number);
  await switchboard.peer.waitForEstablished(mark);
  await dialer.expectToHear(1000);
  switchboard.peer.refer(`sip:+442079460000@127.0.0.1:${bridgeSipPort}`);
  await expect.poll(() => switchboard.peer.log()).toContain('403');
  // A baresip whose REFER is refused hangs up (and says so only of calls of a second or more).
  await dialer.expectIdle();
});
