import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAudio } from './readAudio.ts';
import { writeAnswer, writeOffer } from './writeAudio.ts';

const LOCAL = { id: 1, version: 1, local: { address: '127.0.0.1', port: 4000 } };
const HEAD = ['v=0', 'o=- 1 1 IN IP4 192.0.2.1', 's=-', 'c=IN IP4 192.0.2.1', 't=0 0'];
const BROWSER_CODECS = [
  'm=audio 5000 RTP/AVP 111 9 8 0 101 110 13',
  'a=rtpmap:111 opus/48000/2',
  'a=fmtp:111 minptime=10;useinbandfec=1',
  'a=rtpmap:101 telephone-event/8000',
  'a=rtpmap:110 telephone-event/48000',
  'a=rtpmap:13 CN/8000',
];
const sdp = (...lines: readonly string[]) => `${[...HEAD, ...lines].join('\r\n')}\r\n`;

function answerTo(offer: string, choice: 'any' | 'g711'): string[] {
  const read = readAudio(offer, choice);
  return read === null ? [] : writeAnswer(read, LOCAL).trim().split('\r\n');
}

describe('the answer to an offer', () => {
  it('takes the first codec for an echo, as it was offered, with events of its clock', () => {
    expect(answerTo(sdp(...BROWSER_CODECS), 'any').slice(5)).toEqual([
      'm=audio 4000 RTP/AVP 111 110',
      'a=rtpmap:111 opus/48000/2',
      'a=fmtp:111 minptime=10;useinbandfec=1',
      'a=rtpmap:110 telephone-event/48000',
      'a=fmtp:110 0-15',
      'a=ptime:20',
      'a=sendrecv',
    ]);
  });

  it('takes the first G.711 codec for sounds of our own', () => {
    expect(answerTo(sdp(...BROWSER_CODECS), 'g711').slice(5)).toEqual([
      'm=audio 4000 RTP/AVP 8 101',
      'a=rtpmap:8 PCMA/8000',
      'a=rtpmap:101 telephone-event/8000',
      'a=fmtp:101 0-15',
      'a=ptime:20',
      'a=sendrecv',
    ]);
  });

  it.each([
    ['sendonly', 'recvonly'],
    ['recvonly', 'sendonly'],
    ['inactive', 'inactive'],
    ['sendrecv', 'sendrecv'],
  ])('mirrors %s as %s', (theirs, ours) => {
    expect(answerTo(sdp('m=audio 5000 RTP/AVP 0', `a=${theirs}`), 'g711')).toContain(`a=${ours}`);
  });

  it('sends nothing to a call held by the address 0.0.0.0', () => {
    expect(answerTo(sdp('m=audio 5000 RTP/AVP 0', 'c=IN IP4 0.0.0.0'), 'g711')).toContain('a=recvonly');
  });

  it('refuses every stream but the one audio stream', () => {
    const offer = sdp(
      'm=video 5002 RTP/AVP 96',
      'a=rtpmap:96 VP8/90000',
      'm=audio 5000 RTP/AVP 0',
      'm=audio 6000 RTP/AVP 8',
    );
    const streams = answerTo(offer, 'g711').filter((line) => line.startsWith('m='));
    expect(streams).toEqual(['m=video 0 RTP/AVP 96', 'm=audio 4000 RTP/AVP 0', 'm=audio 0 RTP/AVP 8']);
  });

  it('keeps the profile and shares the port with RTCP where that was offered', () => {
    const answer = answerTo(sdp('m=audio 5000 RTP/AVPF 0', 'a=rtcp-mux'), 'g711');
    expect(answer).toContain('m=audio 4000 RTP/AVPF 0');
    expect(answer).toContain('a=rtcp-mux');
  });

  it('knows where RTP and RTCP go', () => {
    const offer = sdp('m=audio 5000 RTP/AVP 0', 'c=IN IP4 192.0.2.9', 'a=rtcp:6001');
    expect(readAudio(offer, 'g711')?.agreement).toMatchObject({
      remoteRtp: { address: '192.0.2.9', port: 5000 },
      remoteRtcp: { address: '192.0.2.9', port: 6001 },
      isRtcpMuxed: false,
      events: null,
    });
  });

  it.each([
    ['is no SDP', 'hello'],
    ['is empty', ''],
    ['has no audio', sdp('m=video 5002 RTP/AVP 96')],
    ['has its audio refused', sdp('m=audio 0 RTP/AVP 0')],
    ['wants encryption', sdp('m=audio 5000 RTP/SAVP 0')],
    ['has no codec of ours', sdp('m=audio 5000 RTP/AVP 96', 'a=rtpmap:96 opus/48000/2')],
    ['has events and nothing else', sdp('m=audio 5000 RTP/AVP 101', 'a=rtpmap:101 telephone-event/8000')],
    ['has a name for an address', sdp('m=audio 5000 RTP/AVP 0', 'c=IN IP4 example.org')],
    ['has an impossible port', sdp('m=audio 70000 RTP/AVP 0')],
  ])('is none when the offer %s', (_why, offer) => {
    expect(readAudio(offer, 'g711')).toBeNull();
  });

  it('is never an exception nor broken over lines', () => {
    const octets = fc.uint8Array({ maxLength: 30 }).map((values) => Buffer.from(values).toString('latin1'));
    const line = fc.oneof(fc.constantFrom(...HEAD, ...BROWSER_CODECS), fc.string(), octets);
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
        for (const choice of ['any', 'g711'] as const) {
          const answer = answerTo(['v=0', ...lines].join('\r\n'), choice);
          expect(answer.filter((written) => !/^[a-z]=/.test(written))).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('an offer of our own', () => {
  it('can be answered', () => {
    expect(readAudio(writeOffer(LOCAL), 'g711')?.agreement).toMatchObject({
      codec: { name: 'PCMU', payloadType: 0 },
      events: { payloadType: 101 },
      remoteRtp: LOCAL.local,
    });
  });

  it('names an IPv6 address as such', () => {
    const local = { ...LOCAL, local: { address: '::1', port: 4000 } };
    expect(writeOffer(local)).toContain('c=IN IP6 ::1\r\n');
  });
});
