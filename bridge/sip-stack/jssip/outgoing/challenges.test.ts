import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseParams, type SipRequest } from '../../message/index.ts';
import { expectNothingHeld } from '../testing/establishedCall.ts';
import { ANSWER, answer, type Bench, makeStack } from '../testing/makeStack.ts';

let bench: Bench;

beforeEach(async () => {
  bench = await makeStack('udp');
});

afterEach(async () => {
  await bench.close();
});

describe('digest', () => {
  const credentials = { userName: 'trunk', password: 'secret' };
  const hex = (algorithm: string, text: string) => createHash(algorithm).update(text).digest('hex');

  function expectRightAnswer(request: SipRequest, header: string, hash: string): void {
    const value = request.headers.get(header) ?? '';
    const params = parseParams(value.replace(/^Digest /, '').replaceAll(', ', ';'));
    const get = (name: string) => params?.get(name)?.replaceAll('"', '') ?? '';
    const secret = hex(hash, `trunk:${get('realm')}:secret`);
    const what = hex(hash, `${request.method}:${request.uri}`);
    const middle = get('qop') === '' ? get('nonce') : `${get('nonce')}:${get('nc')}:${get('cnonce')}:${get('qop')}`;
    expect(get('uri')).toBe(request.uri);
    expect(get('response')).toBe(hex(hash, `${secret}:${middle}:${what}`));
  }

  test.each([
    [401, 'md5', ['Digest realm="gw", nonce="n1"']],
    [401, 'md5', ['Digest realm="gw", nonce="n1", algorithm=MD5, qop="auth-int,auth", opaque="o"']],
    [
      407,
      'sha256',
      [
        'Digest realm="gw", nonce="n1", algorithm=MD5, qop="auth"',
        'Digest realm="gw", nonce="n2", algorithm=SHA-256, qop="auth"',
      ],
    ],
    [
      401,
      'sha512-256',
      [
        'Digest realm="gw,x", nonce="n2", algorithm=SHA-512-256, qop="auth"',
        'Digest realm="gw,x", nonce="n1", algorithm=MD5',
      ],
    ],
  ] as const)('a %i is answered with %s', async (status, hash, challenges) => {
    const { saw, call } = bench.dial({ peer: { ...bench.gateway, credentials } });
    const { request, reply } = await bench.peer.request('INVITE');
    const name = status === 401 ? 'WWW-Authenticate' : 'Proxy-Authenticate';
    reply(answer(bench.peer, request, { status, headers: challenges.map((text) => [name, text]) }));
    const { request: again, reply: replyAgain } = await bench.peer.request('INVITE', 2);
    const header = status === 401 ? 'Authorization' : 'Proxy-Authorization';
    if (hash !== 'sha512-256') expectRightAnswer(again, header, hash);
    else expect(again.headers.get(header)).toContain('algorithm=SHA-512-256');
    expect(Number(again.headers.get('CSeq')?.split(' ')[0])).toBe(
      Number(request.headers.get('CSeq')?.split(' ')[0]) + 1,
    );
    expect(again.headers.get('Call-ID')).toBe(request.headers.get('Call-ID'));
    replyAgain(answer(bench.peer, again, { status: 200, sdp: ANSWER }));
    const { request: ack } = await bench.peer.request('ACK', 2);
    expect(ack.headers.get(header)).toBe(again.headers.get(header));
    await saw('answered');
    call.bye();
    const { request: bye, reply: replyBye } = await bench.peer.request('BYE');
    if (hash !== 'sha512-256') expectRightAnswer(bye, header, hash);
    replyBye(answer(bench.peer, bye, { status: 200 }));
    await saw('ended');
    expectNothingHeld(bench);
  });

  test('a proxy and a gateway that both ask are both answered', async () => {
    const { saw } = bench.dial({ peer: { ...bench.gateway, credentials } });
    const first = await bench.peer.request('INVITE');
    const proxy: [string, string][] = [['Proxy-Authenticate', 'Digest realm="p", nonce="1", qop="auth"']];
    first.reply(answer(bench.peer, first.request, { status: 407, headers: proxy }));
    const second = await bench.peer.request('INVITE', 2);
    const server: [string, string][] = [['WWW-Authenticate', 'Digest realm="g", nonce="2", qop="auth"']];
    second.reply(answer(bench.peer, second.request, { status: 401, headers: server }));
    const third = await bench.peer.request('INVITE', 3);
    expectRightAnswer(third.request, 'Proxy-Authorization', 'md5');
    expectRightAnswer(third.request, 'Authorization', 'md5');
    third.reply(answer(bench.peer, third.request, { status: 200, sdp: ANSWER }));
    await saw('answered');
  });

  test('a wrong password is a refusal, not a game without end; neither is a challenge without credentials', async () => {
    const challenge: [string, string][] = [['WWW-Authenticate', 'Digest realm="gw", nonce="1", qop="auth"']];
    const refused = bench.dial({ peer: { ...bench.gateway, credentials } });
    bench.peer.onMessage = (message, reply) => {
      if (message.kind === 'request' && message.method === 'INVITE') {
        reply(answer(bench.peer, message, { status: 401, headers: challenge }));
      }
    };
    await refused.saw('failed {"kind":"response","status":401');
    expect(bench.peer.requests('INVITE')).toHaveLength(2);
    await bench.dial().saw('failed {"kind":"response","status":401');
    expect(bench.peer.requests('INVITE')).toHaveLength(3);
    expectNothingHeld(bench);
  });

  test('a nonce that grew old during the call is answered anew for the BYE', async () => {
    const { saw, call } = bench.dial({ peer: { ...bench.gateway, credentials } });
    const first = await bench.peer.request('INVITE');
    const ask = (nonce: string): [string, string][] => [
      ['WWW-Authenticate', `Digest realm="g", nonce="${nonce}", qop="auth"`],
    ];
    first.reply(answer(bench.peer, first.request, { status: 401, headers: ask('old') }));
    const second = await bench.peer.request('INVITE', 2);
    second.reply(answer(bench.peer, second.request, { status: 200, sdp: ANSWER }));
    await saw('answered');
    call.bye();
    const bye = await bench.peer.request('BYE');
    bye.reply(answer(bench.peer, bye.request, { status: 401, headers: ask('new') }));
    const again = await bench.peer.request('BYE', 2);
    expectRightAnswer(again.request, 'Authorization', 'md5');
    expect(again.request.headers.get('Authorization')).toContain('nonce="new"');
    again.reply(answer(bench.peer, again.request, { status: 200 }));
    await saw('ended {"by":"local","status":200}');
    expectNothingHeld(bench);
  });
});
