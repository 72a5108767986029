import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { IncomingReferral, IncomingSipCall, SipCall, SipPeer } from '../../port/index.ts';
import type { JsSipStack } from '../JsSipStack.ts';
import { BaresipPhone, HAS_BARESIP } from '../testing/BaresipPhone.ts';
import { makeRealStack } from '../testing/makeRealStack.ts';
import { ANSWER, OFFER } from '../testing/makeStack.ts';

let stack: JsSipStack;
let phone: BaresipPhone;
let gateway: SipPeer;

/** Where the stack itself is reached, so that whom a REFER names is called there. */
const home = () => `127.0.0.1:${stack.listeners.find(({ transport }) => transport === 'udp')?.port}`;

beforeEach(async (context) => {
  if (!HAS_BARESIP) context.skip();
  stack = await makeRealStack();
  phone = await BaresipPhone.start();
  const addresses = [{ host: '127.0.0.1', port: phone.port, transport: 'udp' as const }];
  gateway = { id: 'gw', addresses, domain: home(), incoming: { addresses: [] } };
  stack.setPeers([gateway]);
});

afterEach(async () => {
  await stack?.close();
  await phone?.close();
});

async function dial(): Promise<{ call: SipCall; offers: (string | null)[] }> {
  const offers: (string | null)[] = [];
  const call = stack.invite({
    ...{ callId: 'call', peer: gateway, calledNumber: 'gw', from: { user: '+12025550199' }, offer: OFFER },
    onRemoteOffer: async (offer) => {
      offers.push(offer);
      return ANSWER;
    },
  });
  await once(call, 'answered');
  return { call, offers };
}

/** The next call that comes in is answered. */
async function answerNext(): Promise<IncomingSipCall> {
  const [call] = (await once(stack.events, 'incomingCall')) as [IncomingSipCall];
  call.ring();
  call.answer(ANSWER, { onRemoteOffer: async () => ANSWER });
  await once(call, 'confirmed');
  return call;
}

describe.skipIf(!HAS_BARESIP)('with baresip (install Debian’s baresip-core where this is skipped)', () => {
  test('our re-INVITE holds it and lets it go on, and it holds us', async () => {
    const { call, offers } = await dial();
    expect(await call.reinvite(OFFER.replace('o=- 1 1', 'o=- 1 2').concat('a=sendonly\r\n'))).toContain('a=recvonly');
    expect(await call.reinvite(OFFER.replace('o=- 1 1', 'o=- 1 3').concat('a=sendrecv\r\n'))).toContain('a=sendrecv');
    phone.tell('hold');
    await expect.poll(() => offers.at(-1)).toMatch(/a=(sendonly|inactive)/);
    phone.tell('resume');
    await expect.poll(() => offers.at(-1)).toContain('a=sendrecv');
  });

  test('our REFER has it call whom we name, and it tells how that goes', async () => {
    const { call } = await dial();
    const called = answerNext();
    const referral = call.refer({ user: '+12025550123' });
    await once(referral, 'succeeded');
    expect((await called).calledUser).toBe('+12025550123');
  });

  test('our REFER to somebody who declines fails, with the status of that', async () => {
    const { call } = await dial();
    stack.events.once('incomingCall', (incoming) => incoming.reject({ status: 603 }));
    const [failure] = await once(call.refer({ user: '+12025550123' }), 'failed');
    expect(failure).toMatchObject({ status: 603 });
  });

  test('it refers us, hears by NOTIFY that it is done, and hangs up', async () => {
    const { call } = await dial();
    const referred = once(call, 'referred');
    phone.tell('transfer', `sip:+12025550123@${home()}`);
    const [referral] = (await referred) as [IncomingReferral];
    expect(referral.user).toBe('+12025550123');
    const ended = once(call, 'ended');
    referral.accept();
    referral.notify(200);
    expect((await ended)[0]).toMatchObject({ by: 'remote' });
  });
});
