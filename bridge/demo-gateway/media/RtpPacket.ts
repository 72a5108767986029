/** RFC 3550 section 5.1, without what we never use: contributing sources, extension and padding are dropped on reading. */
export interface RtpPacket {
  /** 0-127. */
  readonly payloadType: number;
  readonly isMarked: boolean;
  /** 16 bits. */
  readonly sequenceNumber: number;
  /** 32 bits, in units of the payload's clock. */
  readonly timestamp: number;
  /** 32 bits. */
  readonly ssrc: number;
  readonly payload: Uint8Array;
}

const HEADER_LENGTH = 12;
const VERSION = 2;

/** Whether a datagram on a shared port is RTCP (RFC 5761 section 4: packet types 192-223). */
export function isRtcp(datagram: Uint8Array): boolean {
  const type = datagram[1] ?? 0;
  return type >= 192 && type <= 223;
}

/** Null for anything that isn't RTP version 2 with consistent lengths. The payload is a view into the datagram. */
export function parseRtpPacket(datagram: Uint8Array): RtpPacket | null {
  if (datagram.length < HEADER_LENGTH) return null;
  const view = new DataView(datagram.buffer, datagram.byteOffset, datagram.byteLength);
  const first = view.getUint8(0);
  const second = view.getUint8(1);
  if (first >> 6 !== VERSION) return null;
  let start = HEADER_LENGTH + 4 * (first & 0x0f);
  if ((first & 0x10) !== 0) {
    if (start + 4 > datagram.length) return null;
    start += 4 + 4 * view.getUint16(start + 2);
  }
  const padding = (first & 0x20) === 0 ? 0 : view.getUint8(datagram.length - 1);
  const end = datagram.length - padding;
  if (start > end || ((first & 0x20) !== 0 && padding === 0)) return null;
  return {
    payloadType: second & 0x7f,
    isMarked: (second & 0x80) !== 0,
    sequenceNumber: view.getUint16(2),
    timestamp: view.getUint32(4),
    ssrc: view.getUint32(8),
    payload: datagram.subarray(start, end),
  };
}

export function serializeRtpPacket(packet: RtpPacket): Uint8Array {
  const datagram = new Uint8Array(HEADER_LENGTH + packet.payload.length);
  const view = new DataView(datagram.buffer);
  view.setUint8(0, VERSION << 6);
  view.setUint8(1, (packet.isMarked ? 0x80 : 0) | packet.payloadType);
  view.setUint16(2, packet.sequenceNumber & 0xffff);
  view.setUint32(4, packet.timestamp >>> 0);
  view.setUint32(8, packet.ssrc >>> 0);
  datagram.set(packet.payload, HEADER_LENGTH);
  return datagram;
}
