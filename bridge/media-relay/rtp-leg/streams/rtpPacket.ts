/** Length of an RTP header without contributing sources and extension (RFC 3550 section 5.1). */
export const rtpHeaderLength = 12;

/** True for a record of DTLS, of the packets that share RTP's port (RFC 7983 section 7). */
export function isDtls(packet: Buffer): boolean {
  const first = packet[0] ?? 0;
  return first >= 20 && first <= 63;
}

/**
 * True for RTCP on a port that carries both: packet types 192 to 223 (RFC 5761 section 4).
 * The caller has checked that there are at least two bytes.
 */
export function isRtcp(packet: Buffer): boolean {
  const type = packet[1] ?? 0;
  return type >= 192 && type <= 223;
}

/** True when the bytes can be read as RTP: version 2, and header, contributing sources and extension fit. */
export function isRtp(packet: Buffer): boolean {
  const length = packet.length;
  if (length < rtpHeaderLength) return false;
  const first = packet[0] ?? 0;
  if (first >> 6 !== 2) return false;
  let offset = rtpHeaderLength + (first & 0x0f) * 4;
  if ((first & 0x10) !== 0) {
    if (offset + 4 > length) return false;
    offset += 4 + packet.readUInt16BE(offset + 2) * 4;
  }
  return offset <= length;
}

/** Length of the header with contributing sources and extension. The packet must have passed {@link isRtp}. */
export function wholeHeaderLength(packet: Buffer): number {
  const first = packet[0] ?? 0;
  const length = rtpHeaderLength + (first & 0x0f) * 4;
  return (first & 0x10) === 0 ? length : length + 4 + packet.readUInt16BE(length + 2) * 4;
}

/**
 * Drops the header extension (RFC 3550 section 5.3.1) without copying the payload: the fixed header moves forward
 * over it. Returns a view into the same memory. The packet must have passed {@link isRtp}.
 */
export function withoutHeaderExtension(packet: Buffer): Buffer {
  const first = packet[0] ?? 0;
  if ((first & 0x10) === 0) return packet;
  const headerLength = rtpHeaderLength + (first & 0x0f) * 4;
  const extensionLength = 4 + packet.readUInt16BE(headerLength + 2) * 4;
  packet.copyWithin(extensionLength, 0, headerLength);
  const stripped = packet.subarray(extensionLength);
  stripped[0] = first & 0xef;
  return stripped;
}

/** A jump of sequence numbers that no loss explains: the source has started anew (RFC 3550 A.1, MAX_DROPOUT). */
export const maxSequenceJump = 3000;

/** Signed distance from sequence number `b` to `a`, modulo 2^16. */
export function sequenceDistance(a: number, b: number): number {
  return ((a - b) << 16) >> 16;
}

/** Length of the payload of a packet that passed {@link isRtp} and has no extension, for octet counts. */
export function payloadLength(packet: Buffer): number {
  const first = packet[0] ?? 0;
  const padding = (first & 0x20) !== 0 ? (packet[packet.length - 1] ?? 0) : 0;
  return Math.max(0, packet.length - rtpHeaderLength - (first & 0x0f) * 4 - padding);
}
