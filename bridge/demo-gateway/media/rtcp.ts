import type { ReportBlock } from './ReceptionStatistics.ts';

const SENDER_REPORT = 200;
const RECEIVER_REPORT = 201;
const SOURCE_DESCRIPTION = 202;
const GOODBYE = 203;
const CNAME = 1;
/** Seconds from 1900 to 1970. */
const NTP_EPOCH_SECONDS = 2_208_988_800;

export interface SenderInfo {
  /** Milliseconds since 1970. */
  readonly wallClockMs: number;
  /** RTP timestamp of that same moment. */
  readonly rtpTimestamp: number;
  readonly packetCount: number;
  readonly octetCount: number;
}

export interface RtcpReport {
  readonly ssrc: number;
  readonly cname: string;
  /** Null makes a receiver report. */
  readonly sender: SenderInfo | null;
  readonly reception: ReportBlock | null;
  readonly isGoodbye: boolean;
}

/** A compound packet: report, CNAME and, at the end of a stream, BYE (RFC 3550 section 6.1). */
export function serializeRtcp(report: RtcpReport): Uint8Array {
  return Buffer.concat([
    serializeReport(report),
    serializeDescription(report.ssrc, report.cname),
    ...(report.isGoodbye ? [packet(GOODBYE, 1, uint32s(report.ssrc))] : []),
  ]);
}

function serializeReport({ ssrc, sender, reception }: RtcpReport): Buffer {
  const blocks = reception === null ? Buffer.alloc(0) : serializeBlock(reception);
  const count = reception === null ? 0 : 1;
  if (sender === null) return packet(RECEIVER_REPORT, count, Buffer.concat([uint32s(ssrc), blocks]));
  const seconds = Math.floor(sender.wallClockMs / 1000) + NTP_EPOCH_SECONDS;
  const fraction = Math.floor(((sender.wallClockMs % 1000) / 1000) * 2 ** 32);
  const sent = uint32s(ssrc, seconds, fraction, sender.rtpTimestamp, sender.packetCount, sender.octetCount);
  return packet(SENDER_REPORT, count, Buffer.concat([sent, blocks]));
}

function serializeBlock(block: ReportBlock): Buffer {
  return uint32s(
    block.ssrc,
    (block.fractionLost << 24) | (block.cumulativeLost & 0xffffff),
    block.extendedHighestSequence,
    block.jitter,
    block.lastSenderReport,
    block.delaySinceLastSenderReport,
  );
}

function serializeDescription(ssrc: number, cname: string): Buffer {
  const name = Buffer.from(cname).subarray(0, 255);
  // At least one zero octet ends the items, up to the next 32-bit boundary.
  const items = Buffer.alloc(Math.ceil((2 + name.length + 1) / 4) * 4);
  items.writeUInt8(CNAME, 0);
  items.writeUInt8(name.length, 1);
  name.copy(items, 2);
  return packet(SOURCE_DESCRIPTION, 1, Buffer.concat([uint32s(ssrc), items]));
}

function packet(type: number, count: number, body: Buffer): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt8(0x80 | count, 0);
  header.writeUInt8(type, 1);
  header.writeUInt16BE(body.length / 4, 2);
  return Buffer.concat([header, body]);
}

function uint32s(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) buffer.writeUInt32BE(value >>> 0, 4 * index);
  return buffer;
}

export interface ReceivedSenderReport {
  readonly ssrc: number;
  /** Middle 32 bits of the NTP time, which the next report block gives back. */
  readonly ntpMiddle: number;
}

/** The sender report at the head of a compound packet; null where there is none or it is unreadable. */
export function parseSenderReport(datagram: Uint8Array): ReceivedSenderReport | null {
  if (datagram.length < 28 || (datagram[0] ?? 0) >> 6 !== 2 || datagram[1] !== SENDER_REPORT) return null;
  const view = new DataView(datagram.buffer, datagram.byteOffset, datagram.byteLength);
  return { ssrc: view.getUint32(4), ntpMiddle: view.getUint32(10) };
}
