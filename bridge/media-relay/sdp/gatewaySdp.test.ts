import fc from 'fast-check';
import { parse } from 'sdp-transform';
import { describe, expect, it } from 'vitest';
import { MediaError } from '../port/index.ts';
import { chooseCodecPayloads, chooseEvent, chooseEventPayloads } from './choosePayloads.ts';
import { parseGatewayDescription } from './parseGatewayDescription.ts';
import { writeGatewayDescription } from './writeGatewayDescription.ts';

const answerLines = [
  'v=0',
  'o=root 1821 1821 IN IP4 198.51.100.7',
  's=call',
  'c=IN IP4 198.51.100.7',
  't=0 0',
  'm=audio 12042 RTP/AVP 8 0 101',
  'a=rtpmap:101 telephone-event/8000',
  'a=fmtp:101 0-16',
  'a=ptime:20',
];
const text = (lines: readonly string[]): string => `${lines.join('\r\n')}\r\n`;

describe('A gateway’s description', () => {
  it('is read with static payload types that have no rtpmap', () => {
    expect(parseGatewayDescription(text(answerLines), 'badAnswer')).toEqual({
      address: '198.51.100.7',
      rtpPort: 12_042,
      rtcpPort: 12_043,
      webRtc: null,
      direction: 'sendrecv',
      codecs: [
        { codec: 'PCMA', payloadType: 8 },
        { codec: 'PCMU', payloadType: 0 },
      ],
      events: [{ payloadType: 101, clockRate: 8000 }],
      crypto: [],
      isSecureOnly: false,
      audioIndex: 0,
      media: [{ type: 'audio', protocol: 'RTP/AVP' }],
    });
  });

  it('may name codecs in any case, G722 at 8000 and Opus with two channels only', () => {
    const read = parseGatewayDescription(
      text([
        ...answerLines.slice(0, 5),
        'm=audio 4000 RTP/AVP 97 98 9',
        'a=rtpmap:97 OPUS/48000/2',
        'a=rtpmap:98 opus/48000',
        'a=rtpmap:9 g722/8000',
      ]),
      'badAnswer',
    );
    expect(read.codecs).toEqual([
      { codec: 'opus', payloadType: 97 },
      { codec: 'G722', payloadType: 9 },
    ]);
  });

  it('may say another address and another RTCP port in its audio', () => {
    const lines = [...answerLines, 'c=IN IP6 2001:db8::7', 'a=rtcp:53020'];
    expect(parseGatewayDescription(text(lines), 'badAnswer')).toMatchObject({
      address: '2001:db8::7',
      rtcpPort: 53_020,
    });
  });

  it('holds the new way and the old way', () => {
    const direction = (lines: readonly string[]) => parseGatewayDescription(text(lines), 'badOffer').direction;
    expect(direction([...answerLines, 'a=sendonly'])).toBe('sendonly');
    expect(direction([...answerLines, 'a=inactive'])).toBe('inactive');
    expect(direction(answerLines.map((line) => line.replace(/^c=.*/, 'c=IN IP4 0.0.0.0')))).toBe('sendonly');
  });

  it('without audio, address or a port is refused', () => {
    const code = (lines: readonly string[]): string => {
      try {
        parseGatewayDescription(text(lines), 'badAnswer');
      } catch (error) {
        return error instanceof MediaError ? error.code : String(error);
      }
      return 'none';
    };
    expect(code(answerLines.filter((line) => !line.startsWith('m=')))).toBe('badAnswer');
    expect(code(answerLines.filter((line) => !line.startsWith('c=')))).toBe('badAnswer');
    expect(code(answerLines.map((line) => line.replace('12042', '0')))).toBe('badAnswer');
    expect(code(answerLines.map((line) => line.replace('RTP/AVP', 'RTP/SAVP')))).toBe('notEncrypted');
  });

  it('of any content is read or refused, with no other exception', { timeout: 20_000 }, () => {
    const whole = text(answerLines);
    const mangled = fc
      .array(fc.tuple(fc.nat(whole.length), fc.string({ maxLength: 12 })), { maxLength: 8 })
      .map((edits) => edits.reduce((sdp, [at, what]) => sdp.slice(0, at) + what + sdp.slice(at + what.length), whole));
    fc.assert(
      fc.property(
        fc.oneof(
          mangled,
          fc.shuffledSubarray(answerLines).map(text),
          fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
        ),
        (sdp) => {
          try {
            parseGatewayDescription(sdp, 'badAnswer');
          } catch (error) {
            expect(error).toBeInstanceOf(MediaError);
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('Our offer to a gateway', () => {
  const browser = [
    { codec: 'opus', payloadType: 109 },
    { codec: 'PCMU', payloadType: 0 },
  ] as const;

  it('carries the browser’s payload types, or usual ones before the browser is known', () => {
    expect(chooseCodecPayloads(['PCMU', 'opus'], browser)).toEqual([browser[1], browser[0]]);
    expect(chooseCodecPayloads(['opus', 'G722', 'PCMA'], null).map(({ payloadType }) => payloadType)).toEqual([
      111, 9, 8,
    ]);
  });

  it('has events at 8000 Hz, and beside Opus at 48000 Hz, on numbers that are free', () => {
    expect(chooseEventPayloads([{ codec: 'PCMU', payloadType: 0 }])).toEqual([{ payloadType: 101, clockRate: 8000 }]);
    const events = chooseEventPayloads([{ codec: 'opus', payloadType: 101 }]);
    expect(events.map(({ clockRate }) => clockRate)).toEqual([8000, 48_000]);
    expect(new Set([101, ...events.map(({ payloadType }) => payloadType)]).size).toBe(3);
  });

  it('takes events of the codec’s clock first, else 8000 Hz', () => {
    const both = [
      { payloadType: 101, clockRate: 8000 },
      { payloadType: 110, clockRate: 48_000 },
    ];
    expect(chooseEvent(both, 'opus')?.payloadType).toBe(110);
    expect(chooseEvent(both, 'PCMA')?.payloadType).toBe(101);
    expect(chooseEvent(both.slice(0, 1), 'opus')?.payloadType).toBe(101);
    expect(chooseEvent([], 'PCMU')).toBeNull();
  });

  it('is plain RTP with rtpmaps, ptime, RTCP port and direction, in either address family', () => {
    const codecs = chooseCodecPayloads(['opus', 'G722', 'PCMA'], null);
    const base = {
      sessionId: '1',
      version: 3,
      rtpPort: 40_000,
      rtcpPort: 40_001,
      direction: 'sendrecv',
      crypto: [],
    } as const;
    const sdp = writeGatewayDescription({
      ...base,
      address: '2001:db8::1',
      codecs,
      events: chooseEventPayloads(codecs),
    });
    expect(sdp).toContain('c=IN IP6 2001:db8::1');
    const [media] = parse(sdp).media;
    expect(media).toMatchObject({
      port: 40_000,
      protocol: 'RTP/AVP',
      ptime: 20,
      direction: 'sendrecv',
      rtcp: { port: 40_001 },
    });
    expect(media?.payloads).toBe('111 9 8 101 110');
    expect(media?.rtp).toMatchObject([
      { payload: 111, codec: 'opus', rate: 48_000, encoding: 2 },
      { payload: 9, codec: 'G722', rate: 8000 },
      { payload: 8, codec: 'PCMA', rate: 8000 },
      { payload: 101, codec: 'telephone-event', rate: 8000 },
      { payload: 110, codec: 'telephone-event', rate: 48_000 },
    ]);
    expect(media?.fmtp[0]?.config).toContain('useinbandfec=1');
    expect(writeGatewayDescription({ ...base, address: '192.0.2.1', codecs, events: [] })).toContain(
      'IN IP4 192.0.2.1',
    );
  });
});
