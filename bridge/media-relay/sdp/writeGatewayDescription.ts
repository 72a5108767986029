import { isIPv6 } from 'node:net';
import { type CodecPayload, type Direction, type EventPayload, writeCodecLines } from './codecFormats.ts';
import { type CryptoLine, writeCryptoLine } from './cryptoLines.ts';
import { type WebRtcTermsToWrite, writeWebRtcAudio, writeWebRtcSession } from './webRtcTerms.ts';

export interface GatewayDescriptionToWrite {
  readonly sessionId: string;
  /** Grows with each change (RFC 3264 section 8). */
  readonly version: number;
  readonly address: string;
  readonly rtpPort: number;
  readonly rtcpPort: number;
  readonly codecs: readonly CodecPayload[];
  readonly events: readonly EventPayload[];
  readonly direction: Direction;
  /** Keys that we send with (RFC 4568); in an answer the one that is taken. */
  readonly crypto: readonly CryptoLine[];
  /** DTLS-SRTP, which needs no keys here; absent or null: none. */
  readonly webRtc?: WebRtcTermsToWrite | null;
  /** Of an offer: audio without SRTP isn't wanted. */
  readonly isSecureOnly?: boolean;
  /** Sections of the offer that this answers; our audio takes the place at `audioIndex`, the others are refused. */
  readonly answering?: {
    readonly audioIndex: number;
    readonly media: readonly { readonly type: string; readonly protocol: string }[];
  };
}

/** An offer or answer of ours to a gateway: RTP audio with RFC 4733 events (RFC 3264, RFC 8866). */
export function writeGatewayDescription(description: GatewayDescriptionToWrite): string {
  const network = `IN ${isIPv6(description.address) ? 'IP6' : 'IP4'} ${description.address}`;
  const audio = writeAudio(description);
  const { answering } = description;
  const media =
    answering === undefined
      ? audio
      : answering.media.flatMap((section, index) =>
          index === answering.audioIndex ? audio : [`m=${section.type} 0 ${section.protocol} 0`],
        );
  const session = [
    'v=0',
    `o=- ${description.sessionId} ${description.version} ${network}`,
    's=-',
    `c=${network}`,
    't=0 0',
    ...(description.webRtc ? writeWebRtcSession(description.webRtc) : []),
  ];
  return `${[...session, ...media].join('\r\n')}\r\n`;
}

function writeAudio(description: GatewayDescriptionToWrite): string[] {
  const payloadTypes = [...description.codecs, ...description.events].map(({ payloadType }) => payloadType);
  const ofOffer = description.webRtc ? 'UDP/TLS/RTP/SAVPF' : description.isSecureOnly ? 'RTP/SAVP' : 'RTP/AVP';
  const protocol = description.answering?.media[description.answering.audioIndex]?.protocol ?? ofOffer;
  return [
    `m=audio ${description.rtpPort} ${protocol} ${payloadTypes.join(' ')}`,
    ...description.codecs.flatMap(writeCodecLines),
    ...description.events.flatMap(({ payloadType, clockRate }) => [
      `a=rtpmap:${payloadType} telephone-event/${clockRate}`,
      `a=fmtp:${payloadType} 0-15`,
    ]),
    ...description.crypto.map(writeCryptoLine),
    ...(description.webRtc ? writeWebRtcAudio(description.webRtc, description) : [`a=rtcp:${description.rtcpPort}`]),
    'a=ptime:20',
    `a=${description.direction}`,
  ];
}
