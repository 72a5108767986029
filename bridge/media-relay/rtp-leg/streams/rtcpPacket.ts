import type { ReceptionReport } from './ReceptionStatistics.ts';

export const rtcpType = { senderReport: 200, receiverReport: 201, sourceDescription: 202, bye: 203 } as const;

export interface ReportBlock extends ReceptionReport {
  /** Middle 32 bits of the NTP time of the last sender report; 0: none yet. */
  readonly lastSenderReport: number;
  /** In 1/65536 s. */
  readonly delaySinceLastSenderReport: number;
}

export interface SenderInfo {
  readonly ntpSeconds: number;
  readonly ntpFraction: number;
  readonly rtpTimestamp: number;
  readonly packets: number;
  readonly octets: number;
}

/** A sender or receiver report (RFC 3550 sections 6.4.1 and 6.4.2); `sender` is null in a receiver report. */
export interface Report {
  readonly ssrc: number;
  readonly sender: SenderInfo | null;
  readonly blocks: readonly ReportBlock[];
}

/** Middle 32 bits of an NTP time, as reports quote it. */
export function ntpMiddle(sender: SenderInfo): number {
  return (((sender.ntpSeconds & 0xffff) << 16) | (sender.ntpFraction >>> 16)) >>> 0;
}

/** The sender and receiver reports of a compound packet; what can't be read ends the list. Never throws. */
export function readReports(packet: Buffer): Report[] {
  const reports: Report[] = [];
  let offset = 0;
  while (offset + 8 <= packet.length) {
    const first = packet[offset] ?? 0;
    const end = offset + 4 + packet.readUInt16BE(offset + 2) * 4;
    if (first >> 6 !== 2 || end > packet.length) break;
    const type = packet[offset + 1];
    if (type === rtcpType.senderReport || type === rtcpType.receiverReport) {
      const report = readReport(packet.subarray(offset, end), type === rtcpType.senderReport, first & 0x1f);
      if (report === null) break;
      reports.push(report);
    }
    offset = end;
  }
  return reports;
}

function readReport(packet: Buffer, isSender: boolean, count: number): Report | null {
  const blocksAt = isSender ? 28 : 8;
  if (packet.length < blocksAt + count * 24) return null;
  const sender = isSender
    ? {
        ntpSeconds: packet.readUInt32BE(8),
        ntpFraction: packet.readUInt32BE(12),
        rtpTimestamp: packet.readUInt32BE(16),
        packets: packet.readUInt32BE(20),
        octets: packet.readUInt32BE(24),
      }
    : null;
  const blocks: ReportBlock[] = [];
  for (let index = 0; index < count; index += 1) {
    const at = blocksAt + index * 24;
    blocks.push({
      ssrc: packet.readUInt32BE(at),
      fractionLost: packet.readUInt8(at + 4),
      cumulativeLost: packet.readIntBE(at + 5, 3),
      highestSequence: packet.readUInt32BE(at + 8),
      jitter: packet.readUInt32BE(at + 12),
      lastSenderReport: packet.readUInt32BE(at + 16),
      delaySinceLastSenderReport: packet.readUInt32BE(at + 20),
    });
  }
  return { ssrc: packet.readUInt32BE(4), sender, blocks };
}

/** A compound packet: the report, then SDES with the CNAME, which every compound packet must carry (section 6.1). */
export function writeCompound(report: Report, cname: string): Buffer {
  const name = Buffer.from(cname, 'utf8').subarray(0, 255);
  const blocksAt = report.sender === null ? 8 : 28;
  const reportLength = blocksAt + report.blocks.length * 24;
  // Chunk: SSRC, item type, length, text, at least one zero, filled up to 4 bytes.
  const chunkLength = Math.ceil((4 + 2 + name.length + 1) / 4) * 4;
  const packet = Buffer.alloc(reportLength + 4 + chunkLength);
  packet[0] = 0x80 | report.blocks.length;
  packet[1] = report.sender === null ? rtcpType.receiverReport : rtcpType.senderReport;
  packet.writeUInt16BE(reportLength / 4 - 1, 2);
  packet.writeUInt32BE(report.ssrc, 4);
  if (report.sender !== null) {
    packet.writeUInt32BE(report.sender.ntpSeconds, 8);
    packet.writeUInt32BE(report.sender.ntpFraction, 12);
    packet.writeUInt32BE(report.sender.rtpTimestamp, 16);
    packet.writeUInt32BE(report.sender.packets, 20);
    packet.writeUInt32BE(report.sender.octets, 24);
  }
  report.blocks.forEach((block, index) => {
    const at = blocksAt + index * 24;
    packet.writeUInt32BE(block.ssrc, at);
    packet.writeUInt8(block.fractionLost, at + 4);
    packet.writeIntBE(block.cumulativeLost, at + 5, 3);
    packet.writeUInt32BE(block.highestSequence, at + 8);
    packet.writeUInt32BE(block.jitter, at + 12);
    packet.writeUInt32BE(block.lastSenderReport, at + 16);
    packet.writeUInt32BE(block.delaySinceLastSenderReport, at + 20);
  });
  const sdes = reportLength;
  packet[sdes] = 0x81;
  packet[sdes + 1] = rtcpType.sourceDescription;
  packet.writeUInt16BE(chunkLength / 4, sdes + 2);
  packet.writeUInt32BE(report.ssrc, sdes + 4);
  packet[sdes + 8] = 1;
  packet[sdes + 9] = name.length;
  name.copy(packet, sdes + 10);
  return packet;
}
