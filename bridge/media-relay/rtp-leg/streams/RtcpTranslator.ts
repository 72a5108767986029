import type { ReceptionStatistics } from './ReceptionStatistics.ts';
import { ntpMiddle, type ReportBlock, readReports, writeCompound } from './rtcpPacket.ts';
import type { StreamRewriter } from './StreamRewriter.ts';

/** A report towards the gateway is made by ourselves when the browser's side gave none for this long. */
const ownReportAfterMs = 6000;

export interface RtcpTranslatorDeps {
  readonly toGateway: StreamRewriter;
  readonly toBrowser: StreamRewriter;
  /** What we receive of the gateway. */
  readonly reception: ReceptionStatistics;
  /** RTP packets and payload octets that went to the gateway. */
  readonly sent: () => { packets: number; octets: number };
  readonly cname: string;
}

/**
 * Passes RTCP between mediasoup and the gateway with the SSRCs, timestamps and sequence numbers that each side knows.
 * Sender reports are passed on (their clock is the far end's); report blocks towards the gateway are our own
 * measurement, since it is our port that the gateway's packets reach.
 */
export class RtcpTranslator {
  /** Round-trip time to the gateway as its last report gives it; null before. */
  roundTripMs: number | null = null;
  /** What the gateway's last report said of what it gets of us; null before. */
  heard: { readonly packetsLost: number; readonly jitterTicks: number } | null = null;
  readonly #deps: RtcpTranslatorDeps;
  #forwardedReport: { middle: number; atMs: number } | null = null;
  #gatewayReport: { middle: number; atMs: number } | null = null;
  #lastToGatewayMs: number | null = null;

  constructor(deps: RtcpTranslatorDeps) {
    this.#deps = deps;
  }

  /** A compound packet of mediasoup; returns the one for the gateway, or null when there is nothing to say. */
  fromBrowser(packet: Buffer, nowMs: number): Buffer | null {
    const { toGateway } = this.#deps;
    for (const report of readReports(packet)) {
      if (report.sender === null || report.ssrc !== toGateway.sourceSsrc) continue;
      this.#forwardedReport = { middle: ntpMiddle(report.sender), atMs: nowMs };
      this.#lastToGatewayMs = nowMs;
      const sender = {
        ...report.sender,
        ...this.#deps.sent(),
        rtpTimestamp: (report.sender.rtpTimestamp + toGateway.timestampDelta) >>> 0,
      };
      return writeCompound({ ssrc: toGateway.ssrc, sender, blocks: this.#ownBlocks(nowMs) }, this.#deps.cname);
    }
    return null;
  }

  /** A compound packet of the gateway; returns the one for mediasoup, or null when there is nothing to say. */
  fromGateway(packet: Buffer, nowMs: number): Buffer | null {
    const { toGateway, toBrowser } = this.#deps;
    for (const report of readReports(packet)) {
      const blocks: ReportBlock[] = [];
      for (const block of report.blocks) {
        if (block.ssrc !== toGateway.ssrc) continue;
        this.#measureRoundTrip(block, nowMs);
        this.heard = { packetsLost: Math.max(0, block.cumulativeLost), jitterTicks: block.jitter };
        if (toGateway.sourceSsrc === null) continue;
        const highestSequence =
          ((block.highestSequence & 0xffff_0000) | ((block.highestSequence - toGateway.sequenceDelta) & 0xffff)) >>> 0;
        blocks.push({ ...block, ssrc: toGateway.sourceSsrc, highestSequence });
      }
      let sender = null;
      if (report.sender !== null && report.ssrc === toBrowser.sourceSsrc) {
        this.#gatewayReport = { middle: ntpMiddle(report.sender), atMs: nowMs };
        const rtpTimestamp = (report.sender.rtpTimestamp + toBrowser.timestampDelta) >>> 0;
        sender = { ...report.sender, rtpTimestamp };
      }
      if (sender !== null || blocks.length > 0) {
        return writeCompound({ ssrc: toBrowser.ssrc, sender, blocks }, this.#deps.cname);
      }
    }
    return null;
  }

  /** Call it about once a second: a receiver report of our own when mediasoup is gone or silent. */
  ownReport(nowMs: number): Buffer | null {
    this.#lastToGatewayMs ??= nowMs;
    if (nowMs - this.#lastToGatewayMs < ownReportAfterMs) return null;
    this.#lastToGatewayMs = nowMs;
    const blocks = this.#ownBlocks(nowMs);
    return writeCompound({ ssrc: this.#deps.toGateway.ssrc, sender: null, blocks }, this.#deps.cname);
  }

  #measureRoundTrip(block: ReportBlock, nowMs: number): void {
    const forwarded = this.#forwardedReport;
    if (forwarded === null || block.lastSenderReport !== forwarded.middle) return;
    const delayMs = (block.delaySinceLastSenderReport * 1000) / 65536;
    this.roundTripMs = Math.max(0, nowMs - forwarded.atMs - delayMs);
  }

  #ownBlocks(nowMs: number): ReportBlock[] {
    const reception = this.#deps.reception.report();
    if (reception === null) return [];
    const last = this.#gatewayReport;
    return [
      {
        ...reception,
        lastSenderReport: last?.middle ?? 0,
        delaySinceLastSenderReport:
          last === null ? 0 : Math.min(0xffff_ffff, Math.round(((nowMs - last.atMs) * 65536) / 1000)),
      },
    ];
  }
}
