import { describe, expect, test } from 'vitest';
import { createRequest } from '../../message/index.ts';
import { formatReferTo, readReferTo } from './referTo.ts';
import { parseReplaces } from './replaces.ts';
import { readSipfrag } from './sipfrag.ts';

function refer(...values: string[]) {
  return createRequest({
    ...{ method: 'REFER', uri: 'sip:us@127.0.0.1', callId: 'a', cseq: 1 },
    ...{ from: '<sip:gw@127.0.0.1>;tag=1', to: '<sip:us@127.0.0.1>;tag=2' },
    headers: values.map((value) => ['Refer-To', value] as const),
  });
}

describe('Refer-To', () => {
  test.each([
    ['<sip:+12025550123@gw.example>', '+12025550123'],
    ['sip:+12025550123@gw.example', '+12025550123'],
    ['"Bob, the builder" <sip:%2b1202@gw.example;user=phone>;x=1', '+1202'],
    ['<tel:+1-202-555-0123>', '+12025550123'],
    ['<sip:100;phone-context=+1@gw.example>', '100'],
    ['<sip:100@gw.example;method=INVITE>', '100'],
    ['<sips:100@gw.example>', '100'],
    ['<sip:gw.example>', null],
    ['<sip:100@gw.example;method=BYE>', null],
    ['<http://example.org/>', null],
    ['<sip:', null],
    ['', null],
  ])('%s names %j', (value, user) => {
    expect(readReferTo(refer(value))).toEqual(value === '' ? null : { user, replaces: null });
  });

  test.each([[[]], [['<sip:1@a>', '<sip:2@a>']], [['<sip:1@a>, <sip:2@a>']]])('%j is not one', (values) => {
    expect(readReferTo(refer(...values))).toBeNull();
  });

  test('with an escaped Replaces names the dialog as whoever is called knows it', () => {
    const value = '<sip:100@gw.example?Subject=x&replaces=12%40a%3Bto-tag%3Dtheirs%3Bfrom-tag%3Dours%3Bearly-only>';
    expect(readReferTo(refer(value))).toEqual({
      user: '100',
      replaces: { callId: '12@a', localTag: 'theirs', remoteTag: 'ours' },
    });
  });

  test.each([
    'a%3Bto-tag%3D1',
    'a%3Bfrom-tag%3D1',
    'a%0D%0AX%3A1%3Bto-tag%3D1%3Bfrom-tag%3D2',
    'a%3Bto-tag%3D1%0D%0Ax%3Bfrom-tag%3D2',
    '%3Bto-tag%3D1%3Bfrom-tag%3D2',
    '%ff',
    '',
  ])('with a Replaces that can’t be read (%s) names nobody', (text) => {
    expect(readReferTo(refer(`<sip:100@gw.example?Replaces=${text}>`))).toEqual({ user: null, replaces: null });
  });

  test('that we write says what we read, with the tags of a call of ours turned round', () => {
    const replaces = { callId: 'a/b?c@x', localTag: 'ours', remoteTag: 'theirs' };
    const text = formatReferTo({ user: '+1 202;x', domain: 'gw.example:5080', replaces });
    expect(text).toBe('<sip:+1%20202;x@gw.example:5080?Replaces=a%2Fb%3Fc%40x%3Bto-tag%3Dtheirs%3Bfrom-tag%3Dours>');
    expect(readReferTo(refer(text))?.replaces).toEqual({ callId: 'a/b?c@x', localTag: 'theirs', remoteTag: 'ours' });
  });
});

test('names of 256 characters are read in Replaces, longer ones are not', () => {
  const of = (length: number) => `${'a'.repeat(length)};to-tag=${'b'.repeat(length)};from-tag=${'c'.repeat(length)}`;
  expect(parseReplaces(of(256))?.callId).toHaveLength(256);
  expect(parseReplaces(of(257))).toBeNull();
});

test.each([
  ['SIP/2.0 200 OK', 200],
  ['SIP/2.0 100 Trying\r\nTo: <sip:x@y>\r\n', 100],
  ['sip/2.0 603', 603],
  ['\r\nSIP/2.0 486 Busy Here\r\n', 486],
  ['SIP/2.0 700 x', null],
  ['SIP/2.0 99 x', null],
  ['SIP/2.0 2000 OK', null],
  ['HTTP/1.1 200 OK', null],
  ['', null],
])('a fragment %j begins with status %j', (body, status) => {
  expect(readSipfrag(body)).toBe(status);
});
