import type { CodecName } from '../../../shared/domain/index.ts';

/** How a codec is written in SDP. */
export interface CodecFormat {
  readonly encodingName: string;
  /** RTP clock in Hz, which the rtpmap says. G722 samples at 16000 and yet says 8000 (RFC 3551 section 4.5.2). */
  readonly clockRate: number;
  readonly channels: 1 | 2;
  /** Payload type that needs no rtpmap (RFC 3551 section 6). */
  readonly staticPayloadType: number | null;
  /** RFC 7587: in-band FEC helps on lossy paths; DTX stays off, which is its default, so that silence keeps NAT bindings alive. */
  readonly formatParameters: string | null;
}

export const codecFormats: Record<CodecName, CodecFormat> = {
  opus: {
    encodingName: 'opus',
    clockRate: 48000,
    channels: 2,
    staticPayloadType: null,
    formatParameters: 'minptime=10;useinbandfec=1',
  },
  G722: { encodingName: 'G722', clockRate: 8000, channels: 1, staticPayloadType: 9, formatParameters: null },
  PCMA: { encodingName: 'PCMA', clockRate: 8000, channels: 1, staticPayloadType: 8, formatParameters: null },
  PCMU: { encodingName: 'PCMU', clockRate: 8000, channels: 1, staticPayloadType: 0, formatParameters: null },
};

const codecNames: readonly CodecName[] = ['opus', 'G722', 'PCMA', 'PCMU'];

/** The codec of an rtpmap (encoding names are case-insensitive, RFC 4855 section 2); null when it is none of ours. */
export function findCodec(rtpmap: { encodingName: string; clockRate: number; channels: number }): CodecName | null {
  const encodingName = rtpmap.encodingName.toLowerCase();
  return (
    codecNames.find((name) => {
      const format = codecFormats[name];
      return (
        format.encodingName.toLowerCase() === encodingName &&
        format.clockRate === rtpmap.clockRate &&
        format.channels === rtpmap.channels
      );
    }) ?? null
  );
}

/** The codec of a static payload type that comes without rtpmap. */
export function findStaticCodec(payloadType: number): CodecName | null {
  return codecNames.find((name) => codecFormats[name].staticPayloadType === payloadType) ?? null;
}

export interface CodecPayload {
  readonly codec: CodecName;
  readonly payloadType: number;
}

/** RFC 4733 events of a clock rate. */
export interface EventPayload {
  readonly payloadType: number;
  readonly clockRate: number;
}

export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** The same direction, seen from the other side. */
export function reverseDirection(direction: Direction): Direction {
  if (direction === 'sendonly') return 'recvonly';
  if (direction === 'recvonly') return 'sendonly';
  return direction;
}

/** Lines `a=rtpmap` and `a=fmtp` of a codec. */
export function writeCodecLines({ codec, payloadType }: CodecPayload): string[] {
  const format = codecFormats[codec];
  const channels = format.channels === 1 ? '' : `/${format.channels}`;
  const lines = [`a=rtpmap:${payloadType} ${format.encodingName}/${format.clockRate}${channels}`];
  if (format.formatParameters !== null) lines.push(`a=fmtp:${payloadType} ${format.formatParameters}`);
  return lines;
}
