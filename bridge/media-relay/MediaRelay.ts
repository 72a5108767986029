import type { EventEmitter } from 'node:events';
import type { CodecName } from '../../shared/domain/index.ts';

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

/** How audio is exchanged with one gateway. */
export interface GatewayMedia {
  /** Codecs that it may use, best first. */
  readonly codecs: readonly CodecName[];
  /**
   * SDES keys (RFC 4568): none, used where the gateway does, or not without; `dtls`: as browsers have it, DTLS-SRTP and ICE (RFC 8827),
   * and nothing else. Default `off`.
   */
  readonly srtp?: 'off' | 'offered' | 'required' | 'dtls';
  /** Of `dtls`: the name that the audio has for the gateway from an earlier offer (RFC 5888); null or absent: none. */
  readonly mid?: string | null;
  /**
   * Whose packets are taken for the gateway's: `negotiated` only the address and port of its SDP; `sameAddress` (default)
   * any port of that address, the first one until it falls silent or the SDP changes (symmetric RTP, RFC 4961);
   * `any` whoever sends first, for gateways behind NAT.
   */
  readonly audioSource?: 'negotiated' | 'sameAddress' | 'any';
  /** An IP address of the gateway, where known: picks the address family. */
  readonly toAddress?: string;
}

/** Facts about the audio of a call. */
export interface MediaSessionEvents {
  /** ICE and DTLS with the browser are up (again). */
  browserConnected: [];
  /** The browser has a connection other than before, as after a reload or at another device: its counts begin anew. */
  browserReplaced: [];
  /** ICE or DTLS with the browser was lost; an offer of the client can bring it back. */
  browserDisconnected: [];
  /** The codec on the way to the gateway is now another one than the browser's answer put first: the client must send it. */
  codecChosen: [{ codec: CodecName; payloadType: number }];
  /** First RTP packet from the browser was sent on to the gateway. */
  firstAudioToGateway: [];
  /** First RTP packet of the gateway was sent on to the browser's transport. */
  firstAudioFromGateway: [];
  /** DTLS with the gateway is through: from now on each can hear the other. */
  gatewaySecured: [];
  /** The mediasoup worker died: everything on the browser's side is gone; `acceptBrowserOffer` makes it anew. */
  workerLost: [];
  /** An offer of the gateway inside the call has changed which way it wants audio: `sendonly` and `inactive` hold us. */
  gatewayDirectionChanged: [GatewayAnswer['direction']];
  /** Nothing came from there for `silenceAfterMs`, though it should: one-way audio, or a side that is gone. Not while it is held. */
  audioStopped: [{ from: 'browser' | 'gateway' }];
  /** It comes again. */
  audioResumed: [{ from: 'browser' | 'gateway' }];
}

export interface DtmfOptions {
  /** Length of each tone in milliseconds (70 to 6000). */
  readonly durationMs: number;
  /** Pause between tones in milliseconds (30 to 6000). */
  readonly gapMs: number;
}

export interface GatewayAnswer {
  readonly codec: CodecName;
  /** Payload type of RFC 4733 events that the gateway accepts; null: none, use SIP INFO. */
  readonly dtmfPayloadType: number | null;
  /** As the gateway says it: `sendonly` when it holds us. */
  readonly direction: 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';
}

/** What is measured of a session, both legs; counts since its start. */
export interface MediaSessionStats {
  readonly codec: CodecName | null;
  readonly browser: {
    readonly packetsIn: number;
    readonly packetsOut: number;
    readonly packetsLost: number;
    readonly jitterMs: number;
    readonly roundTripMs: number | null;
  };
  readonly gateway: GatewayLegStats;
}

export interface GatewayLegStats {
  readonly packetsIn: number;
  readonly packetsOut: number;
  readonly packetsLost: number;
  readonly jitterMs: number;
  readonly roundTripMs: number | null;
  readonly isEncrypted: boolean;
  /** Encrypted packets that weren't authentic or came twice; they went no further. */
  readonly packetsRejected?: number;
  /** What its RTCP receiver reports say of what we send it; null or absent: none yet. Losses since the start. */
  readonly heard?: { readonly packetsLost: number; readonly jitterMs: number } | null;
  /** Mean opinion score of what comes from the gateway (ITU-T G.107, 1 to 4.5); null without audio. */
  readonly mos: number | null;
}

/** Music on hold, what a ringing telephone sounds like to its caller, or nothing but frames of silence. */
export type HeldSound = 'music' | 'ringback' | 'silence';

export interface GatewayReoffer {
  /** `sendonly` holds the gateway, `sendrecv` ends that. */
  readonly direction: 'sendrecv' | 'sendonly' | 'inactive';
  /** To choose from anew, best first; absent: the codec stays. */
  readonly codecs?: readonly CodecName[];
}

/** The audio with one gateway. */
export interface GatewayAudio {
  /**
   * SDP offer for a gateway, made without waiting for the other side. Called again for the next gateway in a failover: the ports
   * stay, the rest may differ.
   * @throws MediaError `noCommonCodec`, `portsExhausted`
   */
  createGatewayOffer(gateway: GatewayMedia): Promise<string>;
  /**
   * The gateway's SDP answer, early (18x) or final (2xx); may be given repeatedly, also with another address.
   * @throws MediaError `badAnswer`, `noCommonCodec`, `notEncrypted`
   */
  applyGatewayAnswer(sdp: string): Promise<GatewayAnswer>;
  /**
   * The first offer of a gateway that calls; resolves with the SDP answer. Of a session with a browser the browser's offer must
   * have been accepted before: the codec is one that both speak.
   * @throws MediaError `badOffer`, `noCommonCodec`, `notEncrypted`, `portsExhausted`
   */
  acceptGatewayOffer(sdp: string, gateway: GatewayMedia): Promise<{ sdp: string; agreed: GatewayAnswer }>;
  /** Answers an offer that the gateway makes inside the call (re-INVITE). null: make an offer of ours. */
  answerGatewayOffer(sdp: string | null): Promise<string>;
  /**
   * An offer of ours inside the call, for a re-INVITE: to hold (`sendonly`), to resume (`sendrecv`), or to agree on one of `codecs`.
   * What is agreed stays until `applyGatewayAnswer`; where the gateway refuses it, nothing has changed.
   * @throws MediaError `noCommonCodec`
   */
  reofferGateway(options: GatewayReoffer): Promise<string>;
  /** What the gateway is sent in place of the other side's audio, in the codec agreed, again and again; null: the other side. Nothing once closed. */
  play(sound: HeldSound | null): void;
  /** RFC 4733 events on the audio's own SSRC; resolves when the last tone has ended. Calls queue. */
  sendDtmf(digits: string, options: DtmfOptions): Promise<void>;
}

export interface TrunkSessionRequest {
  readonly callId: string;
  /**
   * Offer of the gateway that calls, where it made one. With it `outgoing` is offered what both may speak, and `incoming` is answered
   * (`acceptGatewayOffer`) once the called gateway has chosen. Without it `incoming` is answered first, or offered what was chosen.
   */
  readonly incomingOffer?: string | null;
}

export interface TrunkSessionEvents {
  /** The first packet of a gateway was passed to the other one. */
  firstAudio: [{ from: 'incoming' | 'outgoing' }];
}

/**
 * The audio of a call from one gateway to another, without a browser: both speak one codec, which is passed through with its
 * events. Owned by the call handler, which closes it.
 */
export interface TrunkSession extends EventEmitter<TrunkSessionEvents> {
  /** The gateway that calls. */
  readonly incoming: GatewayAudio;
  /** The gateway that is called. */
  readonly outgoing: GatewayAudio;
  stats(): Promise<{
    readonly incoming: GatewayLegStats;
    readonly outgoing: GatewayLegStats;
    readonly codec: CodecName | null;
  }>;
  /** Idempotent. */
  close(): Promise<void>;
}

/**
 * The audio of one call: browser <-> mediasoup <-> RTP leg <-> gateway.
 * Owned by the call handler, which closes it.
 */
export interface MediaSession extends EventEmitter<MediaSessionEvents>, GatewayAudio {
  /**
   * Answers an offer of the browser: the first one of the call, and later ones (ICE restart, reload, new worker).
   * Resolves with the SDP answer; the gateway's side is untouched.
   * @throws MediaError `badOffer` for an SDP that cannot be used, `noCommonCodec`, `portsExhausted`, `workerUnavailable`
   */
  acceptBrowserOffer(offer: string): Promise<string>;
  /** The codec towards the gateway; null before it has chosen. */
  readonly gatewayCodec: CodecName | null;
  /** Closed: neither side hears the other (the gateway hears what `play` says). The browser's connection stays up. Open at first. Nothing once closed. */
  setGate(isOpen: boolean): void;
  /** Frees the browser's side and keeps the gateway's, which is sent `silence` or what `play` says. A later offer brings it back. */
  releaseBrowser(): Promise<void>;
  stats(): Promise<MediaSessionStats>;
  /** Frees ports, transports, timers. Idempotent. */
  close(): Promise<void>;
}

/** What the relay holds right now. All but `workers` are zero when no call is up. */
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

/** A browser's audio to us and back. Owned by whoever asked for it. */
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

export type MediaErrorCode =
  | 'badOffer'
  | 'badAnswer'
  | 'noCommonCodec'
  /** SRTP is required and the other side gave no keys that we know. */
  | 'notEncrypted'
  | 'portsExhausted'
  | 'workerUnavailable'
  | 'closed';

export class MediaError extends Error {
  readonly code: MediaErrorCode;
  constructor(code: MediaErrorCode, message: string) {
    super(message);
    this.name = 'MediaError';
    this.code = code;
  }
}
