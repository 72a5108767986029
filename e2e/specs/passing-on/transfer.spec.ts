import { expect } from '@playwright/test';
import { expectToHear } from '../../fixtures/expectToHear.ts';
import type { TappedPeer } from '../../fixtures/gatewayPlans.ts';
import { alice, tappedTelephone, telephone, withNetwork } from '../../fixtures/index.ts';
import { ProtocolClient } from '../../fixtures/ProtocolClient.ts';
import type { Baresip } from '../../sip-peer/index.ts';

const bridged = { entry: { inCall: { transfer: 'bridge' } } };
const pcmu = { transport: 'udp', codec: 'PCMU' } as const;

const test = withNetwork({
  customer: tappedTelephone({ ...bridged, answerMode: 'auto', toneHz: 1000 }),
  colleague: telephone({ ...pcmu, ...bridged, answerMode: 'auto', toneHz: 1500 }),
  busy: telephone({ ...pcmu, ...bridged, answerMode: 'manual', toneHz: 2000 }),
});

test.describe('passing a call on', () => {
  let client: ProtocolClient;

  test.beforeEach(async ({ bridge }) => {
    client = await ProtocolClient.signIn(bridge.url, alice);
  });
  test.afterEach(() => client.close());

  const talkTo = async ({ number, peer }: { number: string; peer: Baresip }) => {
    const mark = peer.mark();
    const callId = await client.dial(number);
    await peer.waitForEstablished(mark);
    await client.waitForStatus(callId, ({ state }) => state === 'established');
    return { callId, mark };
  };
  const transfer = async (callId: string, to: object) => {
    expect(await client.request('call:transfer', { callId, to })).toMatchObject({ ok: true });
  };
  /** The customer's own recording ends with the first re-INVITE: what it hears is heard on the way. */
  const expectToTalk = async ({ tap }: TappedPeer, colleague: Baresip) => {
    await expectToHear(colleague, 1000);
    await expectToHear({ hears: async () => tap.telephoneHears() }, 1500);
  };

  test('blind, by us: the two telephones hear each other, and one’s hanging up ends both', async ({ network }) => {
    const { customer, colleague } = network;
    const { callId, mark } = await talkTo({ ...customer, peer: customer.peer.telephone });
    const colleagueMark = colleague.peer.mark();
    await transfer(callId, { destination: colleague.number });
    const { end } = await client.waitForStatus(callId, ({ state }) => state === 'ended');
    expect(end).toMatchObject({ outcome: 'answered', transferredTo: colleague.number });
    await colleague.peer.waitForEstablished(colleagueMark);
    await expectToTalk(customer.peer, colleague.peer);
    client.close();
    await expectToTalk(customer.peer, colleague.peer);
    colleague.peer.hangUp();
    await customer.peer.telephone.waitForClosed(mark);
  });

  test('attended, by us: the call on hold and the second one are joined', async ({ network }) => {
    const { customer, colleague } = network;
    const first = await talkTo({ ...customer, peer: customer.peer.telephone });
    expect(await client.request('call:hold', { callId: first.callId })).toMatchObject({ ok: true });
    const second = await talkTo(colleague);
    await transfer(first.callId, { callId: second.callId });
    for (const [{ callId }, to] of [
      [first, colleague.number],
      [second, customer.number],
    ] as const) {
      const { end } = await client.waitForStatus(callId, ({ state }) => state === 'ended');
      expect(end).toMatchObject({ outcome: 'answered', transferredTo: to });
    }
    await expectToTalk(customer.peer, colleague.peer);
    customer.peer.telephone.hangUp();
    await colleague.peer.waitForClosed(second.mark);
  });

  test('to somebody who hangs up instead: the person keeps the call, on hold', async ({ network }) => {
    const { customer, busy } = network;
    const { callId, mark } = await talkTo({ ...customer, peer: customer.peer.telephone });
    const busyMark = busy.peer.mark();
    await transfer(callId, { destination: busy.number });
    await busy.peer.waitForIncomingCall(busyMark);
    await client.waitForStatus(callId, ({ transfer: state }) => state?.state === 'ringing');
    busy.peer.hangUp();
    const status = await client.waitForStatus(callId, ({ transfer: state }) => state?.state === 'failed');
    expect(status).toMatchObject({ state: 'established', isOnHold: true });
    await client.hangUp(callId);
    await customer.peer.telephone.waitForClosed(mark);
  });
});
