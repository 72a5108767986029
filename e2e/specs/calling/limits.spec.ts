import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { historyPageSchema } from '../../../shared/protocol/index.ts';
import { browserOffer } from '../../fixtures/browserOffer.ts';
import { alice, scripted, telephone, withNetwork } from '../../fixtures/index.ts';
import { openSession, ProtocolClient } from '../../fixtures/ProtocolClient.ts';
import { Dialer, SignInPage } from '../../pages/index.ts';
import { type Sipp, scenarios } from '../../sip-peer/index.ts';

const numbers = {
  short: '+12025550181',
  alone: '+12025550182',
  crowd: '+12025550183',
  minutes: '+12025550184',
} as const;

const allow = (id: keyof typeof numbers, limits: object) => ({
  id,
  action: 'allow',
  to: { prefix: numbers[id] },
  limits,
});

const test = withNetwork(
  {
    short: scripted({ scenario: scenarios.answered, toneHz: 800, number: numbers.short }),
    alone: telephone({ transport: 'udp', codec: 'PCMU', answerMode: 'auto', toneHz: 1000, number: numbers.alone }),
    crowd: scripted({ scenario: scenarios.answered, number: numbers.crowd }),
    minutes: scripted({ scenario: scenarios.answered, toneHz: 1200, number: numbers.minutes }),
    rescue: scripted({ scenario: scenarios.answered, toneHz: 1400 }),
  },
  {
    seed: {
      rules: [
        allow('short', { maxDurationMs: 6000 }),
        allow('alone', { callsAtOnce: 1 }),
        allow('crowd', { callsAtOnce: 3 }),
        allow('minutes', { minutesPerDay: 0.1 }),
      ],
      brands: [
        {
          id: 'careful',
          name: 'Careful',
          hostNames: ['localhost'],
          emergency: { mode: 'route', gatewayIds: ['rescue'] },
        },
      ],
    },
  },
);

const warning = (page: Page) => page.getByRole('timer', { name: 'End of the call' });

/** How long the last call to this number was talked in, as its record says. */
async function talkedMs(url: string, number: string): Promise<number> {
  const { accessToken } = await openSession(url, alice);
  const response = await fetch(new URL('/api/v1/history', url), {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  const { entries } = historyPageSchema.parse(await response.json());
  const entry = entries.find((each) => each.number === number && each.answeredAtMs !== null);
  return (entry?.endedAtMs ?? Number.NaN) - (entry?.answeredAtMs ?? Number.NaN);
}

/** Calls that arrived, however often their INVITEs were repeated. */
async function invited(peer: Sipp): Promise<string[]> {
  const invites = (await peer.messages()).filter(({ startLine }) => startLine.startsWith('INVITE '));
  return [...new Set(invites.map(({ text }) => /^Call-ID:\s*(\S+)/im.exec(text)?.[1] ?? ''))];
}

test('a call is warned of its longest duration and ended then, with the reason, to the millisecond', async ({
  bridge,
  dialer,
  network,
  page,
}) => {
  const { number, peer } = network.short;
  await dialer.dial(number);
  await dialer.expectTalking();
  await expect(warning(page)).toContainText(/This call ends in 0:0[0-3]/);
  await expect(warning(page)).toContainText('Then the longest time for one call is reached.');
  await peer.waitForRequest('BYE');
  await expect(dialer.status).toContainText('The longest time for one call was reached.');
  await dialer.expectIdle();
  await expect(page.getByRole('region', { name: 'Call ended' })).toContainText('You talked for 0:06.');
  await expect.poll(() => talkedMs(bridge.url, number)).toBe(6000);
  expect(await peer.complaints()).toBe('');
});

test('a second page of the same person has to wait until the first call has ended', async ({
  bridge,
  dialer,
  network,
  page,
}) => {
  const { number, peer } = network.alone;
  const mark = peer.mark();
  await dialer.dial(number);
  await dialer.expectTalking();
  const secondPage = await page.context().newPage();
  await secondPage.goto(bridge.url);
  const second = new Dialer(secondPage);
  await second.dial(number);
  await expect(second.status).toContainText('There are as many calls at once as are allowed.');
  await expect(secondPage.getByRole('heading', { name: 'Not possible right now' })).toBeVisible();
  await second.expectIdle();
  await dialer.hangUp.click();
  await peer.waitForClosed(mark);
  await dialer.expectIdle();
  await second.phoneNumber.fill('');
  await second.dial(number);
  await second.expectTalking();
  await second.hangUp.click();
  await second.expectIdle();
});

test('of ten dials at the same instant as many go out as are allowed', async ({ bridge, network }) => {
  const { number, peer } = network.crowd;
  const session = await openSession(bridge.url, alice);
  const clients = await Promise.all(Array.from({ length: 10 }, () => ProtocolClient.join(session)));
  try {
    const calls = clients.map((client) => ({ client, callId: randomUUID() }));
    const answers = await Promise.all(
      calls.map(({ client, callId }) =>
        client.request('call:dial', { callId, destination: number, offer: browserOffer() }),
      ),
    );
    const made = calls.filter((_, index) => answers[index]?.ok);
    expect(made).toHaveLength(3);
    const refusals = answers.filter((answer) => !answer.ok).map((answer) => !answer.ok && answer.error.code);
    expect(refusals).toEqual(Array(7).fill('callsAtOnceReached'));
    await Promise.all(
      made.map(({ client, callId }) => client.waitForStatus(callId, ({ state }) => state === 'established')),
    );
    expect(await invited(peer)).toHaveLength(3);
    await Promise.all(made.map(({ client, callId }) => client.request('call:hangUp', { callId })));
    await Promise.all(made.map(({ client, callId }) => client.waitForStatus(callId, ({ state }) => state === 'ended')));
    // Their places are free again.
    const [again] = clients;
    const callId = randomUUID();
    const answer = await again?.request('call:dial', { callId, destination: number, offer: browserOffer() });
    expect(answer?.ok).toBe(true);
    await again?.request('call:hangUp', { callId });
  } finally {
    for (const client of clients) client.close();
  }
});

test('the call that uses up the minutes of a day is ended then, and no other goes out', async ({
  bridge,
  dialer,
  network,
  page,
}) => {
  const { number, peer } = network.minutes;
  await dialer.dial(number);
  await dialer.expectTalking();
  await expect(warning(page)).toContainText('Then the calling time for today is used up.');
  await peer.waitForRequest('BYE');
  await expect(dialer.status).toContainText('The calling time for today is used up.');
  await dialer.expectIdle();
  await expect.poll(() => talkedMs(bridge.url, number)).toBe(6000);
  await dialer.phoneNumber.fill('');
  await dialer.dial(number);
  await expect(page.getByRole('heading', { name: 'Not possible right now' })).toBeVisible();
  await expect(page.getByText(/^Try again /)).toBeVisible();
  await dialer.expectIdle();
  expect(await invited(peer)).toHaveLength(1);
});

test('an emergency number is refused with its sentence under a brand that refuses them', async ({
  dialer,
  network,
}) => {
  await dialer.dial('911');
  await expect(dialer.status).toContainText('Emergency numbers cannot be called from here. Use a telephone.');
  await dialer.expectIdle();
  for (const { peer } of [network.short, network.crowd, network.minutes, network.rescue])
    expect((await peer.messages()).filter(({ startLine }) => startLine.startsWith('INVITE sip:911@'))).toEqual([]);
});

test('an emergency number goes to the named gateway under a brand that routes them, without any rule for it', async ({
  bridge,
  browser,
  network,
}) => {
  const { peer } = network.rescue;
  const context = await browser.newContext({ permissions: ['microphone'], locale: 'en-US' });
  const page = await context.newPage();
  await page.goto(bridge.url.replace('127.0.0.1', 'localhost'));
  await new SignInPage(page).signIn(alice);
  const dialer = new Dialer(page);
  await dialer.dial('911');
  await dialer.expectToHear(1400);
  const { startLine } = await peer.waitForRequest('INVITE');
  expect(startLine).toMatch(/^INVITE sip:911@127\.0\.0\.1:/);
  await dialer.hangUp.click();
  await peer.waitForRequest('BYE');
  await dialer.expectIdle();
  expect(await peer.complaints()).toBe('');
  await context.close();
});
