import type { RtpPacket } from './RtpPacket.ts';
import type { SenderInfo } from './rtcp.ts';

/** What a sender report says about a stream of ours (RFC 3550 section 6.4.1). */
export class SentStatistics {
  #packetCount = 0;
  #octetCount = 0;
  #last: { timestamp: number; atMs: number } | null = null;
  #packetCountReported = 0;

  sent(packet: RtpPacket, nowMs: number): void {
    this.#packetCount += 1;
    this.#octetCount += packet.payload.length;
    this.#last = { timestamp: packet.timestamp, atMs: nowMs };
  }

  get hasSent(): boolean {
    return this.#packetCount > 0;
  }

  /** Null when nothing was sent since the last report. The timestamp is carried on to the present moment. */
  report(now: { steadyMs: number; wallClockMs: number; clockRateHz: number }): SenderInfo | null {
    if (this.#last === null || this.#packetCount === this.#packetCountReported) return null;
    this.#packetCountReported = this.#packetCount;
    const sinceMs = now.steadyMs - this.#last.atMs;
    return {
      wallClockMs: now.wallClockMs,
      rtpTimestamp: (this.#last.timestamp + Math.round((sinceMs * now.clockRateHz) / 1000)) >>> 0,
      packetCount: this.#packetCount,
      octetCount: this.#octetCount,
    };
  }
}
