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
  /** Lost packets are asked for again (RFC 4585 section 6.2.1). */
  readonly hasRepeats?: boolean;
}): types.RtpParameters {
  const { codecs, first, hasRepeats = false } = options;
  const rtcpFeedback = hasRepeats ? repeats : [];
  const ordered = [...codecs.filter(({ codec }) => codec === first), ...codecs.filter(({ codec }) => codec !== first)];
  return {
    codecs: ordered.map(({ codec, payloadType }) => ({ ...common(codec), payloadType, rtcpFeedback })),
    headerExtensions: [],
    encodings: [{ ssrc: options.ssrc }],
    rtcp: { cname: options.cname, reducedSize: true },
  };
}

/** A receiver that is sent what it misses once more when it asks for it, where the way is short enough. */
export function consumeWithRepeats(
  transport: types.WebRtcTransport,
  router: types.Router,
  producer: types.Producer,
): Promise<types.Consumer> {
  return transport.consume({
    producerId: producer.id,
    rtpCapabilities: receiving(router, repeats),
    // Without it mediasoup takes NACK out of audio, though audio is repeated on its own SSRC.
    enableRtx: true,
  });
}

export function consume(
  transport: types.PlainTransport,
  router: types.Router,
  producer: types.Producer,
): Promise<types.Consumer> {
  return transport.consume({ producerId: producer.id, rtpCapabilities: receiving(router, []) });
}

const repeats: types.RtcpFeedback[] = [{ type: 'nack' }];

function receiving(router: types.Router, rtcpFeedback: types.RtcpFeedback[]): types.RtpCapabilities {
  const codecs = (router.rtpCapabilities.codecs ?? []).map((codec) => ({ ...codec, rtcpFeedback }));
  return { codecs, headerExtensions: [] };
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
