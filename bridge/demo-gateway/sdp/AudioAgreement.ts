export interface AudioCodec {
  /** As in the SDP's rtpmap, e.g. `PCMU`, `opus`. */
  readonly name: string;
  readonly payloadType: number;
  /** Of the RTP timestamps. */
  readonly clockRateHz: number;
  /** As in rtpmap; absent for one. */
  readonly channels?: number;
  readonly formatParameters?: string;
}

export interface MediaAddress {
  /** IP address. */
  readonly address: string;
  readonly port: number;
}

/** From our side. */
export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** What an offer and its answer settled about the one audio stream. */
export interface AudioAgreement {
  readonly codec: AudioCodec;
  /** Telephone events (RFC 4733); null when the other side doesn't know them. */
  readonly events: AudioCodec | null;
  readonly direction: Direction;
  readonly remoteRtp: MediaAddress;
  readonly remoteRtcp: MediaAddress;
  /** RTP and RTCP on one port (RFC 5761). */
  readonly isRtcpMuxed: boolean;
}

/** Which codecs a number can talk: any there is for an echo, G.711 for sounds of our own. */
export type CodecChoice = 'any' | 'g711';
