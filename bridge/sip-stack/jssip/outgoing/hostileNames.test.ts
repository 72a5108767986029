import { afterEach, describe, expect, test } from 'vitest';
import { parseNameAddr, type SipRequest } from '../../message/index.ts';
import { type Bench, makeStack, OFFER } from '../testing/makeStack.ts';

let bench: Bench;

afterEach(async () => {
  await bench.close();
});

/** Names that a host application, an address book or an operator could give, meant to become header fields or addresses of their own. */
const hostile: readonly string[] = [
  'Alice\r\nRoute: <sip:evil.example;lr>',
  'Alice\nContact: <sip:evil@evil.example>',
  'Alice\rVia: SIP/2.0/UDP evil.example',
  'Alice\r\n\r\nv=0',
  'Alice\0',
  'Alice" <sip:+19005550123@evil.example>;tag=1, "Bob',
  'Alice\\',
  'Alice\\" <sip:evil@evil.example>',
  '<sip:evil@evil.example>',
  'alice@evil.example;user=phone?Route=%3Csip:evil.example%3E',
  'alice>;tag=evil',
  'alice%0d%0aRoute: x',
  '\u2028Route: x\u0085Route: y',
  '\ud800',
  'Älice Ørsted 愛',
  ',;:@?&=+$/',
];

async function inviteFrom(from: { user: string; displayName?: string }): Promise<SipRequest> {
  bench = await makeStack('udp');
  bench.dial({ from });
  const { request } = await bench.peer.request('INVITE');
  return request;
}

function fieldNames(request: SipRequest): string[] {
  return [...request.headers].map(({ name }) => name);
}

describe('an INVITE', () => {
  test.each(hostile)('holds the display name %j as a name and nothing else', async (displayName) => {
    const plain = fieldNames(await inviteFrom({ user: 'alice', displayName: 'Alice' }));
    await bench.close();
    const invite = await inviteFrom({ user: 'alice', displayName });
    expect(fieldNames(invite)).toEqual(plain);
    expect(invite.uri).toBe(`sip:+12025550100@127.0.0.1:${bench.peer.port}`);
    expect(invite.body).toBe(OFFER);
    const read = parseNameAddr(invite.headers.get('From') ?? '');
    expect(read?.uri).toMatchObject({ scheme: 'sip', user: 'alice', host: '127.0.0.1' });
    expect([...(read?.params.keys() ?? [])]).toEqual(['tag']);
    expect(read?.displayName).toBe(displayName.replace(/[\p{Cc}\u2028\u2029]/gu, '').toWellFormed());
  });

  test.each(hostile)('holds the user name %j as one and nothing else', async (user) => {
    const plain = fieldNames(await inviteFrom({ user: 'alice' }));
    await bench.close();
    const invite = await inviteFrom({ user });
    expect(fieldNames(invite)).toEqual(plain);
    expect(invite.body).toBe(OFFER);
    const read = parseNameAddr(invite.headers.get('From') ?? '');
    if (read?.uri.scheme !== 'sip') throw new Error('From is not a SIP address');
    expect(read.uri).toMatchObject({ host: '127.0.0.1' });
    expect(read.uri.headers).toBeUndefined();
    expect(decodeURIComponent(read.uri.user)).toBe(user.toWellFormed());
    expect([...read.params.keys()]).toEqual(['tag']);
  });
});
