import { describe, expect, it } from 'vitest';
import { offersDtls } from './offersDtls.ts';
import { parseGatewayDescription } from './parseGatewayDescription.ts';
import { writeGatewayDescription } from './writeGatewayDescription.ts';

const hash = Array.from({ length: 32 }, () => 'ab').join(':');
const ice = ['a=ice-ufrag:abcd', 'a=ice-pwd:aPasswordOfTwentyTwoOrMore'];

const answer = (lines: readonly string[], { address = '192.0.2.9', protocol = 'UDP/TLS/RTP/SAVPF' } = {}) =>
  [
    'v=0',
    'o=gw 1 1 IN IP4 192.0.2.9',
    's=-',
    `c=IN IP4 ${address}`,
    't=0 0',
    `m=audio 5000 ${protocol} 0`,
    ...lines,
    '',
  ].join('\r\n');
const read = (sdp: string) => parseGatewayDescription(sdp, 'badAnswer', 'dtls');

describe('DTLS-SRTP in a gateway’s description', () => {
  it.each([
    ['UDP/TLS/RTP/SAVPF', true],
    ['UDP/TLS/RTP/SAVP', true],
    ['RTP/SAVP', false],
    ['RTP/AVP', false],
  ])('is told from other audio by its profile: %s', (protocol, isOffered) => {
    expect(offersDtls(answer([], { protocol }))).toBe(isOffered);
    expect(offersDtls(answer([], { protocol }).replace('audio 5000', 'audio 0'))).toBe(false);
  });

  it('is not in what is no SDP', () => {
    expect(offersDtls('UDP/TLS/RTP/SAVPF')).toBe(false);
  });

  it('is its fingerprint, its ICE and which side starts', () => {
    const { webRtc, crypto } = read(answer([...ice, `a=fingerprint:SHA-256 ${hash}`, 'a=setup:passive', 'a=mid:0']));
    expect(webRtc).toEqual({
      ice: { usernameFragment: 'abcd', password: 'aPasswordOfTwentyTwoOrMore' },
      fingerprint: { algorithm: 'sha-256', value: hash.toUpperCase() },
      setup: 'passive',
      mid: '0',
    });
    expect(crypto).toEqual([]);
  });

  it('may do without ICE, and starts where it doesn’t say', () => {
    expect(read(answer([`a=fingerprint:sha-256 ${hash}`])).webRtc).toMatchObject({
      ice: null,
      setup: 'active',
      mid: null,
    });
  });

  it('of a lite side is as without ICE: both would wait', () => {
    const sdp = answer([...ice, `a=fingerprint:sha-256 ${hash}`]).replace('t=0 0', 't=0 0\r\na=ice-lite');
    expect(read(sdp).webRtc?.ice).toBeNull();
  });

  it('with ICE doesn’t hold us by an address that isn’t known yet, and without does', () => {
    const lines = [`a=fingerprint:sha-256 ${hash}`];
    expect(read(answer([...ice, ...lines], { address: '0.0.0.0' })).direction).toBe('sendrecv');
    expect(read(answer(lines, { address: '0.0.0.0' })).direction).toBe('sendonly');
  });

  it.each([
    ['plain RTP', answer([], { protocol: 'RTP/AVP' })],
    ['no fingerprint', answer(ice)],
    ['SRTP with keys in the SDP', answer([`a=fingerprint:sha-256 ${hash}`], { protocol: 'RTP/SAVP' })],
  ])('is missed in %s', (_, sdp) => {
    expect(() => read(sdp)).toThrow(expect.objectContaining({ code: 'notEncrypted' }));
  });

  it('of ours is lite, on one port, under the name that the gateway knows', () => {
    const place = { address: '203.0.113.1', rtpPort: 40_000, rtcpPort: 40_001 };
    const webRtc = {
      ice: { usernameFragment: 'ours', password: 'secret' },
      setup: 'actpass',
      mid: 'a',
      fingerprint: { algorithm: 'sha-256', value: hash },
    } as const;
    const written = writeGatewayDescription({
      ...{ sessionId: '1', version: 1, ...place, codecs: [{ codec: 'PCMU', payloadType: 0 }], events: [] },
      ...{ direction: 'sendrecv', crypto: [], webRtc },
    });
    expect(written.split('\r\n')).toEqual(
      expect.arrayContaining([
        'a=ice-lite',
        'a=group:BUNDLE a',
        'm=audio 40000 UDP/TLS/RTP/SAVPF 0',
        'a=mid:a',
        'a=rtcp-mux',
        'a=setup:actpass',
        `a=fingerprint:sha-256 ${hash}`,
        'a=ice-ufrag:ours',
        'a=ice-pwd:secret',
        'a=candidate:1 1 udp 2130706431 203.0.113.1 40000 typ host',
      ]),
    );
    expect(written).not.toContain('a=rtcp:');
  });
});
