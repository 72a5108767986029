import { MediaError } from '../port/index.ts';
import { chooseAudio, type SrtpPolicy } from './chooseAudio.ts';
import type { CodecPayload, Direction, EventPayload } from './codecFormats.ts';
import type { CryptoLine } from './cryptoLines.ts';
import { readDescription } from './readDescription.ts';
import { readPayloads } from './readPayloads.ts';
import type { WebRtcTerms } from './webRtcTerms.ts';

export interface GatewayDescription {
  /** Where it wants RTP: an IP address or a host name. */
  readonly address: string;
  readonly rtpPort: number;
  readonly rtcpPort: number;
  /** As the gateway says it. Hold the old way (address 0.0.0.0, RFC 3264 section 8.4) reads as not receiving. */
  readonly direction: Direction;
  readonly codecs: readonly CodecPayload[];
  readonly events: readonly EventPayload[];
  /** Keys of the gateway's that may be used (RFC 4568), its best first; none: plain RTP. */
  readonly crypto: readonly CryptoLine[];
  /** DTLS-SRTP; null: it isn't that. */
  readonly webRtc: WebRtcTerms | null;
  /** It uses SRTP, and nothing else (RTP/SAVP). */
  readonly isSecureOnly: boolean;
  readonly audioIndex: number;
  /** All media sections, for those that an answer refuses. */
  readonly media: readonly { readonly type: string; readonly protocol: string }[];
}

/**
 * Reads a gateway's offer or answer with RTP audio (RFC 3264, RFC 8866).
 * @throws MediaError of the given code; `notEncrypted`
 */
export function parseGatewayDescription(
  sdp: string,
  code: 'badOffer' | 'badAnswer',
  srtp: SrtpPolicy = 'off',
): GatewayDescription {
  const result = readDescription(sdp);
  if ('problem' in result) throw new MediaError(code, result.problem);
  const { description } = result;
  const { index: audioIndex, crypto, webRtc } = chooseAudio(description, code, srtp);
  const audio = description.media[audioIndex];
  if (audio === undefined) throw new MediaError(code, 'the gateway takes no RTP audio');
  const address = (audio.connection ?? description.connection)?.ip;
  if (address === undefined) throw new MediaError(code, 'the gateway does not say where it wants its audio (c=)');
  // With ICE the candidates say where it is, and it may not know its address yet (RFC 8840 section 4.1.1).
  const isUnspecified = !webRtc?.ice && (address === '0.0.0.0' || address === '::');
  const direction = audio.direction ?? description.direction ?? 'sendrecv';
  return {
    address,
    rtpPort: audio.port,
    rtcpPort: audio.rtcp?.port ?? Math.min(65535, audio.port + 1),
    direction: isUnspecified ? withoutReceiving(direction) : direction,
    ...readPayloads(audio),
    ...{ crypto, webRtc },
    isSecureOnly: audio.protocol.startsWith('RTP/S'),
    audioIndex,
    media: description.media.map(({ type, protocol }) => ({ type, protocol })),
  };
}

function withoutReceiving(direction: Direction): Direction {
  return direction === 'sendrecv' || direction === 'sendonly' ? 'sendonly' : 'inactive';
}
