import type { RtpPacket } from './RtpPacket.ts';

/** One report block (RFC 3550 section 6.4.1). */
export interface ReportBlock {
  readonly ssrc: number;
  /** Of 256, since the last report. */
  readonly fractionLost: number;
  /** Since the beginning; below zero when there were duplicates. */
  readonly cumulativeLost: number;
  readonly extendedHighestSequence: number;
  /** In units of the clock rate. */
  readonly jitter: number;
  /** Middle 32 bits of the last sender report's NTP time; 0 for none. */
  readonly lastSenderReport: number;
  /** In units of 1/65536 seconds. */
  readonly delaySinceLastSenderReport: number;
}

export interface Arrival {
  readonly clockRateHz: number;
  /** Milliseconds on a steady clock. */
  readonly nowMs: number;
  /** False for telephone events, whose packets share one timestamp. */
  readonly isTimed: boolean;
}

/** What arrived of one source, as RFC 3550 appendix A.3 and A.8 count it. Starts again when the SSRC changes. */
export class ReceptionStatistics {
  #ssrc: number | null = null;
  #baseSequence = 0;
  #highestSequence = 0;
  #received = 0;
  #expectedBefore = 0;
  #receivedBefore = 0;
  #transit: number | null = null;
  #jitter = 0;
  #senderReport: { ntpMiddle: number; atMs: number } | null = null;

  received(packet: RtpPacket, arrival: Arrival): void {
    if (packet.ssrc !== this.#ssrc) this.#start(packet);
    // The step from the highest so far as a signed 16-bit number counts the cycles by itself.
    const step = ((packet.sequenceNumber - this.#highestSequence) << 16) >> 16;
    if (step > 0) this.#highestSequence += step;
    this.#received += 1;
    if (!arrival.isTimed) return;
    const { clockRateHz, nowMs } = arrival;
    const transit = Math.round((nowMs * clockRateHz) / 1000) - packet.timestamp;
    if (this.#transit !== null) {
      const difference = Math.abs((transit - this.#transit) | 0);
      // More than a second is a sender that started its timestamps anew: not jitter.
      if (difference < clockRateHz) this.#jitter += (difference - this.#jitter) / 16;
    }
    this.#transit = transit;
  }

  senderReported(ssrc: number, ntpMiddle: number, nowMs: number): void {
    if (ssrc === this.#ssrc) this.#senderReport = { ntpMiddle, atMs: nowMs };
  }

  /** Null when nothing has arrived yet. Begins the next interval. */
  report(nowMs: number): ReportBlock | null {
    if (this.#ssrc === null) return null;
    const expected = this.#highestSequence - this.#baseSequence + 1;
    const expectedNow = expected - this.#expectedBefore;
    const lostNow = expectedNow - (this.#received - this.#receivedBefore);
    this.#expectedBefore = expected;
    this.#receivedBefore = this.#received;
    const report = this.#senderReport;
    return {
      ssrc: this.#ssrc,
      fractionLost: expectedNow === 0 || lostNow <= 0 ? 0 : Math.min(255, Math.floor((lostNow * 256) / expectedNow)),
      cumulativeLost: Math.max(-0x800000, Math.min(0x7fffff, expected - this.#received)),
      extendedHighestSequence: this.#highestSequence >>> 0,
      jitter: Math.floor(this.#jitter),
      lastSenderReport: report?.ntpMiddle ?? 0,
      delaySinceLastSenderReport: report === null ? 0 : Math.round(((nowMs - report.atMs) * 65_536) / 1000),
    };
  }

  #start(packet: RtpPacket): void {
    this.#ssrc = packet.ssrc;
    this.#baseSequence = packet.sequenceNumber;
    this.#highestSequence = packet.sequenceNumber;
    this.#received = 0;
    this.#expectedBefore = 0;
    this.#receivedBefore = 0;
    this.#transit = null;
    this.#jitter = 0;
    this.#senderReport = null;
  }
}
