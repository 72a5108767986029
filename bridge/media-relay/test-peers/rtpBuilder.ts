/** Builds RTP packets for tests. */
export function rtp(fields: {
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
  readonly payloadType?: number;
  readonly marker?: boolean;
  readonly payload?: Uint8Array;
  /** Words of a one-byte header extension block. */
  readonly extensionWords?: number;
}): Buffer {
  const payload = fields.payload ?? Uint8Array.of(1, 2, 3, 4);
  const extensionLength = fields.extensionWords === undefined ? 0 : 4 + fields.extensionWords * 4;
  const packet = Buffer.alloc(12 + extensionLength + payload.length);
  packet[0] = 0x80 | (extensionLength > 0 ? 0x10 : 0);
  packet[1] = (fields.marker === true ? 0x80 : 0) | (fields.payloadType ?? 0);
  packet.writeUInt16BE(fields.sequence & 0xffff, 2);
  packet.writeUInt32BE(fields.timestamp >>> 0, 4);
  packet.writeUInt32BE(fields.ssrc, 8);
  if (fields.extensionWords !== undefined) {
    packet.writeUInt16BE(0xbede, 12);
    packet.writeUInt16BE(fields.extensionWords, 14);
    packet.fill(0x10, 16, 16 + fields.extensionWords * 4);
  }
  packet.set(payload, 12 + extensionLength);
  return packet;
}

/** What a test asks of a packet. */
export function readRtp(packet: Buffer): {
  payloadType: number;
  marker: boolean;
  sequence: number;
  timestamp: number;
  ssrc: number;
  hasExtension: boolean;
  payload: Buffer;
} {
  const second = packet[1] ?? 0;
  return {
    payloadType: second & 0x7f,
    marker: (second & 0x80) !== 0,
    sequence: packet.readUInt16BE(2),
    timestamp: packet.readUInt32BE(4),
    ssrc: packet.readUInt32BE(8),
    hasExtension: ((packet[0] ?? 0) & 0x10) !== 0,
    payload: packet.subarray(12),
  };
}
