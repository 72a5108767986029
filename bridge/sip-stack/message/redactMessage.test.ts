import { describe, expect, test } from 'vitest';
import { redactMessage } from './redactMessage.ts';

const lines = (...all: string[]) => all.join('\r\n');

describe('a message for a person to read', () => {
  test('has its digests blanked, in every header that has any, and nothing else changed', () => {
    const text = lines(
      'REGISTER sip:gw.example SIP/2.0',
      'Call-ID: response=1',
      'Authorization: Digest username="trunk", realm="gw", nonce="abc\\"d", uri="sip:gw.example", response="0123", cnonce=xyz, opaque="o", qop=auth, nc=00000001',
      'proxy-authorization : Digest username="trunk",response="4567",',
      '  nonce="folded"',
      'WWW-Authenticate: Digest realm="gw", nonce="n1", algorithm=MD5',
      'Authentication-Info: nextnonce="n2", rspauth="89ab"',
      '',
      'body response="kept"',
    );
    expect(redactMessage(text)).toBe(
      lines(
        'REGISTER sip:gw.example SIP/2.0',
        'Call-ID: response=1',
        'Authorization: Digest username="trunk", realm="gw", nonce="…", uri="sip:gw.example", response="…", cnonce="…", opaque="…", qop=auth, nc=00000001',
        'proxy-authorization : Digest username="trunk",response="…",',
        '  nonce="…"',
        'WWW-Authenticate: Digest realm="gw", nonce="…", algorithm=MD5',
        'Authentication-Info: nextnonce="…", rspauth="…"',
        '',
        'body response="kept"',
      ),
    );
  });

  test('loses the whole of a Basic password and of ways that nobody knows', () => {
    expect(redactMessage('Authorization: Basic dXNlcjpwYXNz\r\n')).toBe('Authorization: Basic …\r\n');
    expect(redactMessage('Proxy-Authorization: Bearer a.b.c\r\nTo: x')).toBe('Proxy-Authorization: Bearer …\r\nTo: x');
  });

  test('loses a digest that is not written as it should be', () => {
    expect(redactMessage('Authorization: Digest response="never closed')).not.toContain('never');
    expect(redactMessage('AUTHORIZATION:Digest response = 12ab , nonce=34')).toBe(
      'AUTHORIZATION:Digest response = "…" , nonce="…"',
    );
  });

  test('loses SRTP keys with their lifetimes, ICE passwords and passwords in addresses', () => {
    const sdp = lines(
      'INVITE sip:alice:secret@gw.example;user=phone SIP/2.0',
      'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj|2^20|1:4;inline:xyz KDR=1',
      'a=ice-ufrag:abcd',
      'a=ice-pwd:efghijklmnop',
      'k=clear:mykey',
      'a=fingerprint:sha-256 AA:BB',
    );
    expect(redactMessage(sdp)).toBe(
      lines(
        'INVITE sip:alice:…@gw.example;user=phone SIP/2.0',
        'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:…;inline:… KDR=1',
        'a=ice-ufrag:abcd',
        'a=ice-pwd:…',
        'k=clear:…',
        'a=fingerprint:sha-256 AA:BB',
      ),
    );
  });

  test('without secrets stays as it is', () => {
    const text =
      'OPTIONS sip:gw.example:5060 SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK1@x\r\nFrom: <sip:a@b>\r\n\r\n';
    expect(redactMessage(text)).toBe(text);
  });
});
