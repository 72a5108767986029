import { describe, expect, test } from 'vitest';
import {
  createCancel,
  createDialogRequest,
  createFailureAck,
  createRequest,
  createResponse,
  dialogOfUac,
  dialogOfUas,
  escapeUser,
  formatNameAddr,
  formatUri,
  formatVia,
  parseMessage,
  parseNameAddr,
  parseUri,
  parseVia,
  SipHeaders,
  type SipMessage,
  type SipRequest,
  serializeMessage,
  tagOf,
  uriUser,
} from './index.ts';

function read(lines: string[]): SipMessage {
  const result = parseMessage(lines.join('\r\n'));
  if (!result.ok) throw new Error(result.problem);
  return result.message;
}

const BASE = [
  'v: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa, SIP/2.0/TCP 192.0.2.2:5061;branch=z9hG4bKb',
  'f: Alice <sip:alice@example.com>;tag=1',
  'T: <sip:bob@example.com>',
  'i: abc',
  'cseq: 42 OPTIONS',
];

const options = (...more: string[]): string[] => ['OPTIONS sip:bob@example.com SIP/2.0', ...BASE, ...more, '', ''];

function refusal(lines: string[]): { status: number; problem: string; isAnswerable: boolean } {
  const result = parseMessage(lines.join('\r\n'));
  if (result.ok) throw new Error('it was accepted');
  return { status: result.status, problem: result.problem, isAnswerable: result.answerable !== undefined };
}

describe('parseMessage', () => {
  test('reads compact names, folded lines and lists, in order', () => {
    const message = read(options('Subject: one', '\ttwo', 'k: 100rel,timer', 'Supported: path'));
    expect(message.headers.all('Via')).toHaveLength(2);
    expect(message.headers.get('Subject')).toBe('one two');
    expect(message.headers.list('supported')).toEqual(['100rel', 'timer', 'path']);
    expect(message.headers.lists('k', 'TIMER')).toBe(true);
    expect([...message.headers].map(({ name }) => name).slice(0, 5)).toEqual(['Via', 'Via', 'From', 'To', 'Call-ID']);
  });

  test('cuts the body at Content-Length, in octets', () => {
    expect(read([`${options('l: 3').join('\r\n')}é1rest`])).toMatchObject({ body: 'é1' });
    expect(refusal(options('l: 30'))).toEqual({ status: 400, problem: 'Content-Length is wrong', isAnswerable: true });
  });

  test.each([
    ['CSeq of another method', BASE.map((line) => line.replace('42 OPTIONS', '42 BYE')), 400, true],
    ['CSeq out of range', BASE.map((line) => line.replace('42', '4294967295')), 400, true],
    ['no Via', BASE.slice(1), 400, false],
    ['a Via that is none', ['v: x', ...BASE.slice(1)], 400, true],
    ['two From', [...BASE, 'From: <sip:x@y>'], 400, true],
    ['Contact with text', [...BASE, 'm: <not a uri>'], 400, true],
    ['a line without colon', [...BASE, 'oops'], 400, false],
  ])('refuses %s', (_name, lines, status, isAnswerable) => {
    expect(refusal(['OPTIONS sip:bob@example.com SIP/2.0', ...lines, '', ''])).toMatchObject({ status, isAnswerable });
  });

  test('tells an unknown scheme (416) and another version (505) from what is merely broken', () => {
    expect(refusal(['OPTIONS http://x SIP/2.0', ...BASE, '', '']).status).toBe(416);
    expect(refusal(['OPTIONS sip:x SIP/3.0', ...BASE, '', '']).status).toBe(505);
    expect(refusal(['OPTIONS sip:@@ SIP/2.0', ...BASE, '', '']).status).toBe(400);
  });

  test('takes tel URIs, a Contact of * and lines that end in LF alone', () => {
    expect(read(['OPTIONS tel:+12025550100 SIP/2.0', ...BASE, 'm: *', '', '']).headers.get('Contact')).toBe('*');
    expect(parseMessage(options().join('\n'))).toMatchObject({ ok: true });
  });

  test('bounds size, headers and their length', () => {
    expect(refusal(options(`X: ${'x'.repeat(70_000)}`)).status).toBe(513);
    expect(refusal(options(...Array.from({ length: 300 }, () => 'X: 1'))).problem).toBe('too many headers');
    expect(refusal(options(`X: ${'x'.repeat(9000)}`)).problem).toBe('a header is too long');
    expect(refusal(options(`Route: ${'<sip:a>,'.repeat(300)}`)).problem).toBe('too many headers');
  });
});

describe('values', () => {
  test.each([
    'sip:+12025550100@192.0.2.1:5080;transport=tcp',
    'sips:[2001:db8::1]:5061',
    'sip:a;b=c@host?Subject=x',
    'tel:+12025550100;phone-context=example.com',
  ])('%s is written as it was read', (text) => {
    const uri = parseUri(text);
    expect(uri === null ? null : formatUri(uri)).toBe(text);
  });

  test('numbers lose their visual separators, users their escapes and passwords', () => {
    const user = (text: string) => {
      const uri = parseUri(text);
      return uri === null ? null : uriUser(uri);
    };
    expect(user('tel:+1-202.555(0100)')).toBe('+12025550100');
    expect(user('sip:%2B49:secret@host')).toBe('+49');
    expect(user('sip:100%@host')).toBe('100%');
    expect(escapeUser('+49 a@b"')).toBe('+49%20a%40b%22');
    for (const wrong of ['sip:', 'sip:a@', 'sip:a@b:0', 'sip:a@b:99999', 'tel:', 'tel:+', 'x', 'sip:a b@c']) {
      expect(parseUri(wrong)).toBeNull();
    }
  });

  test('name-addr: quotes, brackets in quotes, parameters of the header', () => {
    const quoted = parseNameAddr('"A <b> \\"c\\"" <sip:a@b;x=1>;tag=9');
    expect(quoted?.displayName).toBe('A <b> "c"');
    expect(quoted === null ? '' : formatNameAddr(quoted)).toBe('"A <b> \\"c\\"" <sip:a@b;x=1>;tag=9');
    expect(tagOf('sip:a@b;tag=7')).toBe('7');
    expect(tagOf('<sip:a@b>')).toBeUndefined();
    expect(parseNameAddr('*')).toBeNull();
  });

  test('Via: spaces around slashes, IPv6, parameters', () => {
    const via = parseVia('SIP / 2.0 / udp [2001:db8::1]:5062 ;branch=z9hG4bKx;rport');
    expect(via).toMatchObject({ transport: 'UDP', host: '2001:db8::1', port: 5062 });
    expect(via === null ? '' : formatVia(via)).toBe('SIP/2.0/UDP [2001:db8::1]:5062;branch=z9hG4bKx;rport');
  });

  test('a header can not smuggle in another', () => {
    expect(() => new SipHeaders().append('Subject', 'a\r\nX: b')).toThrow(TypeError);
    expect(() => new SipHeaders().append('Sub ject', 'a')).toThrow(TypeError);
  });
});

const invite: SipRequest = createRequest({
  method: 'INVITE',
  uri: 'sip:bob@example.com',
  from: '<sip:alice@example.com>;tag=1',
  to: '<sip:bob@example.com>',
  callId: 'c',
  cseq: 5,
  headers: [
    ['Via', 'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa'],
    ['Contact', '<sip:alice@192.0.2.1>'],
    ['Record-Route', '<sip:p1;lr>'],
    ['Record-Route', '<sip:p2;lr>'],
  ],
});
const ok = createResponse(invite, { status: 200, toTag: '2', headers: [['Contact', '<sip:bob@192.0.2.9>']] });

describe('builders', () => {
  test('a response carries what RFC 3261 section 8.2.6 asks for', () => {
    const text = serializeMessage(
      createResponse(invite, { status: 200, toTag: '2', body: { type: 'a/b', text: 'é' } }),
    );
    expect(text).toContain('SIP/2.0 200 OK\r\n');
    expect(text).toContain('To: <sip:bob@example.com>;tag=2\r\n');
    expect(text).toContain('Content-Length: 2\r\n\r\né');
    expect(createResponse(invite, { status: 100, toTag: '2' }).headers.get('To')).toBe('<sip:bob@example.com>');
  });

  test('ACK of a failure and CANCEL stay in the transaction of their INVITE', () => {
    const ack = createFailureAck(invite, createResponse(invite, { status: 486, toTag: '2' }));
    expect(ack.headers.get('Via')).toBe(invite.headers.get('Via'));
    expect(ack.headers.get('To')).toContain('tag=2');
    expect(createCancel(invite).headers.get('CSeq')).toBe('5 CANCEL');
    expect(createCancel(invite).headers.get('To')).toBe('<sip:bob@example.com>');
  });

  test('requests in a dialog go to the Contact by the recorded route, from either side', () => {
    const caller = dialogOfUac(ok);
    const callee = dialogOfUas(invite, ok);
    if (caller === null || callee === null) throw new Error('no dialog');
    const bye = createDialogRequest(caller, { method: 'BYE' });
    expect(bye.uri).toBe('sip:bob@192.0.2.9');
    expect(bye.headers.all('Route')).toEqual(['<sip:p2;lr>', '<sip:p1;lr>']);
    expect(bye.headers.get('CSeq')).toBe('6 BYE');
    const theirs = createDialogRequest(callee, { method: 'BYE' });
    expect(theirs.uri).toBe('sip:alice@192.0.2.1');
    expect(theirs.headers.all('Route')).toEqual(['<sip:p1;lr>', '<sip:p2;lr>']);
    expect(tagOf(theirs.headers.get('From'))).toBe('2');
    expect(createDialogRequest(caller, { method: 'ACK', cseq: 5 }).headers.get('CSeq')).toBe('5 ACK');
  });

  test('a strict router becomes the request URI', () => {
    const dialog = dialogOfUac(ok);
    if (dialog === null) throw new Error('no dialog');
    const bye = createDialogRequest({ ...dialog, routes: ['<sip:old>', '<sip:p1;lr>'] }, { method: 'BYE' });
    expect(bye.uri).toBe('sip:old');
    expect(bye.headers.all('Route')).toEqual(['<sip:p1;lr>', '<sip:bob@192.0.2.9>']);
  });
});
