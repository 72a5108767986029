import type { HeldSound } from '../port/index.ts';
import type { GatewaySourcePolicy, IceCredentials, LegConfig, PassedEvent } from '../rtp-leg/index.ts';
import {
  type CodecPayload,
  chooseCodecPayloads,
  chooseEventPayloads,
  codecFormats,
  type EventPayload,
} from '../sdp/index.ts';
import { soundKey } from '../sounds/index.ts';
import type { GatewayAgreement } from './GatewayAgreement.ts';
import type { OurDirection } from './HoldAxis.ts';
import type { AgreedKeys } from './KeyExchange.ts';

/** What the gateway hears of the other side of the call. */
export interface HeardByGateway {
  /** In place of the other side's audio; null: that. */
  readonly sound: HeldSound | null;
  readonly isGateOpen: boolean;
  /** There is nobody on the other side now: silence. */
  readonly isOtherAway: boolean;
  /** Where the other side falls silent, frames of silence are sent. */
  readonly areGapsFilled: boolean;
  /** Between two gateways events pass: under usual numbers on the way between, one for each clock rate. */
  readonly areEventsPassed: boolean;
  /** Whose audio is missed when it stops. */
  readonly watched: 'both' | 'gateway' | 'none';
}

/** Unless the call says otherwise: the other side’s audio. */
export const heardAtFirst: HeardByGateway = {
  ...{ sound: null, isGateOpen: true, isOtherAway: false, areGapsFilled: false },
  ...{ areEventsPassed: false, watched: 'none' },
};

const nothingAgreed = {
  ...{ gateway: null, sending: null, dtmf: null, sound: null, gapSound: null, passedEvents: [] },
  watch: { gateway: false, other: false, round: 0 },
} as const;

/** The part of a leg's configuration that follows from what was negotiated with the gateway and the browser. */
export function legConfig(state: {
  readonly offered: readonly CodecPayload[];
  readonly agreement: GatewayAgreement | null;
  readonly browserCodecs: readonly CodecPayload[] | null;
  readonly gatewaySource: GatewaySourcePolicy;
  /** What we want of the gateway. */
  readonly ours: OurDirection;
  /** Of descriptions that the gateway has given. */
  readonly round: number;
  readonly heard: HeardByGateway;
  /** Where the keys come by DTLS: our side of it. */
  readonly dtls: { readonly ice: IceCredentials; readonly keys: AgreedKeys | null } | null;
}): Omit<LegConfig, 'mediasoupPort' | 'primer'> {
  const { agreement, offered, browserCodecs, heard } = state;
  const onOurSide = (codec: CodecPayload['codec']): number =>
    chooseCodecPayloads([codec], browserCodecs)[0]?.payloadType ?? 0;
  const numbered = new Map(offered.map((payload) => [payload.payloadType, payload]));
  const codecs = [...numbered.values()].map(({ codec, payloadType }) => ({
    mediasoupPayloadType: onOurSide(codec),
    gatewayPayloadTypes: [payloadType],
    clockRate: codecFormats[codec].clockRate,
  }));
  if (agreement === null) return { ...nothingAgreed, codecs, isGateOpen: heard.isGateOpen };
  const { codec, event, address, rtpPort, rtcpPort, direction, srtp, webRtc } = agreement;
  const isKnown = offered.some(({ payloadType }) => payloadType === codec.payloadType);
  const { clockRate } = codecFormats[codec.codec];
  const isTalking = heard.isGateOpen && state.ours === 'sendrecv' && direction === 'sendrecv';
  const sound = heard.sound ?? (heard.isOtherAway || !heard.isGateOpen ? 'silence' : null);
  // A gateway that answers with another number than the offer's tends to send with it, too (RFC 3264 section 6.1).
  const answered = {
    mediasoupPayloadType: onOurSide(codec.codec),
    gatewayPayloadTypes: [codec.payloadType],
    clockRate,
  };
  return {
    gateway: {
      address,
      rtpPort,
      rtcpPort,
      sourcePolicy: state.gatewaySource,
      isSending: direction === 'sendrecv' || direction === 'recvonly',
      srtp: webRtc ? (state.dtls?.keys ?? null) : srtp,
      webRtc: webRtc && { ice: webRtc.hasIce ? (state.dtls?.ice ?? null) : null },
    },
    codecs: isKnown ? codecs : [...codecs, answered],
    sending: { mediasoupPayloadType: onOurSide(codec.codec), gatewayPayloadType: codec.payloadType, clockRate },
    dtmf: event === null ? null : { payloadType: event.payloadType, clockRate: event.clockRate },
    sound: sound === null ? null : soundKey(sound, codec.codec),
    gapSound: heard.areGapsFilled ? soundKey('silence', codec.codec) : null,
    isGateOpen: heard.isGateOpen,
    watch: {
      gateway: isTalking && heard.watched !== 'none',
      other: isTalking && heard.watched === 'both',
      round: state.round,
    },
    passedEvents: heard.areEventsPassed ? passedEvents(agreement.events) : [],
  };
}

/** Of the usual numbers on the way between, those that this gateway can be sent, if by events of another clock. */
function passedEvents(known: readonly EventPayload[]): PassedEvent[] {
  const between = chooseEventPayloads([{ codec: 'opus', payloadType: 111 }]);
  return between.flatMap(({ payloadType: mediasoupPayloadType, clockRate }) => {
    const event = known.find((one) => one.clockRate === clockRate) ?? known[0];
    if (event === undefined) return [];
    const passed = { mediasoupPayloadType, gatewayPayloadType: event.payloadType };
    return [event.clockRate === clockRate ? passed : { ...passed, durationFactor: event.clockRate / clockRate }];
  });
}
