import type { CodecName } from '../../../shared/domain/index.ts';

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

export type HeldSound = 'music' | 'ringback' | 'silence';

export interface GatewayReoffer {
  /** `sendonly` holds the gateway, `sendrecv` ends that. */
  readonly direction: 'sendrecv' | 'sendonly' | 'inactive';
  /** To choose from anew, best first; absent: the codec stays. */
  readonly codecs?: readonly CodecName[];
}

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
