import { expect } from '@playwright/test';
import { challenging, lossy, scripted, telephone, withNetwork } from '../../fixtures/index.ts';
import { scenarios, trunkCredentials } from '../../sip-peer/index.ts';

const test = withNetwork(
  {
    busy: scripted({ scenario: scenarios.busy }),
    declined: scripted({ scenario: scenarios.declined, transport: 'tcp' }),
    wrongNumber: scripted({ scenario: scenarios.wrongNumber }),
    ringing: scripted({ scenario: scenarios.ringing }),
    patient: scripted({ scenario: scenarios.ringing, transport: 'tcp' }),
    earlyMedia: scripted({ scenario: scenarios.earlyMedia, toneHz: 700 }),
    challenged: challenging({ scenario: scenarios.challenged, toneHz: 1300 }, trunkCredentials.password),
    challengedInVain: challenging({ scenario: scenarios.challenged }, 'not the password'),
    lossy: lossy({ scenario: scenarios.answered, toneHz: 1100 }),
    lossyBusy: lossy({ scenario: scenarios.busy }),
    manual: telephone({ transport: 'udp', codec: 'opus', answerMode: 'manual', toneHz: 900 }),
  },
  // Longer than the early media's announcement.
  { calls: { ringTimeoutMs: 7000 } },
);

test.describe('a call that is not answered', () => {
  test('tells that the line is busy', async ({ dialer, network }) => {
    await dialer.dial(network.busy.number);
    await expect(dialer.status).toContainText(/busy/i);
    await network.busy.peer.waitForRequest('ACK');
    await dialer.expectIdle();
  });

  test('tells that it was declined', async ({ dialer, network }) => {
    await dialer.dial(network.declined.number);
    await expect(dialer.status).toContainText(/declined/i);
    await network.declined.peer.waitForRequest('ACK');
    await dialer.expectIdle();
  });

  test('tells that there is no such number', async ({ dialer, network }) => {
    await dialer.dial(network.wrongNumber.number);
    await expect(dialer.status).toContainText('This number is not in service');
    await network.wrongNumber.peer.waitForRequest('ACK');
    await dialer.expectIdle();
  });

  test('rings, and ends by the bridge’s own timer with a CANCEL when nobody answers', async ({ dialer, network }) => {
    await dialer.dial(network.ringing.number);
    await expect(dialer.status).toContainText(/ringing/i);
    await expect(dialer.status).toContainText(/no answer|not answer|nobody answered/i);
    await network.ringing.peer.waitForRequest('CANCEL');
    await dialer.expectIdle();
  });

  test('is cancelled at the gateway when the caller hangs up while it rings', async ({ dialer, network }) => {
    await dialer.dial(network.patient.number);
    await expect(dialer.status).toContainText(/ringing/i);
    await dialer.hangUp.click();
    await network.patient.peer.waitForRequest('CANCEL');
    await network.patient.peer.waitForRequest('ACK');
    await dialer.expectIdle();
    expect(await network.patient.peer.complaints()).toBe('');
  });

  test('is refused in plain words where no rule allows the number', async ({ dialer }) => {
    await dialer.dial('+44 20 7946 0018');
    await expect(dialer.status).toContainText('Your account may not call');
    await dialer.expectIdle();
  });

  test('is refused in plain words where the number is none', async ({ dialer }) => {
    await dialer.dial('12');
    await expect(dialer.status).toContainText('is not a complete phone number');
    await dialer.expectIdle();
  });
});

test('early media is heard before the answer, and goes on after it', async ({ dialer, network }) => {
  const { number, peer } = network.earlyMedia;
  await dialer.dial(number);
  await dialer.expectToHear(700);
  const sent = (await peer.messages()).filter(({ direction }) => direction === 'sent');
  expect(sent.map(({ startLine }) => startLine)).toContain('SIP/2.0 183 Session Progress');
  expect(sent.map(({ startLine, method }) => `${startLine} ${method}`)).not.toContain('SIP/2.0 200 OK INVITE');
  await peer.waitForRequest('ACK');
  await dialer.expectToHear(700);
  await dialer.hangUp.click();
  await peer.waitForRequest('BYE');
  await dialer.expectIdle();
});

test('a telephone that is answered by hand rings first', async ({ dialer, network }) => {
  const { number, peer } = network.manual;
  const mark = peer.mark();
  await dialer.dial(number);
  await expect(dialer.status).toContainText(/ringing/i);
  peer.answer();
  await peer.waitForEstablished(mark);
  await dialer.expectToHear(900);
  await dialer.hangUp.click();
  await peer.waitForClosed(mark);
});

test.describe('a gateway that wants to know who calls', () => {
  test('is answered with the gateway’s user name and password', async ({ dialer, network }) => {
    const { number, peer } = network.challenged;
    await dialer.dial(number);
    await dialer.expectToHear(1300);
    await dialer.hangUp.click();
    await peer.waitForRequest('BYE');
    expect(await peer.complaints()).toBe('');
  });

  test('refuses a wrong password, and the caller is told', async ({ dialer, network }) => {
    const { number, peer } = network.challengedInVain;
    await dialer.dial(number);
    await peer.waitForMessage(
      'a refusal',
      ({ direction, startLine }) => direction === 'sent' && / (401|403) /.test(startLine),
    );
    await dialer.expectIdle();
    await expect(dialer.status).toContainText(/network|declined|failed|cannot/i);
  });
});

test.describe('a network that loses the first copy of everything', () => {
  test('costs a call time and nothing else', async ({ dialer, network }) => {
    const { number, peer } = network.lossy;
    await dialer.dial(number);
    await dialer.expectToHear(1100);
    await peer.sipp.waitForRequest('ACK');
    await dialer.hangUp.click();
    await peer.sipp.waitForRequest('BYE');
    await expect.poll(() => peer.link.lost).toEqual(['INVITE', '200 INVITE', 'ACK', 'BYE', '200 BYE']);
    const answersToBye = async () =>
      (await peer.sipp.messages()).filter(({ direction, method }) => direction === 'sent' && method === 'BYE').length;
    await expect.poll(answersToBye).toBeGreaterThanOrEqual(2);
    expect(await peer.sipp.complaints()).toBe('');
    await dialer.expectIdle();
  });

  test('brings a busy signal late', async ({ dialer, network }) => {
    const { number, peer } = network.lossyBusy;
    await dialer.dial(number);
    await expect(dialer.status).toContainText(/busy/i);
    await peer.sipp.waitForRequest('ACK');
    expect(peer.link.lost).toEqual(['INVITE', '486 INVITE', 'ACK']);
    expect(await peer.sipp.complaints()).toBe('');
  });
});
