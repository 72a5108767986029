import { randomBytes } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Logger, systemClock } from '../../../observability/index.ts';
import type { InviteFailure, SipCall, SipPeer, SipTransport } from '../../port/index.ts';
import { createJsSipStack } from '../createJsSipStack.ts';
import type { JsSipStack } from '../JsSipStack.ts';
import { OFFER, peerAt } from '../testing/makeStack.ts';
import { HAS_SIPP, OK_TO_BYE, recv, Sipp, send } from '../testing/Sipp.ts';

const LOGGER: Logger = { debug() {}, info() {}, warn() {}, error() {}, child: () => LOGGER };
const CREDENTIALS = { userName: 'trunk', password: 'secret' };

let stack: JsSipStack;
let sipp: Sipp;

beforeEach(async () => {
  stack = await createJsSipStack(
    { clock: systemClock, logger: LOGGER, randomBytes, lookup },
    {
      listen: [
        { transport: 'udp', host: '127.0.0.1', port: 0 },
        { transport: 'tcp', host: '127.0.0.1', port: 0 },
      ],
      userAgent: 'Dialbridge',
    },
  );
});

afterEach(async () => {
  await stack.close();
  await sipp.close();
});

function dial(transport: SipTransport, credentials?: SipPeer['credentials']): SipCall {
  return stack.invite({
    callId: 'call',
    peer: { ...peerAt({ host: '127.0.0.1', port: sipp.port, transport }), ...(credentials ? { credentials } : {}) },
    calledNumber: '+12025550100',
    from: { user: '+12025550199' },
    offer: OFFER,
    onRemoteOffer: async () => OFFER,
  });
}

const failureOf = async (call: SipCall) => (await once(call, 'failed'))[0] as InviteFailure;

describe.skipIf(!HAS_SIPP)('against SIPp (install Debian’s sip-tester where this is skipped)', () => {
  test.each(['udp', 'tcp'] as const)('180, 183 with SDP, 200, BYE by us over %s', async (transport) => {
    sipp = await Sipp.start({
      transport,
      steps: [
        recv('INVITE'),
        send('180 Ringing'),
        send('183 Session Progress', { sdp: true }),
        send('200 OK', { sdp: true, retrans: true }),
        recv('ACK'),
        recv('BYE'),
        OK_TO_BYE,
      ],
    });
    const call = dial(transport);
    const seen: string[] = [];
    call.on('progress', ({ status, sdp }) => seen.push(`${status}${sdp === null ? '' : ' sdp'}`));
    await once(call, 'answered');
    expect(seen).toEqual(['180', '183 sdp']);
    call.bye();
    expect((await once(call, 'ended'))[0]).toEqual({ by: 'local', status: 200 });
    await sipp.succeeded();
  });

  test('a BYE by SIPp', async () => {
    const bye = `<send retrans="500"><![CDATA[
      BYE [next_url] SIP/2.0
      Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
      From: <sip:gw@[local_ip]>;tag=sipp[call_number]
      [$3]
      Call-ID: [call_id]
      CSeq: 1 BYE
      Max-Forwards: 70
      Content-Length: 0

    ]]></send>`;
    const keepFrom =
      '<ereg regexp=".*" search_in="hdr" header="From:" assign_to="2"/><assignstr assign_to="3" value="To:[$2]"/>';
    sipp = await Sipp.start({
      transport: 'udp',
      steps: [
        recv('INVITE', { action: keepFrom }).replace('<recv ', '<recv rrs="true" '),
        send('200 OK', { sdp: true, retrans: true }),
        recv('ACK'),
        bye,
        '<recv response="200"/>',
      ],
    });
    const call = dial('udp');
    const ended = once(call, 'ended');
    await once(call, 'answered');
    expect((await ended)[0]).toEqual({ by: 'remote' });
    await sipp.succeeded();
  });

  test.each(['udp', 'tcp'] as const)('486 over %s', async (transport) => {
    sipp = await Sipp.start({
      transport,
      steps: [recv('INVITE'), send('486 Busy Here', { retrans: true }), recv('ACK')],
    });
    expect(await failureOf(dial(transport))).toEqual({ kind: 'response', status: 486, reason: 'Busy Here' });
    await sipp.succeeded();
  });

  test('CANCEL while it rings', async () => {
    sipp = await Sipp.start({
      transport: 'udp',
      steps: [
        recv('INVITE', { action: '<ereg regexp="[0-9]+" search_in="hdr" header="CSeq:" assign_to="1"/>' }),
        send('180 Ringing'),
        recv('CANCEL'),
        OK_TO_BYE,
        `<send retrans="500"><![CDATA[
      SIP/2.0 487 Request Terminated
      [last_Via:]
      [last_From:]
      [last_To:];tag=sipp[call_number]
      [last_Call-ID:]
      CSeq: [$1] INVITE
      Content-Length: 0

    ]]></send>`,
        recv('ACK'),
      ],
    });
    const call = dial('udp');
    await once(call, 'progress');
    const failed = failureOf(call);
    call.cancel();
    expect(await failed).toEqual({ kind: 'cancelled' });
    await sipp.succeeded();
  });

  test.each(['udp', 'tcp'] as const)('a digest challenge, checked by SIPp, over %s', async (transport) => {
    const check = '<verifyauth assign_to="1" username="trunk" password="secret"/>';
    sipp = await Sipp.start({
      transport,
      steps: [
        recv('INVITE'),
        send('401 Unauthorized', {
          headers: 'WWW-Authenticate: Digest realm="gw", nonce="abc123", algorithm=MD5, qop="auth"',
        }),
        recv('ACK'),
        recv('INVITE', { action: check }),
        '<nop test="1" next="good"/>',
        send('403 Forbidden', { retrans: true }),
        recv('ACK'),
        '<nop next="end"/>',
        '<label id="good"/>',
        send('200 OK', { sdp: true, retrans: true }),
        recv('ACK'),
        recv('BYE'),
        OK_TO_BYE,
        '<label id="end"/>',
      ],
    });
    const call = dial(transport, CREDENTIALS);
    await once(call, 'answered');
    call.bye();
    await once(call, 'ended');
    await sipp.succeeded();
  });

  test('after fifty calls nothing is left, once the real timers have run out', async () => {
    sipp = await Sipp.start({
      transport: 'udp',
      calls: 50,
      steps: [recv('INVITE'), send('200 OK', { sdp: true, retrans: true }), recv('ACK'), recv('BYE'), OK_TO_BYE],
    });
    for (let index = 0; index < 50; index += 1) {
      const call = dial('udp');
      const ended = once(call, 'ended');
      await once(call, 'answered');
      call.bye();
      await ended;
    }
    await expect.poll(() => stack.holdings().timers, { timeout: 40_000, interval: 250 }).toBe(0);
    expect(stack.holdings()).toMatchObject({ calls: 0, clientTransactions: 0, serverTransactions: 0 });
    await expect
      .poll(() => stack.heldByJsSip(), { timeout: 5000, interval: 100 })
      .toEqual({ sessions: 0, dialogs: 0, transactions: 0 });
  });
});
