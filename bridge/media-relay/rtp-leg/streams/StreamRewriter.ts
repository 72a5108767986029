import { maxSequenceJump, sequenceDistance } from './rtpPacket.ts';

/** Packets of the source before last that arrive this long after a change are stragglers. */
const stragglerMs = 60;

export interface StreamStart {
  /** The one SSRC under which the stream leaves. */
  readonly ssrc: number;
  readonly sequenceNumber: number;
  readonly timestamp: number;
}

/**
 * Gives packets of changing sources one SSRC with continuous sequence numbers and timestamps (as a translator may,
 * RFC 3550 section 7.1). Gaps and reordering inside one source stay as they are. Writes into the packet's header.
 */
export class StreamRewriter {
  readonly ssrc: number;
  /** SSRC of the source that is passed on now; null before the first packet. */
  sourceSsrc: number | null = null;
  /** What is added to the source's sequence numbers and timestamps, modulo 2^16 and 2^32. */
  sequenceDelta = 0;
  timestampDelta = 0;
  #lastSequence: number;
  #lastTimestamp: number;
  #lastAtMs = Number.NEGATIVE_INFINITY;
  #sourceSequence = 0;
  #previousSsrc: number | null = null;
  #changedAtMs = Number.NEGATIVE_INFINITY;
  #realign = false;
  #isInterrupted = false;
  #started = false;

  constructor(start: StreamStart) {
    this.ssrc = start.ssrc;
    this.#lastSequence = (start.sequenceNumber - 1) & 0xffff;
    this.#lastTimestamp = start.timestamp;
  }

  /**
   * Rewrites the header in place.
   * @returns false for a straggler of the previous source, which must not be sent
   */
  rewrite(packet: Buffer, nowMs: number, clockRate: number): boolean {
    const sequence = packet.readUInt16BE(2);
    const timestamp = packet.readUInt32BE(4);
    const ssrc = packet.readUInt32BE(8);
    if (ssrc !== this.sourceSsrc) {
      if (ssrc === this.#previousSsrc && nowMs - this.#changedAtMs < stragglerMs) return false;
      this.#previousSsrc = this.sourceSsrc;
      this.#changedAtMs = nowMs;
      this.#adopt({ sequence, timestamp, ssrc, nowMs, clockRate });
      packet[1] = (packet[1] ?? 0) | 0x80;
    } else if (this.#isInterrupted || Math.abs(sequenceDistance(sequence, this.#sourceSequence)) > maxSequenceJump) {
      this.#adopt({ sequence, timestamp, ssrc, nowMs, clockRate });
      packet[1] = (packet[1] ?? 0) | 0x80;
    } else if (this.#realign) {
      this.sequenceDelta = (this.#lastSequence + 1 - sequence) & 0xffff;
      this.#realign = false;
    }
    const outSequence = (sequence + this.sequenceDelta) & 0xffff;
    const outTimestamp = (timestamp + this.timestampDelta) >>> 0;
    packet.writeUInt16BE(outSequence, 2);
    packet.writeUInt32BE(outTimestamp, 4);
    packet.writeUInt32BE(this.ssrc, 8);
    if (!this.#started || sequenceDistance(outSequence, this.#lastSequence) > 0) {
      this.#started = true;
      this.#lastSequence = outSequence;
      this.#lastTimestamp = outTimestamp;
      this.#lastAtMs = nowMs;
      this.#sourceSequence = sequence;
    }
    return true;
  }

  /** A packet of the source that isn't passed on leaves no gap behind. */
  skip(packet: Buffer): void {
    if (packet.readUInt32BE(8) !== this.sourceSsrc) return;
    const sequence = packet.readUInt16BE(2);
    if (sequenceDistance(sequence, this.#sourceSequence) !== 1) return;
    this.#sourceSequence = sequence;
    this.sequenceDelta = (this.sequenceDelta - 1) & 0xffff;
  }

  /** What comes next follows on what was sent last, however much of the source was kept back between. */
  interrupt(): void {
    this.#isInterrupted = true;
  }

  /**
   * Numbers for a frame of 20 ms that takes the place of the source's audio: it follows on what was sent last, as the source's next
   * packet will follow on it.
   */
  takeFrame(atMs: number, clockRate: number): { readonly sequence: number; readonly timestamp: number } {
    this.#lastTimestamp = (this.#lastTimestamp + this.#ticksSince(atMs, clockRate)) >>> 0;
    this.#lastAtMs = atMs;
    this.interrupt();
    return { sequence: this.takeSequenceNumber(), timestamp: this.#lastTimestamp };
  }

  /** The sequence number for a packet of our own in this stream; the source's packets follow after it. */
  takeSequenceNumber(): number {
    this.#lastSequence = (this.#lastSequence + 1) & 0xffff;
    this.#started = true;
    this.#realign = true;
    return this.#lastSequence;
  }

  /** The stream's timestamp at this moment. */
  timestampAt(nowMs: number, clockRate: number): number {
    if (this.#lastAtMs === Number.NEGATIVE_INFINITY) {
      this.#lastAtMs = nowMs;
      return this.#lastTimestamp;
    }
    return (this.#lastTimestamp + Math.round(((nowMs - this.#lastAtMs) * clockRate) / 1000)) >>> 0;
  }

  #adopt(from: { sequence: number; timestamp: number; ssrc: number; nowMs: number; clockRate: number }): void {
    const ticks = this.#ticksSince(from.nowMs, from.clockRate);
    this.sequenceDelta = (this.#lastSequence + 1 - from.sequence) & 0xffff;
    this.timestampDelta = (this.#lastTimestamp + ticks - from.timestamp) >>> 0;
    this.sourceSsrc = from.ssrc;
    this.#sourceSequence = from.sequence;
    this.#realign = false;
    this.#isInterrupted = false;
  }

  /** Whole frames since what was sent last, at least one. */
  #ticksSince(nowMs: number, clockRate: number): number {
    const frameTicks = clockRate / 50;
    const elapsedTicks = ((nowMs - this.#lastAtMs) * clockRate) / 1000;
    return Number.isFinite(elapsedTicks) ? Math.max(1, Math.round(elapsedTicks / frameTicks)) * frameTicks : 0;
  }
}
