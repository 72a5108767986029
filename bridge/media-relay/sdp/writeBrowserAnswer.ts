import { type CodecPayload, type Direction, writeCodecLines } from './codecFormats.ts';
import type { BrowserOffer } from './parseBrowserOffer.ts';

export interface BrowserCandidate {
  readonly foundation: string;
  readonly priority: number;
  readonly address: string;
  readonly protocol: 'udp' | 'tcp';
  readonly port: number;
  readonly type: string;
  readonly tcpType?: string;
}

export interface BrowserAnswer {
  readonly offer: BrowserOffer;
  readonly sessionId: string;
  readonly version: number;
  /** First the one that the browser shall send. */
  readonly codecs: readonly CodecPayload[];
  readonly ice: { readonly usernameFragment: string; readonly password: string };
  readonly candidates: readonly BrowserCandidate[];
  readonly fingerprint: { readonly algorithm: string; readonly value: string };
  /** SSRC of the audio towards the browser. */
  readonly ssrc: number;
  readonly cname: string;
  readonly direction: Direction;
}

/**
 * Our answer to a browser: ICE-lite (RFC 8839 section 4.2), one port for RTP and RTCP (RFC 5761), no header extension.
 * Sections other than the audio are refused by port 0 (RFC 3264 section 6).
 */
export function writeBrowserAnswer(answer: BrowserAnswer): string {
  const { offer } = answer;
  const session = [
    'v=0',
    `o=- ${answer.sessionId} ${answer.version} IN IP4 0.0.0.0`,
    's=-',
    't=0 0',
    'a=ice-lite',
    ...(offer.isBundled ? [`a=group:BUNDLE ${offer.mid}`] : []),
  ];
  const media = offer.media.flatMap((section, index) => {
    if (index === offer.audioIndex) return writeAudio(answer);
    return [
      `m=${section.type} 0 ${section.protocol} 0`,
      'c=IN IP4 0.0.0.0',
      ...(section.mid === null ? [] : [`a=mid:${section.mid}`]),
      'a=inactive',
    ];
  });
  return `${[...session, ...media].join('\r\n')}\r\n`;
}

/**
 * No `a=ptime` and no parameter beyond the browser's own: Chromium takes each for a part of the codec, which then isn't
 * the one any more that `RTCRtpSender.setParameters` may choose. 20 ms and no DTX are its defaults.
 */
function writeAudio(answer: BrowserAnswer): string[] {
  const { offer, ssrc } = answer;
  const protocol = offer.media[offer.audioIndex]?.protocol ?? 'UDP/TLS/RTP/SAVPF';
  return [
    `m=audio 9 ${protocol} ${answer.codecs.map((codec) => codec.payloadType).join(' ')}`,
    'c=IN IP4 0.0.0.0',
    `a=mid:${offer.mid}`,
    `a=${answer.direction}`,
    ...answer.codecs.flatMap(writeCodecLines),
    // Lost packets are asked for again, both ways (RFC 4585): Chromium does so on our word, though it didn't offer it.
    ...answer.codecs.map(({ payloadType }) => `a=rtcp-fb:${payloadType} nack`),
    'a=rtcp-mux',
    `a=setup:${offer.setup === 'passive' ? 'active' : 'passive'}`,
    `a=fingerprint:${answer.fingerprint.algorithm} ${answer.fingerprint.value}`,
    `a=ice-ufrag:${answer.ice.usernameFragment}`,
    `a=ice-pwd:${answer.ice.password}`,
    ...answer.candidates.map(writeCandidate),
    'a=end-of-candidates',
    'a=msid:dialbridge audio',
    `a=ssrc:${ssrc} cname:${answer.cname}`,
  ];
}

/** RFC 8839 section 5.1, RFC 6544 section 4.5 for TCP. */
function writeCandidate(candidate: BrowserCandidate): string {
  const tcp = candidate.protocol === 'tcp' ? ` tcptype ${candidate.tcpType ?? 'passive'}` : '';
  const { foundation, protocol, priority, address, port, type } = candidate;
  return `a=candidate:${foundation} 1 ${protocol} ${priority} ${address} ${port} typ ${type}${tcp}`;
}
