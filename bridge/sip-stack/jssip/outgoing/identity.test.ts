import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SipRequest } from '../../message/index.ts';
import type { OutgoingInvite, SipIdentity, SipPeer } from '../../port/index.ts';
import { ANSWER, answer, type Bench, makeStack } from '../testing/makeStack.ts';

let bench: Bench;

beforeEach(async () => {
  bench = await makeStack('udp');
});

afterEach(async () => {
  await bench.close();
});

const IDENTITY: SipIdentity = {
  header: 'P-Asserted-Identity',
  user: '+4930123',
  displayName: 'Head Office',
  isPrivate: false,
};

async function inviteOf(more: Partial<OutgoingInvite>, peer: Partial<SipPeer> = {}): Promise<SipRequest> {
  bench.dial({ ...more, peer: { ...bench.gateway, domain: 'carrier.example:5070', ...peer } });
  return (await bench.peer.request('INVITE')).request;
}

describe('who calls', () => {
  test('is at the domain of the gateway in request URI, To and From, of which only the first has a port', async () => {
    const { uri, headers } = await inviteOf({});
    expect(uri).toBe('sip:+12025550100@carrier.example:5070');
    expect(headers.get('To')).toBe('<sip:+12025550100@carrier.example>');
    expect(headers.get('From')).toMatch(/^"Alice" <sip:\+12025550199@carrier\.example>;tag=\w+$/);
    for (const name of ['P-Asserted-Identity', 'P-Preferred-Identity', 'Remote-Party-ID', 'Privacy']) {
      expect(headers.has(name)).toBe(false);
    }
  });

  test('is written rightly for a domain that is an IPv6 address', async () => {
    const { headers } = await inviteOf({}, { domain: '[2001:db8::1]:5070' });
    expect(headers.get('To')).toBe('<sip:+12025550100@[2001:db8::1]>');
    expect(headers.get('From')).toContain('<sip:+12025550199@[2001:db8::1]>');
  });

  test.each(['P-Asserted-Identity', 'P-Preferred-Identity'] as const)('stands in %s', async (header) => {
    const { headers } = await inviteOf({ identity: { ...IDENTITY, header } });
    expect(headers.all(header)).toEqual(['"Head Office" <sip:+4930123@carrier.example>']);
    expect(headers.has('Privacy')).toBe(false);
  });

  test.each([
    [false, 'off'],
    [true, 'full'],
  ])('stands in Remote-Party-ID; private: %s', async (isPrivate, privacy) => {
    const { headers } = await inviteOf({ identity: { ...IDENTITY, header: 'Remote-Party-ID', isPrivate } });
    expect(headers.all('Remote-Party-ID')).toEqual([
      `"Head Office" <sip:+4930123@carrier.example>;party=calling;screen=yes;privacy=${privacy}`,
    ]);
  });

  test('who isn’t to be shown is anonymous to the called, and known to the network alone', async () => {
    const { headers } = await inviteOf({ identity: { ...IDENTITY, isPrivate: true } });
    expect(headers.get('From')).toMatch(/^"Anonymous" <sip:anonymous@anonymous\.invalid>;tag=\w+$/);
    expect(headers.get('Privacy')).toBe('id');
    expect(headers.get('P-Asserted-Identity')).toContain('+4930123');
  });

  test('who isn’t to be shown to the network either leaves no number at all', async () => {
    const { headers } = await inviteOf({ identity: { ...IDENTITY, header: null, isPrivate: true } });
    expect([...headers].map(({ value }) => value).join('\n')).not.toMatch(/4930123|2025550199/);
    expect(headers.get('Privacy')).toBe('id');
  });

  test('a hostile identity stays one name', async () => {
    const { headers } = await inviteOf({
      identity: { ...IDENTITY, user: 'a@evil.example>;x', displayName: 'A"\r\nRoute: <sip:evil.example>' },
    });
    expect(headers.all('P-Asserted-Identity')).toHaveLength(1);
    expect(headers.has('Route')).toBe(false);
    expect(headers.get('P-Asserted-Identity')).toContain('<sip:a%40evil.example%3E;x@carrier.example>');
  });
});

describe('the hops of a call', () => {
  test.each([
    [undefined, '70'],
    [12, '12'],
  ])('are, where %s are left, told as %s', async (maxForwards, told) => {
    bench.dial(maxForwards === undefined ? {} : { maxForwards });
    const { request } = await bench.peer.request('INVITE');
    expect(request.headers.get('Max-Forwards')).toBe(told);
  });
});

describe('an outbound proxy', () => {
  test.each([
    ['udp', ''],
    ['tcp', ';transport=tcp'],
  ] as const)('is the first Route, a loose one, over %s', async (transport, parameter) => {
    await bench.close();
    bench = await makeStack(transport);
    const outboundProxy = { host: '127.0.0.1', port: bench.peer.port, transport };
    const invite = await inviteOf({}, { outboundProxy, addresses: [{ host: '192.0.2.1', port: 5060, transport }] });
    expect(invite.headers.all('Route')).toEqual([`<sip:127.0.0.1:${bench.peer.port}${parameter};lr>`]);
    expect(invite.uri).toBe('sip:+12025550100@carrier.example:5070');
  });

  test('stands in the CANCEL of its INVITE too, and in OPTIONS', async () => {
    const outboundProxy = { host: '127.0.0.1', port: bench.peer.port, transport: 'udp' } as const;
    const { call } = bench.dial({ peer: { ...bench.gateway, outboundProxy } });
    const { request, reply } = await bench.peer.request('INVITE');
    reply(answer(bench.peer, request, { status: 180 }));
    call.cancel();
    const { request: cancel } = await bench.peer.request('CANCEL');
    expect(cancel.headers.all('Route')).toEqual(request.headers.all('Route'));
    const probing = bench.stack.probe({ ...bench.gateway, outboundProxy }, { timeoutMs: 1000 });
    const { request: options } = await bench.peer.request('OPTIONS');
    expect(options.headers.all('Route')).toEqual(request.headers.all('Route'));
    bench.clock.advance(1000);
    await probing;
  });
});

describe('the routes of a dialog', () => {
  test('lead through loose routers by Route, and to a strict one by the request URI', async () => {
    const { call, saw } = bench.dial();
    const { request, reply } = await bench.peer.request('INVITE');
    const strict = `<sip:127.0.0.1:${bench.peer.port}>`;
    const headers: [string, string][] = [['Record-Route', `<sip:192.0.2.9;lr>, ${strict}`]];
    reply(answer(bench.peer, request, { status: 200, sdp: ANSWER, headers, contact: '<sip:gw@192.0.2.1>' }));
    const { request: ack } = await bench.peer.request('ACK');
    expect(ack.uri).toBe(`sip:127.0.0.1:${bench.peer.port}`);
    expect(ack.headers.all('Route')).toEqual(['<sip:192.0.2.9;lr>', '<sip:gw@192.0.2.1>']);
    await saw('answered');
    call.bye();
    const { request: bye, reply: replyBye } = await bench.peer.request('BYE');
    expect(bye.uri).toBe(ack.uri);
    replyBye(answer(bench.peer, bye, { status: 200 }));
    await saw('ended');
  });
});
