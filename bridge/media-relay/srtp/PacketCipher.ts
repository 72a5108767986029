/** Where a packet stands in its stream. */
export interface PacketPlace {
  readonly ssrc: number;
  /** Of RTP: rollover counter, the upper 32 bits of the 48-bit index. */
  readonly rollover: number;
  /** Of RTP: sequence number. */
  readonly sequence: number;
}

/**
 * Protects packets of one kind (RTP or RTCP) with the keys of one session. Knows nothing of rollover, replay or whom the packets
 * belong to: all are told.
 */
export interface PacketCipher {
  /** A protected copy. `headerLength` is that of the RTP header with its contributing sources and extension. */
  sealRtp(packet: Buffer, headerLength: number, place: PacketPlace): Buffer;
  /** Opens in place and returns a view into the same memory; null, and the bytes as they were, when it isn't authentic. */
  openRtp(packet: Buffer, headerLength: number, place: PacketPlace): Buffer | null;
  /** @param index 31 bits, which the packet then carries */
  sealRtcp(packet: Buffer, index: number): Buffer;
  /** The packet in the clear and its index; null when it isn't authentic. */
  openRtcp(packet: Buffer): { readonly packet: Buffer; readonly index: number } | null;
}

/** Header and SSRC of the first report, which are never encrypted (RFC 3711 section 3.4). */
export const rtcpClearLength = 8;
/** The bit of the index's word that says the packet is encrypted. */
export const encryptedBit = 0x8000_0000;
