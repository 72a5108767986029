import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RawPeer } from '../../transport/testing/RawPeer.ts';
import { established, expectNothingHeld, inDialog, sendToStack } from '../testing/establishedCall.ts';
import { ANSWER, answer, type Bench, makeStack } from '../testing/makeStack.ts';

let bench: Bench;

beforeEach(async () => {
  bench = await makeStack('udp');
});

afterEach(async () => {
  await bench.close();
});

describe('the gateway inside a call', () => {
  test('re-INVITE: answered by the owner, its 200 repeated until the ACK, the new Contact used', async () => {
    const offers: (string | null)[] = [];
    const dialled = bench.dial({
      onRemoteOffer: async (offer) => {
        offers.push(offer);
        return ANSWER.replace('5000', '7000');
      },
    });
    const { request: invite, reply } = await bench.peer.request('INVITE');
    reply(answer(bench.peer, invite, { status: 200, sdp: ANSWER }));
    await dialled.saw('answered');
    const targets: (string | undefined)[] = [];
    dialled.call.on('retargeted', () => targets.push(dialled.call.snapshot()?.remoteTarget));
    const moved = await RawPeer.udp();
    const reinvite = inDialog(bench, invite, 'INVITE', 5, [], ANSWER).replace(
      /Contact: .*/,
      `Contact: <sip:gw@127.0.0.1:${moved.port}>`,
    );
    sendToStack(bench, reinvite);
    await bench.peer.until(() => bench.peer.responses(200).length === 1);
    bench.clock.advance(500);
    await bench.peer.until(() => bench.peer.responses(200).length === 2);
    expect(bench.peer.responses(200)[0]?.body).toContain('7000');
    expect(bench.peer.responses(200)[0]?.headers.get('Contact')).toBe(invite.headers.get('Contact'));
    expect(offers).toEqual([ANSWER]);
    expect(targets).toEqual([`sip:gw@127.0.0.1:${moved.port}`]);
    sendToStack(bench, inDialog(bench, invite, 'ACK', 5));
    sendToStack(bench, inDialog(bench, invite, 'OPTIONS', 6));
    await bench.peer.until(() => bench.peer.responses(200).length === 3);
    dialled.call.bye();
    const { request: bye, reply: replyBye } = await moved.request('BYE');
    replyBye(answer(moved, bye, { status: 200 }));
    await dialled.saw('ended');
    await moved.close();
    expectNothingHeld(bench);
  });

  test('re-INVITE without SDP: our offer in the 200, their answer in the ACK', async () => {
    let taken = '';
    const dialled = bench.dial({
      onRemoteOffer: async (offer) => (offer === null ? ANSWER.replace('5000', '7002') : ANSWER),
      onRemoteAnswer: (sdp) => {
        taken = sdp;
      },
    });
    const { request: invite, reply } = await bench.peer.request('INVITE');
    reply(answer(bench.peer, invite, { status: 200, sdp: ANSWER }));
    await dialled.saw('answered');
    sendToStack(bench, inDialog(bench, invite, 'INVITE', 5));
    await bench.peer.until(() => bench.peer.responses(200).length === 1);
    expect(bench.peer.responses(200)[0]?.body).toContain('7002');
    sendToStack(bench, inDialog(bench, invite, 'ACK', 5, [], ANSWER));
    sendToStack(bench, inDialog(bench, invite, 'OPTIONS', 6));
    await bench.peer.until(() => bench.peer.responses(200).length === 2);
    expect(taken).toBe(ANSWER);
  });

  test.each([ANSWER, ''])(
    'an offer that the owner refuses is answered 488 and the call goes on (body %#)',
    async (body) => {
      const dialled = bench.dial({ onRemoteOffer: () => Promise.reject(new Error('no')) });
      const { request: invite, reply } = await bench.peer.request('INVITE');
      reply(answer(bench.peer, invite, { status: 200, sdp: ANSWER }));
      await dialled.saw('answered');
      sendToStack(bench, inDialog(bench, invite, 'INVITE', 5, [], body));
      await bench.peer.until(() => bench.peer.responses(488).length === 1);
      expect(dialled.events).toEqual(['sent', 'answered']);
      expect(bench.stack.holdings().calls).toBe(1);
    },
  );

  test('UPDATE, OPTIONS, INFO are answered 200, unknown ones by their rule, without touching the call', async () => {
    const { invite, events } = await established(bench);
    const cases: [method: string, more: [string, string][], body: string, status: number][] = [
      ['UPDATE', [], ANSWER, 200],
      ['UPDATE', [], '', 200],
      ['OPTIONS', [], '', 200],
      ['INFO', [['Content-Type', 'application/dtmf-relay']], '', 200],
      ['REFER', [['Refer-To', '<sip:x@y>']], '', 403],
      ['MESSAGE', [], '', 405],
      ['NOTIFY', [], '', 489],
      ['INVITE', [['Require', 'timer, x-new']], ANSWER, 420],
    ];
    for (const [index, [method, more, body, status]] of cases.entries()) {
      sendToStack(bench, inDialog(bench, invite, method, 10 + index, more, body));
      await bench.peer.until(() => bench.peer.responses().length === index + 1);
      expect([method, bench.peer.responses()[index]?.status]).toEqual([method, status]);
    }
    expect(bench.peer.responses(420)[0]?.headers.get('Unsupported')).toBe('x-new');
    expect(events).toEqual(['sent', 'answered']);
  });

  test('keys by INFO are told, and what else an INFO says is not', async () => {
    const { call, invite } = await established(bench);
    const pressed: string[] = [];
    call.on('digitsPressed', (digits) => pressed.push(digits));
    const infos: [type: string, body: string][] = [
      ['application/dtmf-relay', 'Signal=5\r\nDuration=160\r\n'],
      ['application/dtmf', '*'],
      ['text/plain', '7'],
    ];
    for (const [index, [type, body]] of infos.entries()) {
      sendToStack(bench, inDialog(bench, invite, 'INFO', 10 + index, [['Content-Type', type]], body));
      await bench.peer.until(() => bench.peer.responses(200).length === index + 1);
    }
    expect(pressed).toEqual(['5', '*']);
  });

  test('UPDATE before the answer waits its turn (491), one without an offer is well', async () => {
    const { saw } = bench.dial();
    const { request: invite, reply } = await bench.peer.request('INVITE');
    reply(answer(bench.peer, invite, { status: 180 }));
    await saw('progress');
    sendToStack(bench, inDialog(bench, invite, 'UPDATE', 1, [], ANSWER));
    await bench.peer.until(() => bench.peer.responses(491).length === 1);
    sendToStack(bench, inDialog(bench, invite, 'UPDATE', 2));
    await bench.peer.until(() => bench.peer.responses(200).length === 1);
  });

  test('a request with our Call-ID and a wrong tag is none of the call', async () => {
    const { invite, events } = await established(bench);
    sendToStack(bench, inDialog(bench, invite, 'BYE', 3).replace(/To: .*/, 'To: <sip:x@127.0.0.1>;tag=guessed'));
    await bench.peer.until(() => bench.peer.responses(481).length === 1);
    expect(events).toEqual(['sent', 'answered']);
  });
});
