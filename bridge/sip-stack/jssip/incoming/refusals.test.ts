import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Caller } from '../testing/Caller.ts';
import { ANSWER, type Bench, makeStack, OFFER } from '../testing/makeStack.ts';

let bench: Bench;
let caller: Caller;

beforeEach(async () => {
  bench = await makeStack('udp');
  caller = new Caller(bench);
});

afterEach(async () => {
  await bench.close();
});

describe('an INVITE is refused', () => {
  test.each([
    ['that requires what we don’t know', { headers: ['Require: 100rel, timer, x'] }, 420, 'Unsupported', 'x'],
    ['with a body of another kind', { body: '<a/>', bodyType: 'text/xml' }, 415, 'Accept', 'application/sdp'],
    ['with a packed body', { headers: ['Content-Encoding: gzip'] }, 415, 'Accept-Encoding', 'identity'],
    ['without Contact', { contact: null }, 400, 'Server', 'Dialbridge'],
    ['with two Contacts', { contact: '<sip:a@192.0.2.1>, <sip:b@192.0.2.1>' }, 400, 'Server', 'Dialbridge'],
    ['that has gone too far', { headers: [] }, 483, 'Server', 'Dialbridge'],
  ])('%s', async (_what, parts, status, header, value) => {
    const text = caller.invite(parts);
    caller.send(status === 483 ? text.replace('Max-Forwards: 70', 'Max-Forwards: 0') : text);
    const response = await caller.response(status);
    if (header !== 'Server') expect(response.headers.get(header)).toContain(value);
    expect(caller.calls).toHaveLength(0);
  });

  test('that came by another way too: 482 to the copy, and the call goes on', async () => {
    const { call } = await caller.call({ branch: 'z9hG4bKone' });
    caller.send(caller.invite({ branch: 'z9hG4bKtwo' }));
    await caller.response(482);
    expect(caller.calls).toHaveLength(1);
    call.answer(ANSWER, { onRemoteOffer: async () => ANSWER });
    await caller.response(200);
  });
});

describe('an INVITE is taken', () => {
  test.each([
    ['with one hop left', { headers: [] }],
    ['with a second INVITE under the same Call-ID, once the first was refused', { callId: 'call-in' }],
    [
      'whose body need not be read',
      { body: '<a/>', bodyType: 'text/xml', headers: ['Content-Disposition: x;handling=optional'] },
    ],
    ['with its offer inside of a multipart', { body: multipart(OFFER), bodyType: 'multipart/mixed;boundary=b' }],
    ['of a telephone address', { uri: 'tel:+12025550199', from: '<tel:+12025550100>', to: '<tel:+12025550199>' }],
    ['of nobody in particular', { uri: 'sip:127.0.0.1' }],
    ['whose branch is of RFC 2543', { branch: '1' }],
  ])('%s', async (_what, parts) => {
    const first = await caller.call();
    first.call.reject({ status: 503 });
    await caller.response(503);
    const second = await caller.call({ ...parts, cseq: 8 });
    second.call.reject({ status: 486 });
    await caller.response(486);
  });

  test('at the address of two gateways as the one whose domain is called', async () => {
    const incoming = { addresses: ['127.0.0.0/8'] };
    const far = { host: '192.0.2.1', port: 5060, transport: 'udp' } as const;
    const credentials = { userName: 'trunk3', password: 'x' };
    bench.stack.setPeers([
      { id: 'c', addresses: [far], domain: 'c.example', incoming, credentials },
      { id: 'b', addresses: [far], domain: 'b.example', incoming },
      { id: 'a', addresses: [far], domain: 'a.example', incoming },
      { id: '0', addresses: [far], domain: '0.example' },
    ]);
    const uris = ['sip:1@b.example', 'sip:1@B.EXAMPLE:5060', 'sip:trunk3@127.0.0.1', 'sip:1@127.0.0.1', 'tel:+1202'];
    for (const [index, uri] of uris.entries()) await caller.call({ uri, callId: `c${index}` });
    expect(caller.calls.map(({ call }) => call.peerId)).toEqual(['b', 'b', 'c', 'a', 'a']);
    for (const { call } of caller.calls) call.reject({ status: 486 });
  });

  test('when it is a call of our own that a proxy sends back to us', async () => {
    const { call, saw } = bench.dial();
    const { request } = await bench.peer.request('INVITE');
    const back = await caller.call({ callId: request.headers.get('Call-ID') ?? '' });
    back.call.reject({ status: 482 });
    await caller.response(482);
    expect(bench.stack.holdings().calls).toBe(1);
    call.cancel();
    await saw('failed');
  });
});

function multipart(sdp: string): string {
  return `--b\r\nContent-Type: application/isup\r\n\r\nx\r\n--b\r\nContent-Type: application/sdp\r\n\r\n${sdp}\r\n--b--\r\n`;
}
