import type { CodecName } from '../../../shared/domain/index.ts';
import type { GatewayMedia } from './GatewayAudio.ts';
import type { MediaSession } from './MediaSession.ts';
import type { TrunkSession, TrunkSessionRequest } from './TrunkSession.ts';

export interface MediaRelayOptions {
  /** Address at which browsers and gateways reach us. */
  readonly listenAddress: string;
  /** Told to browsers and gateways in place of `listenAddress` where we are behind NAT. */
  readonly announcedAddress: string | null;
  /** Further addresses for browsers and gateways, e.g. IPv6 beside IPv4. */
  readonly extraListenAddresses?: readonly {
    readonly listenAddress: string;
    readonly announcedAddress: string | null;
  }[];
  /** First and last UDP port towards gateways, inclusive. */
  readonly portRange: readonly [number, number];
  /** First of the ports that browsers reach: worker n takes `browserPort + n`, UDP and TCP; 0 lets the system choose. */
  readonly browserPort: number;
  /** Number of mediasoup workers; null means one per core. */
  readonly workers: number | null;
  /** Folder of the operator's own music on hold; ours where null or absent. */
  readonly holdMusic?: string | null;
  /** Audio that should come and doesn't is told of after so many milliseconds (`audioStopped`). Default 4500. */
  readonly silenceAfterMs?: number;
  /** Path of the mediasoup-worker binary; mediasoup's own choice when absent. */
  readonly workerBin?: string;
}

export interface MediaRelayHoldings {
  readonly workers: number;
  readonly sessions: number;
  readonly routers: number;
  readonly transports: number;
  readonly rtpLegs: number;
  readonly gatewayPorts: number;
}

export interface MediaSessionRequest {
  readonly callId: string;
  /** Codecs that the call may use, best first; what is put first in the browser's answer before the gateway has chosen. */
  readonly codecs: readonly CodecName[];
  /** No browser will take part: the gateway is sent silence, so that it knows where we are. Default false. */
  readonly sendsSilence?: boolean;
}

export interface EchoSession {
  /** @throws MediaError as `MediaSession.acceptBrowserOffer` */
  acceptBrowserOffer(offer: string): Promise<string>;
  /** Idempotent. */
  close(): Promise<void>;
}

export interface MediaRelay {
  /** The session object is there at once; nothing is opened until its first method needs it. */
  createSession(request: MediaSessionRequest): MediaSession;
  /** @throws MediaError `badOffer` for an `incomingOffer` that is no SDP */
  createTrunkSession(request: TrunkSessionRequest): TrunkSession;
  /**
   * Joins the gateways of two calls, which speak the same codec by now: each hears the other, with its key tones. Both browsers' sides are
   * released. The sessions stay their owners' to close; when one is, the other is sent silence.
   * @throws MediaError `noCommonCodec` where they don't
   */
  join(one: MediaSession, other: MediaSession): Promise<void>;
  /** What a browser sends comes back to it. Nothing is opened before its first method. */
  createEchoSession(): EchoSession;
  /**
   * Codecs by which the first offer of this gateway can be answered, in its order; for choosing what a browser is answered before
   * the gateway is, and for refusing what nobody could answer before anybody is rung.
   * @throws MediaError `badOffer`, `notEncrypted`, `noCommonCodec`
   */
  codecsIn(sdp: string, gateway: GatewayMedia): readonly CodecName[];
  holdings(): Promise<MediaRelayHoldings>;
  /** Process ids of the mediasoup workers, for measuring. */
  workerPids(): readonly number[];
  close(): Promise<void>;
}
