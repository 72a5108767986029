import { MediaError } from '../MediaRelay.ts';
import type { CodecPayload, Direction, EventPayload } from './codecFormats.ts';
import { readDescription } from './readDescription.ts';
import { readPayloads } from './readPayloads.ts';

export interface GatewayDescription {
  /** Where it wants RTP: an IP address or a host name. */
  readonly address: string;
  readonly rtpPort: number;
  readonly rtcpPort: number;
  /** As the gateway says it. Hold the old way (address 0.0.0.0, RFC 3264 section 8.4) reads as not receiving. */
  readonly direction: Direction;
  readonly codecs: readonly CodecPayload[];
  readonly events: readonly EventPayload[];
  readonly audioIndex: number;
  /** All media sections, for those that an answer refuses. */
  readonly media: readonly { readonly type: string; readonly protocol: string }[];
}

/**
 * Reads a gateway's offer or answer with RTP audio (RFC 3264, RFC 8866).
 * @throws MediaError of the given code
 */
export function parseGatewayDescription(sdp: string, code: 'badOffer' | 'badAnswer'): GatewayDescription {
  const result = readDescription(sdp);
  if ('problem' in result) throw new MediaError(code, result.problem);
  const { description } = result;
  const audioIndex = description.media.findIndex(
    (media) => media.type === 'audio' && media.port !== 0 && /^RTP\/AVPF?$/.test(media.protocol),
  );
  const audio = description.media[audioIndex];
  if (audio === undefined) throw new MediaError(code, 'the gateway takes no RTP audio');
  const address = (audio.connection ?? description.connection)?.ip;
  if (address === undefined) throw new MediaError(code, 'the gateway does not say where it wants its audio (c=)');
  const isUnspecified = address === '0.0.0.0' || address === '::';
  const direction = audio.direction ?? description.direction ?? 'sendrecv';
  return {
    address,
    rtpPort: audio.port,
    rtcpPort: audio.rtcp?.port ?? Math.min(65535, audio.port + 1),
    direction: isUnspecified ? withoutReceiving(direction) : direction,
    ...readPayloads(audio),
    audioIndex,
    media: description.media.map(({ type, protocol }) => ({ type, protocol })),
  };
}

function withoutReceiving(direction: Direction): Direction {
  return direction === 'sendrecv' || direction === 'sendonly' ? 'sendonly' : 'inactive';
}
