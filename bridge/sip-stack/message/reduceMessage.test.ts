import { describe, expect, test } from 'vitest';
import { reduceMessage } from './reduceMessage.ts';

const lines = (...all: string[]) => all.join('\r\n');

describe('a message reduced to how the call went', () => {
  test('keeps its first line, headers that say so in their usual spelling, and codecs and direction of its body', () => {
    const message = lines(
      'INVITE sip:+1202@gw SIP/2.0',
      'v: SIP/2.0/UDP 192.0.2.1',
      ' ;branch=z9',
      'X-Customer-Token: hush',
      'Call-Info: <http://example.org/photo>',
      'reason:Q.850;cause=17',
      'c: application/sdp',
      '',
      'v=0',
      'o=- 1 1 IN IP4 10.0.0.7',
      'c=IN IP4 10.0.0.7',
      'm=audio 40000 RTP/AVP 0 101',
      'a=rtpmap:0 PCMU/8000',
      'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:key',
      'a=ice-pwd:secret',
      'a=sendonly',
    );
    expect(reduceMessage(message)).toBe(
      lines(
        'INVITE sip:+1202@gw SIP/2.0',
        'Via: SIP/2.0/UDP 192.0.2.1 ;branch=z9',
        'Reason: Q.850;cause=17',
        'Content-Type: application/sdp',
        '',
        'm=audio 40000 RTP/AVP 0 101',
        'a=rtpmap:0 PCMU/8000',
        'a=sendonly',
      ),
    );
  });

  test('loses the digits that somebody dials', () => {
    const info = lines('INFO sip:a SIP/2.0', 'Content-Type: application/dtmf-relay', '', 'Signal=7', 'Duration=100');
    expect(reduceMessage(info)).toBe(lines('INFO sip:a SIP/2.0', 'Content-Type: application/dtmf-relay'));
  });

  test('is bounded, whatever comes', () => {
    const long = (size: number) => `Reason: ${'x'.repeat(size)}`;
    const [, line] = reduceMessage(lines('BYE sip:a SIP/2.0', long(504))).split('\r\n');
    expect(line).toBe(long(504));
    expect(reduceMessage(lines('BYE sip:a SIP/2.0', long(505)))).toBe(lines('BYE sip:a SIP/2.0', `${long(504)}…`));
    expect(reduceMessage(Array(1000).fill(long(400)).join('\r\n'))).toHaveLength(4096);
    expect(reduceMessage('')).toBe('');
  });
});
