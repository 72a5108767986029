import { maxSequenceJump, sequenceDistance } from './rtpPacket.ts';

/** A report block's content (RFC 3550 section 6.4.1) about one source. */
export interface ReceptionReport {
  readonly ssrc: number;
  /** Lost since the last report, in 1/256. */
  readonly fractionLost: number;
  readonly cumulativeLost: number;
  readonly highestSequence: number;
  /** In timestamp units. */
  readonly jitter: number;
}

/** What is received of a changing source: counts, losses and jitter by RFC 3550 appendix A.3 and A.8. */
export class ReceptionStatistics {
  packets = 0;
  #lostBefore = 0;
  #ssrc: number | null = null;
  #baseSequence = 0;
  #maxSequence = 0;
  #cycles = 0;
  #received = 0;
  #expectedPrior = 0;
  #receivedPrior = 0;
  #transit: number | null = null;
  #jitterTicks = 0;
  #clockRate = 8000;

  /** Counts a packet; call it before the header is rewritten. */
  receive(packet: Buffer, nowMs: number, clockRate: number): void {
    const sequence = packet.readUInt16BE(2);
    const ssrc = packet.readUInt32BE(8);
    const distance = sequenceDistance(sequence, this.#maxSequence);
    if (ssrc !== this.#ssrc || Math.abs(distance) > maxSequenceJump) this.#restart(ssrc, sequence);
    this.#advance(sequence, sequenceDistance(sequence, this.#maxSequence));
    this.packets += 1;
    const arrival = (nowMs * clockRate) / 1000;
    const transit = (arrival - packet.readUInt32BE(4)) % 0x1_0000_0000;
    if (this.#transit !== null && clockRate === this.#clockRate) {
      const change = Math.abs(transit - this.#transit);
      // A wrap or a jump of the source's clock is no jitter.
      if (change < clockRate * 2) this.#jitterTicks += (change - this.#jitterTicks) / 16;
    }
    this.#transit = transit;
    this.#clockRate = clockRate;
  }

  /** A packet of the same source that isn't audio (an event): it is received, but says nothing about jitter. */
  receiveOther(packet: Buffer): void {
    if (packet.readUInt32BE(8) !== this.#ssrc) return;
    const sequence = packet.readUInt16BE(2);
    const distance = sequenceDistance(sequence, this.#maxSequence);
    if (Math.abs(distance) > maxSequenceJump) return;
    this.#advance(sequence, distance);
  }

  get lost(): number {
    return this.#lostBefore + Math.max(0, this.#expected() - this.#received);
  }

  get jitterMs(): number {
    return (this.#jitterTicks * 1000) / this.#clockRate;
  }

  /** Content of the next report block; null while nothing was received. */
  report(): ReceptionReport | null {
    if (this.#ssrc === null) return null;
    const expected = this.#expected();
    const expectedSince = expected - this.#expectedPrior;
    const lostSince = expectedSince - (this.#received - this.#receivedPrior);
    this.#expectedPrior = expected;
    this.#receivedPrior = this.#received;
    return {
      ssrc: this.#ssrc,
      fractionLost:
        expectedSince > 0 && lostSince > 0 ? Math.min(255, Math.floor((lostSince * 256) / expectedSince)) : 0,
      cumulativeLost: Math.max(-0x80_0000, Math.min(0x7f_ffff, expected - this.#received)),
      highestSequence: (this.#cycles + this.#maxSequence) >>> 0,
      jitter: Math.floor(this.#jitterTicks),
    };
  }

  #advance(sequence: number, distance: number): void {
    if (distance > 0) {
      if (sequence < this.#maxSequence) this.#cycles += 0x10000;
      this.#maxSequence = sequence;
    }
    this.#received += 1;
  }

  #expected(): number {
    return this.#ssrc === null ? 0 : this.#cycles + this.#maxSequence - this.#baseSequence + 1;
  }

  #restart(ssrc: number, sequence: number): void {
    this.#lostBefore = this.lost;
    this.#ssrc = ssrc;
    this.#baseSequence = sequence;
    this.#maxSequence = sequence;
    this.#cycles = 0;
    this.#received = 0;
    this.#expectedPrior = 0;
    this.#receivedPrior = 0;
    this.#transit = null;
    this.#jitterTicks = 0;
  }
}
