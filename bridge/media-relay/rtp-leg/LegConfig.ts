import type { SrtpKey } from '../srtp/index.ts';
import type { IceCredentials } from './ice/index.ts';

/** Which senders a leg takes for the gateway. */
export type GatewaySourcePolicy =
  /** Only the address and port of the SDP. */
  | 'negotiated'
  /** The address of the SDP; another port of it is latched (symmetric RTP, RFC 4961). */
  | 'sameAddress'
  /** Whoever sends first until the SDP changes: for gateways behind NAT. */
  | 'any';

/** The gateway's side of a leg, from its SDP. Times and ports as there. */
export interface LegGateway {
  readonly address: string;
  readonly rtpPort: number;
  readonly rtcpPort: number;
  readonly sourcePolicy: GatewaySourcePolicy;
  /** False while the gateway doesn't want to receive (sendonly, inactive). */
  readonly isSending: boolean;
  /** Encryption (RFC 3711) both ways; null: plain RTP, or with `webRtc` nothing before there are keys. */
  readonly srtp: { readonly sending: SrtpKey; readonly receiving: SrtpKey } | null;
  /**
   * As browsers have it: RTP, RTCP and DTLS on the port of RTP (RFC 5761, RFC 7983), and ICE with these credentials of ours where the
   * gateway has it. Absent or null: none of that.
   */
  readonly webRtc?: { readonly ice: IceCredentials | null } | null;
}

export interface LegCodec {
  /** Payload type between the leg and mediasoup, both ways. */
  readonly mediasoupPayloadType: number;
  /** What the gateway may send it as. */
  readonly gatewayPayloadTypes: readonly number[];
  readonly clockRate: number;
}

export interface PassedEvent {
  readonly mediasoupPayloadType: number;
  readonly gatewayPayloadType: number;
  /** Towards a gateway that knows events of another clock: its clock by the other side's. Nothing comes back this way. Absent: both ways. */
  readonly durationFactor?: number;
}

export interface LegConfig {
  readonly gateway: LegGateway | null;
  /** Where mediasoup's plain transport listens on loopback; null while there is none. */
  readonly mediasoupPort: number | null;
  /**
   * Sent to mediasoup once when `mediasoupPort` changes: a frame of silence in the first codec of its producer, which
   * makes a stream only of that one's payload type and takes the producer's other codecs from then on.
   */
  readonly primer: { readonly payloadType: number; readonly payload: Uint8Array } | null;
  readonly codecs: readonly LegCodec[];
  /** The codec that goes to the gateway and its payload type there; null before the gateway's answer. */
  readonly sending: {
    readonly mediasoupPayloadType: number;
    readonly gatewayPayloadType: number;
    readonly clockRate: number;
  } | null;
  readonly dtmf: { readonly payloadType: number; readonly clockRate: number } | null;
  /** Key of a sound of the pool's, in the codec of `sending`, that the gateway is sent in place of the other side's audio; null: none. */
  readonly sound: string | null;
  /** The same, for when the other side has spoken and then falls silent for half a second; null: none. */
  readonly gapSound: string | null;
  /** Closed: nothing passes between the gateway and the other side, as on hold. Both sides' reports (RTCP) pass. */
  readonly isGateOpen: boolean;
  /** Whose audio is missed when it stops; another `round` begins anew. */
  readonly watch: { readonly gateway: boolean; readonly other: boolean; readonly round: number };
  /** RFC 4733 events that pass both ways, between two gateways; empty where events are ours to make. */
  readonly passedEvents: readonly PassedEvent[];
}

export const emptyLegConfig: LegConfig = {
  gateway: null,
  mediasoupPort: null,
  primer: null,
  codecs: [],
  sending: null,
  dtmf: null,
  sound: null,
  gapSound: null,
  isGateOpen: true,
  watch: { gateway: false, other: false, round: 0 },
  passedEvents: [],
};

/** What all legs of a pool have in common. */
export interface LegSettings {
  /** What gateways can be sent in place of audio. */
  readonly sounds: LegSounds;
  /** Audio that should come and doesn't is taken for stopped after this long. */
  readonly silenceAfterMs: number;
}

/** Sounds by key: frames of 20 ms, in memory that threads share. */
export type LegSounds = ReadonlyMap<string, readonly Uint8Array[]>;

/** Loopback address between the legs and mediasoup. */
export const loopbackAddress = '127.0.0.1';

/** What a leg counted of its gateway since its start. */
export interface LegStatistics {
  readonly packetsIn: number;
  readonly packetsOut: number;
  readonly packetsLost: number;
  readonly jitterMs: number;
  readonly roundTripMs: number | null;
  readonly isEncrypted: boolean;
  /** Encrypted packets that weren't authentic or came twice; they went no further. */
  readonly packetsRejected: number;
  /** What the gateway's receiver reports say of what we send (RFC 3550 section 6.4); null before the first. */
  readonly heard: { readonly packetsLost: number; readonly jitterMs: number } | null;
}
