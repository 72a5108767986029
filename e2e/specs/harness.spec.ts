import { expect, test } from '@playwright/test';
import { expectToHear } from '../fixtures/expectToHear.ts';
import { browserTest } from '../fixtures/index.ts';
import { Baresip, LossyLink, Sipp, scenarios } from '../sip-peer/index.ts';

/** Two programs that we did not write call each other: what the other specs measure with can be believed. */
test.describe('the telephones of these tests', () => {
  for (const codec of ['PCMU', 'opus', 'G722'] as const) {
    test(`hear each other's tone with ${codec}`, async () => {
      const caller = await Baresip.start({ numbers: ['caller'], codec, answerMode: 'auto', toneHz: 440 });
      const called = await Baresip.start({ numbers: ['called'], codec, answerMode: 'auto', toneHz: 1000 });
      try {
        caller.dial(`sip:called@127.0.0.1:${called.port}`);
        await called.waitForEstablished();
        await expectToHear(caller, 1000);
        await expectToHear(called, 440);
        caller.press('5');
        await expect.poll(() => called.digits()).toEqual({ asEvents: '5', asInfo: '' });
        caller.hangUp();
        await called.waitForClosed();
      } finally {
        await Promise.all([caller.close(), called.close()]);
      }
    });
  }

  test('lose the first copy of every message and are called all the same', async () => {
    const sipp = await Sipp.start({ scenario: scenarios.answered });
    const link = await LossyLink.create({ port: 0, gatewayPort: sipp.port });
    const caller = await Baresip.start({ numbers: ['caller'], codec: 'PCMU', answerMode: 'auto', toneHz: 440 });
    try {
      caller.dial(`sip:called@127.0.0.1:${link.port}`);
      await caller.waitForEstablished();
      expect(link.lost).toEqual(['INVITE', '200 INVITE']);
    } finally {
      await Promise.all([caller.close(), sipp.close()]);
      link.close();
    }
  });
});

browserTest.describe('the tab that tests use one after another', () => {
  for (const turn of ['first', 'next']) {
    browserTest(
      `has nothing of another test for the ${turn} one, and keeps what that one leaves over a reload`,
      async ({ page }) => {
        await page.route('http://tab.test/', (route) =>
          route.fulfill({ contentType: 'text/html', body: '<p>A page</p>' }),
        );
        const found = () =>
          page.evaluate(() => [sessionStorage.getItem('left'), localStorage.getItem('left'), document.cookie]);
        await page.goto('http://tab.test/');
        expect(await found()).toEqual([null, null, '']);
        await page.evaluate(() => {
          sessionStorage.setItem('left', 'here');
          localStorage.setItem('left', 'here');
          // biome-ignore lint/suspicious/noDocumentCookie: that is what is left.
          document.cookie = 'left=here';
        });
        await page.reload();
        expect(await found()).toEqual(['here', 'here', 'left=here']);
      },
    );
  }
});
