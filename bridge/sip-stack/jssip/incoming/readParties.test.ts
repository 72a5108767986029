import { describe, expect, test } from 'vitest';
import { createRequest, parseMessage, type SipRequest, serializeMessage } from '../../message/index.ts';
import { readParties } from './readParties.ts';

interface Parts {
  readonly uri?: string;
  readonly to?: string;
  readonly from?: string;
  readonly headers?: [string, string][];
}

/** An INVITE as it comes from the wire. */
function inviteOf({ uri = 'sip:1@h', to = '<sip:2@h>', from = '<sip:3@h>', headers = [] }: Parts): SipRequest {
  const made = createRequest({ method: 'INVITE', uri, from: `${from};tag=x`, to, callId: 'c', cseq: 1, headers });
  made.headers.prepend('Via', 'SIP/2.0/UDP h;branch=z9hG4bKx');
  const result = parseMessage(serializeMessage(made));
  if (!result.ok || result.message.kind !== 'request') throw new Error('not an INVITE');
  return result.message;
}

const parties = (parts: Parts) => readParties(inviteOf(parts));

describe('who is called', () => {
  test.each([
    ['sip:+12025550199@h', '+12025550199'],
    ['sips:+12025550199@h', '+12025550199'],
    ['tel:+1-202-555-0199', '+12025550199'],
    ['tel:5550199;phone-context=+1202', '5550199'],
    ['sip:+12025550199;npdi=yes;rn=+12025550000@h;user=phone', '+12025550199'],
    ['sip:5550199;phone-context=+1202@h', '5550199'],
    ['sip:+1(202)555-0199@h;user=phone', '+12025550199'],
    ['sip:%2B12025550199@h', '+12025550199'],
    ['sip:alice%20b@h', 'alice b'],
    ['sip:a%3Bb@h', 'a;b'],
    ['sip:j%C3%B6rg@h', 'jörg'],
    ['sip:a%0d%0ab%00@h', 'ab'],
    ['sip:a%zz@h', 'a%zz'],
    ['sip:a%E2%80%AEb@h', 'ab'],
    ['sip:alice:secret@h', 'alice'],
    ['sip:*43#@h', '*43#'],
    ['sip:alice-b@h', 'alice-b'],
    ['sip:h', ''],
  ])('%s is %j', (uri, user) => {
    expect(parties({ uri }).calledUser).toBe(user);
    expect(parties({ to: `"To" <${uri}>` }).toUser).toBe(user);
  });
});

describe('who calls', () => {
  const PAI: [string, string] = ['P-Asserted-Identity', '"Bob B." <sip:+1202;npdi@h>, <tel:+1303>'];
  const RPID: [string, string] = ['Remote-Party-ID', '"Rita" <sip:+1404@h>;party=calling;privacy=off'];

  test.each<[string, Parts, string | null, string | null]>([
    ['From', { from: '"Al" <sip:+1505@h>' }, '+1505', 'Al'],
    ['From without a name', { from: '<sip:+1505@h>' }, '+1505', null],
    ['From of a telephone', { from: '<tel:+1-505>' }, '+1505', null],
    ['what the network asserts before From', { headers: [PAI], from: '"Al" <sip:9@h>' }, '+1202', 'Bob B.'],
    [
      'the name of From where the network asserts none',
      { headers: [['P-Asserted-Identity', '<tel:+1303>']], from: '"Al" <sip:9@h>' },
      '+1303',
      'Al',
    ],
    ['what the network asserts before Remote-Party-ID', { headers: [RPID, PAI] }, '+1202', 'Bob B.'],
    ['Remote-Party-ID before From', { headers: [RPID] }, '+1404', 'Rita'],
    ['not the Remote-Party-ID of the called', { headers: [['Remote-Party-ID', '<sip:8@h>;party=called']] }, '3', null],
    ['From where what is asserted can’t be read', { headers: [['P-Asserted-Identity', '<<>']] }, '3', null],
    ['a name as it was quoted', { from: '"A \\"B\\" \\\\ C" <sip:3@h>' }, '3', 'A "B" \\ C'],
    ['a name of other letters', { from: '"Jörg 愛" <sip:3@h>' }, '3', 'Jörg 愛'],
    ['a name without what can’t be seen', { from: '"A\u202eB\u0007" <sip:3@h>' }, '3', 'AB'],
    ['no name longer than 200', { from: `"${'x'.repeat(300)}" <sip:3@h>` }, '3', 'x'.repeat(200)],
    ['Privacy: none', { headers: [PAI, ['Privacy', 'none']] }, '+1202', 'Bob B.'],
    ['Remote-Party-ID with a hidden name', { headers: [['Remote-Party-ID', '"R" <sip:4@h>;privacy=name']] }, '4', null],
  ])('is %s', (_what, parts, user, name) => {
    expect(parties(parts)).toMatchObject({ callingUser: user, callingName: name });
  });

  test.each<[string, Parts]>([
    ['Privacy: id', { headers: [PAI, ['Privacy', 'id']] }],
    ['Privacy: header;id;critical', { headers: [PAI, ['Privacy', 'header;id;critical']] }],
    ['Privacy: USER', { headers: [PAI, ['Privacy', 'USER']] }],
    ['an anonymous From', { from: '"Anonymous" <sip:anonymous@anonymous.invalid>' }],
    ['an anonymous user', { from: '<sip:Anonymous@h>', headers: [PAI] }],
    ['an anonymous host', { from: '<sip:x@ANONYMOUS.invalid>' }],
    ['an anonymous name alone', { from: 'Anonymous <sip:+1505@h>' }],
    ['an unknown user', { from: '<sip:unavailable@unknown.invalid>' }],
    ['an asserted anonymity', { headers: [['P-Asserted-Identity', '<sip:anonymous@anonymous.invalid>']] }],
    ['Remote-Party-ID that is hidden', { headers: [['Remote-Party-ID', '"R" <sip:4@h>;privacy=full']] }],
    ['Remote-Party-ID whose address is', { headers: [['Remote-Party-ID', '"R" <sip:4@h>;privacy=uri;screen=yes']] }],
  ])('is nobody for %s', (_what, parts) => {
    expect(parties(parts)).toMatchObject({ callingUser: null, callingName: null });
  });
});
