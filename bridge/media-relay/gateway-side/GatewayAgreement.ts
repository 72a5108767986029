import {
  type CodecPayload,
  chooseEvent,
  type Direction,
  type EventPayload,
  type GatewayDescription,
} from '../sdp/index.ts';
import { isUnspecified } from './CallLeg.ts';
import type { AgreedKeys } from './KeyExchange.ts';

/** What was agreed with the gateway. */
export interface GatewayAgreement {
  readonly codec: CodecPayload;
  /** All events that it knows, and the ones that we send. */
  readonly events: readonly EventPayload[];
  readonly event: EventPayload | null;
  readonly direction: Direction;
  readonly address: string;
  readonly rtpPort: number;
  readonly rtcpPort: number;
  /** null: plain RTP. */
  readonly srtp: AgreedKeys | null;
  /** DTLS-SRTP, whose keys come later, and whether with ICE; null: none. */
  readonly webRtc: { readonly hasIce: boolean } | null;
  /** The gateway says so by the profile (RTP/SAVP), which a later offer must keep. */
  readonly isSecureOnly: boolean;
}

/** What a gateway's description makes of the call. */
export function agreementOn(
  { direction, events: offered, rtpPort, rtcpPort, isSecureOnly, webRtc }: GatewayDescription,
  options: {
    readonly codec: CodecPayload;
    readonly srtp: AgreedKeys | null;
    /** The description's, resolved. */
    readonly address: string;
    /** Of the events that may be used; null: any. */
    readonly clockRates: readonly number[] | null;
    readonly before: GatewayAgreement | null;
  },
): GatewayAgreement {
  const { codec, srtp, address, clockRates, before } = options;
  const events = offered.filter(({ clockRate }) => clockRates?.includes(clockRate) !== false);
  // Held the old way, the gateway names no address, and yet its music comes from where it was (RFC 3264 section 8.4).
  const place = isUnspecified(address)
    ? (before ?? { address, rtpPort: 0, rtcpPort: 0 })
    : { address, rtpPort, rtcpPort };
  return {
    ...{ codec, events, event: chooseEvent(events, codec.codec), direction, srtp, isSecureOnly },
    webRtc: webRtc && { hasIce: webRtc.ice !== null },
    ...{ address: place.address, rtpPort: place.rtpPort, rtcpPort: place.rtcpPort },
  };
}
