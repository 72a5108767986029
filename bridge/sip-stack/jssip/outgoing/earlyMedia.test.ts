import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nextRequest } from '../testing/callsBothWays.ts';
import { drained } from '../testing/drained.ts';
import { expectNothingHeld, inDialog, sendToStack } from '../testing/establishedCall.ts';
import { ANSWER, answer, type Bench, makeStack, OFFER } from '../testing/makeStack.ts';

let bench: Bench;

beforeEach(async () => {
  bench = await makeStack('udp');
  bench.stack.setPeers([{ ...bench.gateway, incoming: { addresses: [] } }]);
});

afterEach(async () => {
  await bench.close();
});

const sdpOf = (port: number) => ANSWER.replace('5000', String(port));
const reliable = (sequence: number): [string, string][] => [
  ['Require', '100rel'],
  ['RSeq', String(sequence)],
];

describe('a gateway that rings several telephones', () => {
  test('lets the early media of each be heard, and the one that answers without SDP is taken by its own', async () => {
    const { call, saw } = bench.dial();
    const heard: (string | null)[] = [];
    call.on('progress', ({ sdp }) => heard.push(sdp));
    const { request, reply } = await bench.peer.request('INVITE');
    reply(answer(bench.peer, request, { status: 183, sdp: sdpOf(6001), toTag: 'one' }));
    reply(answer(bench.peer, request, { status: 183, sdp: sdpOf(6002), toTag: 'two' }));
    reply(answer(bench.peer, request, { status: 180, toTag: 'three' }));
    reply(answer(bench.peer, request, { status: 200, toTag: 'one' }));
    await saw(`answered with ${sdpOf(6001)}`);
    expect(heard).toEqual([sdpOf(6001), sdpOf(6002), null]);
    expect(call.dialogId?.remoteTag).toBe('one');
    expect((await nextRequest(bench.peer, 'ACK')).request.headers.get('To')).toContain('tag=one');
  });

  test('has reliable answers of each acknowledged in its own dialog, and the BYE of the one that answers counts on', async () => {
    const { call, saw } = bench.dial();
    const { request, reply } = await bench.peer.request('INVITE');
    const cseq = Number(request.headers.get('CSeq')?.split(' ')[0]);
    for (const [index, toTag] of ['one', 'two'].entries()) {
      reply(answer(bench.peer, request, { status: 183, sdp: sdpOf(6001 + index), toTag, headers: reliable(5) }));
      const { request: prack, respond } = await nextRequest(bench.peer, 'PRACK', index + 1);
      expect(prack.headers.get('To')).toContain(`tag=${toTag}`);
      expect(prack.headers.get('CSeq')).toBe(`${cseq + 1} PRACK`);
      respond(200);
    }
    reply(answer(bench.peer, request, { status: 200, toTag: 'two' }));
    await saw(`answered with ${sdpOf(6002)}`);
    call.bye();
    expect((await nextRequest(bench.peer, 'BYE')).request.headers.get('CSeq')).toBe(`${cseq + 2} BYE`);
  });

  test('of which two answer at once: the later is ended, by a number that follows its own PRACK', async () => {
    const { saw, events } = bench.dial();
    const { request, reply } = await bench.peer.request('INVITE');
    const cseq = Number(request.headers.get('CSeq')?.split(' ')[0]);
    reply(answer(bench.peer, request, { status: 183, sdp: sdpOf(6002), toTag: 'two', headers: reliable(5) }));
    (await nextRequest(bench.peer, 'PRACK')).respond(200);
    reply(answer(bench.peer, request, { status: 200, sdp: ANSWER, toTag: 'one' }));
    await saw('answered');
    reply(answer(bench.peer, request, { status: 200, toTag: 'two' }));
    const { request: bye, respond } = await nextRequest(bench.peer, 'BYE');
    expect(bye.headers.get('To')).toContain('tag=two');
    expect(bye.headers.get('CSeq')).toBe(`${cseq + 2} BYE`);
    respond(200);
    await drained(bench);
    expect(events.filter((event) => event.startsWith('ended') || event.startsWith('failed'))).toEqual([]);
  });

  test('of which one answers when all was over long ago is ended all the same', async () => {
    const { call, saw } = bench.dial();
    const { request, reply } = await bench.peer.request('INVITE');
    reply(answer(bench.peer, request, { status: 200, sdp: ANSWER, toTag: 'one' }));
    await saw('answered');
    call.bye();
    (await nextRequest(bench.peer, 'BYE')).respond(200);
    await saw('ended');
    reply(answer(bench.peer, request, { status: 200, sdp: ANSWER, toTag: 'late' }));
    const { request: bye, respond } = await nextRequest(bench.peer, 'BYE', 2);
    expect(bye.headers.get('To')).toContain('tag=late');
    expect(bench.peer.requests('ACK')).toHaveLength(2);
    respond(200);
    await drained(bench);
    expectNothingHeld(bench);
  });
});

test('requests of telephones that ring are numbered by each', async () => {
  const { saw } = bench.dial();
  const { request, reply } = await bench.peer.request('INVITE');
  for (const toTag of ['one', 'two']) reply(answer(bench.peer, request, { status: 180, toTag }));
  await saw('progress');
  for (const [index, [tag, cseq]] of (
    [
      ['one', 5000],
      ['two', 1],
      ['one', 4999],
    ] as const
  ).entries()) {
    sendToStack(bench, inDialog(bench, request, 'OPTIONS', cseq).replace(';tag=far', `;tag=${tag}`));
    await bench.peer.until(() => bench.peer.responses().length === index + 1);
  }
  expect(bench.peer.responses().map(({ status }) => status)).toEqual([200, 200, 500]);
});

test('an UPDATE that changes early media is answered by the owner, and a 200 without SDP means what it said', async () => {
  const offers: (string | null)[] = [];
  const { saw } = bench.dial({
    onRemoteOffer: async (offer) => {
      offers.push(offer);
      return OFFER;
    },
  });
  const { request, reply } = await bench.peer.request('INVITE');
  reply(answer(bench.peer, request, { status: 183, sdp: sdpOf(6001), headers: reliable(1) }));
  (await nextRequest(bench.peer, 'PRACK')).respond(200);
  sendToStack(bench, inDialog(bench, request, 'UPDATE', 1, [], sdpOf(7001)));
  await bench.peer.until(() => bench.peer.responses(200).length === 1);
  expect(bench.peer.responses(200)[0]?.body).toBe(OFFER);
  expect(offers).toEqual([sdpOf(7001)]);
  reply(answer(bench.peer, request, { status: 200 }));
  await saw(`answered with ${sdpOf(7001)}`);
});
