import fc from 'fast-check';
import { parse } from 'sdp-transform';
import { describe, expect, it } from 'vitest';
import { MediaError } from '../port/index.ts';
import { parseBrowserOffer } from './parseBrowserOffer.ts';
import { writeBrowserAnswer } from './writeBrowserAnswer.ts';

const fingerprint = Array.from({ length: 32 }, (_, index) => (index + 16).toString(16).padStart(2, '0')).join(':');

/** As Chromium writes it. */
const lines = [
  'v=0',
  'o=- 4611731400430051336 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0',
  'a=extmap-allow-mixed',
  'a=msid-semantic: WMS',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126',
  'c=IN IP4 0.0.0.0',
  'a=rtcp:9 IN IP4 0.0.0.0',
  'a=ice-ufrag:4ZcD',
  'a=ice-pwd:2/1muCWoOi3uLifh0NuRHlZf',
  'a=ice-options:trickle',
  `a=fingerprint:sha-256 ${fingerprint}`,
  'a=setup:actpass',
  'a=mid:0',
  'a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level',
  'a=sendrecv',
  'a=msid:- 47017fee-b6c1-4162-929c-a25110252400',
  'a=rtcp-mux',
  'a=rtpmap:111 opus/48000/2',
  'a=rtcp-fb:111 transport-cc',
  'a=fmtp:111 minptime=10;useinbandfec=1',
  'a=rtpmap:63 red/48000/2',
  'a=rtpmap:9 G722/8000',
  'a=rtpmap:0 PCMU/8000',
  'a=rtpmap:8 PCMA/8000',
  'a=rtpmap:13 CN/8000',
  'a=rtpmap:110 telephone-event/48000',
  'a=rtpmap:126 telephone-event/8000',
  'a=ssrc:3735928559 cname:Xk3',
  'a=ssrc:3735928559 msid:- 47017fee',
];
const offerText = `${lines.join('\r\n')}\r\n`;
const without = (start: string): string => `${lines.filter((line) => !line.startsWith(start)).join('\r\n')}\r\n`;

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return error instanceof MediaError ? error.code : `not a MediaError: ${String(error)}`;
  }
  return 'none';
}

describe('A browser’s offer', () => {
  it('gives what mediasoup needs', () => {
    expect(parseBrowserOffer(offerText)).toMatchObject({
      mid: '0',
      iceUfrag: '4ZcD',
      fingerprint: { algorithm: 'sha-256', value: fingerprint.toUpperCase() },
      setup: 'actpass',
      ssrc: 3_735_928_559,
      cname: 'Xk3',
      codecs: [
        { codec: 'opus', payloadType: 111 },
        { codec: 'G722', payloadType: 9 },
        { codec: 'PCMU', payloadType: 0 },
        { codec: 'PCMA', payloadType: 8 },
      ],
      direction: 'sendrecv',
      isBundled: true,
    });
  });

  it.each(['m=', 'a=fingerprint', 'a=ice-ufrag', 'a=setup', 'a=ssrc', 'a=rtcp-mux'])(
    'without %s is refused',
    (start) => {
      expect(codeOf(() => parseBrowserOffer(without(start)))).toBe('badOffer');
    },
  );

  it('of one who only listens needs no SSRC', () => {
    const listening = without('a=ssrc').replace('a=sendrecv', 'a=recvonly');
    expect(parseBrowserOffer(listening)).toMatchObject({ direction: 'recvonly', ssrc: 1 });
  });

  it('of plain RTP or of an unknown fingerprint is refused', () => {
    expect(codeOf(() => parseBrowserOffer(offerText.replace('UDP/TLS/RTP/SAVPF', 'RTP/AVP')))).toBe('badOffer');
    expect(codeOf(() => parseBrowserOffer(offerText.replace('sha-256', 'md5')))).toBe('badOffer');
  });

  it('of any content is read or refused, with no other exception', { timeout: 20_000 }, () => {
    const mangled = fc
      .array(fc.tuple(fc.nat(offerText.length), fc.oneof(fc.string({ maxLength: 12 }), fc.constant('\r\n'))), {
        maxLength: 8,
      })
      .map((edits) =>
        edits.reduce((text, [at, what]) => text.slice(0, at) + what + text.slice(at + what.length), offerText),
      );
    const shuffled = fc.shuffledSubarray(lines).map((some) => some.join('\r\n'));
    fc.assert(
      fc.property(
        fc.oneof(
          mangled,
          shuffled,
          fc.string(),
          fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
        ),
        (sdp) => {
          expect(['none', 'badOffer']).toContain(codeOf(() => parseBrowserOffer(sdp)));
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('Our answer to a browser', () => {
  const offer = parseBrowserOffer(offerText);
  const answer = {
    offer,
    sessionId: '77',
    version: 1,
    codecs: [
      { codec: 'PCMU', payloadType: 0 },
      { codec: 'opus', payloadType: 111 },
    ],
    ice: { usernameFragment: 'ufrag', password: 'password' },
    candidates: [
      { foundation: 'u', priority: 5, address: '203.0.113.9', protocol: 'udp', port: 4000, type: 'host' },
      {
        foundation: 't',
        priority: 4,
        address: '2001:db8::1',
        protocol: 'tcp',
        port: 4001,
        type: 'host',
        tcpType: 'passive',
      },
    ],
    fingerprint: { algorithm: 'sha-256', value: 'AB:CD' },
    ssrc: 4242,
    cname: 'us',
    direction: 'sendrecv',
  } as const;

  it('is ICE-lite with the codecs in order, both candidates and the SSRC, and no extension', () => {
    const text = writeBrowserAnswer(answer);
    const description = parse(text);
    expect(description.icelite).toBe('ice-lite');
    expect(description.groups).toEqual([{ type: 'BUNDLE', mids: 0 }]);
    expect(description.media[0]).toMatchObject({
      type: 'audio',
      payloads: '0 111',
      direction: 'sendrecv',
      setup: 'passive',
      iceUfrag: 'ufrag',
      icePwd: 'password',
      rtcpMux: 'rtcp-mux',
      fingerprint: { type: 'sha-256', hash: 'AB:CD' },
      candidates: [
        { transport: 'udp', ip: '203.0.113.9', port: 4000 },
        { transport: 'tcp', ip: '2001:db8::1', port: 4001, tcptype: 'passive' },
      ],
      ssrcs: [{ id: 4242, attribute: 'cname', value: 'us' }],
    });
    expect(text).not.toContain('extmap');
    expect(text).not.toContain('telephone-event');
  });

  it('has Opus with in-band FEC and without DTX, and lost packets asked for again (RFC 7587, RFC 4585)', () => {
    const lines = writeBrowserAnswer(answer).split('\r\n');
    const parameters = lines
      .find((line) => line.startsWith('a=fmtp:111 '))
      ?.slice('a=fmtp:111 '.length)
      .split(';');
    expect(parameters).toContain('useinbandfec=1');
    // Off where it isn't named (RFC 7587 section 6.1).
    expect(parameters).not.toContain('usedtx=1');
    expect(lines).toContain('a=rtcp-fb:111 nack');
    expect(lines).toContain('a=rtcp-fb:0 nack');
  });

  it('starts DTLS itself when the browser won’t', () => {
    expect(writeBrowserAnswer({ ...answer, offer: { ...offer, setup: 'passive' } })).toContain('a=setup:active');
  });

  it('refuses what else is offered, in its place', () => {
    const video = 'm=video 9 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\na=mid:1\r\na=rtpmap:96 VP8/90000\r\n';
    const text = writeBrowserAnswer({ ...answer, offer: parseBrowserOffer(offerText + video) });
    expect(parse(text).media.map(({ type, port }) => [type, port])).toEqual([
      ['audio', 9],
      ['video', 0],
    ]);
  });
});
