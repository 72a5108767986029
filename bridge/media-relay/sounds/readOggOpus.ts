/** Duration of a frame in 0.1 ms by the configuration in the first byte (RFC 6716 section 3.1). */
const silkFrames = [100, 200, 400, 600];
const hybridFrames = [100, 200];
const celtFrames = [25, 50, 100, 200];
const frameDuration = 200;

/**
 * The packets of an Ogg Opus file (RFC 7845), each of 20 ms.
 * @throws Error that says what the file is not
 */
export function readOggOpus(bytes: Buffer): Uint8Array[] {
  const [head, tags, ...packets] = readPackets(bytes);
  if (head?.toString('latin1', 0, 8) !== 'OpusHead' || tags?.toString('latin1', 0, 8) !== 'OpusTags') {
    throw new Error('it is no Ogg Opus file');
  }
  if (packets.length === 0) throw new Error('it is an Opus file without audio');
  for (const packet of packets) {
    const duration = durationOf(packet);
    if (duration !== frameDuration) {
      throw new Error(`its packets last ${duration / 10} ms, and 20 ms are needed (opusenc --framesize 20)`);
    }
  }
  return packets;
}

/** Packets are cut into segments of at most 255 bytes; one of 255 goes on in the next (RFC 3533 section 6). */
function readPackets(bytes: Buffer): Buffer[] {
  const packets: Buffer[] = [];
  let begun: Buffer[] = [];
  let offset = 0;
  while (offset + 27 <= bytes.length && bytes.toString('latin1', offset, offset + 4) === 'OggS') {
    const segments = bytes.subarray(offset + 27, offset + 27 + (bytes[offset + 26] ?? 0));
    let at = offset + 27 + segments.length;
    for (const length of segments) {
      begun.push(bytes.subarray(at, at + length));
      at += length;
      if (length === 255) continue;
      packets.push(Buffer.concat(begun));
      begun = [];
    }
    offset = at;
  }
  return packets;
}

function durationOf(packet: Buffer): number {
  const first = packet[0] ?? 0;
  const config = first >> 3;
  const perFrame =
    config < 12 ? silkFrames[config & 3] : config < 16 ? hybridFrames[config & 1] : celtFrames[config & 3];
  const code = first & 3;
  const frames = code === 0 ? 1 : code === 3 ? (packet[1] ?? 0) & 0x3f : 2;
  return (perFrame ?? 0) * frames;
}
