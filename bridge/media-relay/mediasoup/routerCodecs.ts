import type { types } from 'mediasoup';
import type { CodecName } from '../../../shared/domain/index.ts';
import { type CodecPayload, codecFormats } from '../sdp/index.ts';

/** The codecs of a call's router: those of the browser, with its payload types. */
export function routerCodecs(codecs: readonly CodecPayload[]): types.RouterRtpCodecCapability[] {
  return codecs.map(({ codec, payloadType }) => ({ ...common(codec), preferredPayloadType: payloadType }));
}

/**
 * Parameters of a producer. mediasoup makes its stream at the first packet of the first codec, and from then on takes
 * the others too.
 */
export function producerParameters(options: {
  readonly codecs: readonly CodecPayload[];
  readonly first: CodecName;
  readonly ssrc: number;
  readonly cname: string;
}): types.RtpParameters {
  const { codecs, first } = options;
  const ordered = [...codecs.filter(({ codec }) => codec === first), ...codecs.filter(({ codec }) => codec !== first)];
  return {
    codecs: ordered.map(({ codec, payloadType }) => ({ ...common(codec), payloadType })),
    headerExtensions: [],
    encodings: [{ ssrc: options.ssrc }],
    rtcp: { cname: options.cname, reducedSize: true },
  };
}

function common(codec: CodecName): {
  kind: 'audio';
  mimeType: `audio/${string}`;
  clockRate: number;
  channels?: number;
} {
  const { encodingName, clockRate, channels } = codecFormats[codec];
  const mimeType = `audio/${encodingName}` as const;
  return { kind: 'audio', mimeType, clockRate, ...(channels === 1 ? {} : { channels }) };
}
