import type { StreamStart } from './OutgoingStream.ts';
import type { RtpPacket } from './RtpPacket.ts';

/**
 * Gives packets back under an SSRC of our own, with the sender's gaps and order as they were. When the sender changes its
 * SSRC the numbers go on without a jump, since to the listener it is the same stream.
 */
export class EchoStream {
  readonly #ssrc: number;
  readonly #start: StreamStart;
  #source: { ssrc: number; sequenceOffset: number; timestampOffset: number } | null = null;
  #highest: { sequenceNumber: number; timestamp: number } | null = null;

  constructor(start: StreamStart) {
    this.#ssrc = start.ssrc;
    this.#start = start;
  }

  /** `frameSamples`: how far apart two packets are, for the step from one source to the next. */
  echo(packet: RtpPacket, frameSamples: number): RtpPacket {
    const source = this.#sourceOf(packet, frameSamples);
    const sequenceNumber = (packet.sequenceNumber + source.sequenceOffset) & 0xffff;
    const timestamp = (packet.timestamp + source.timestampOffset) >>> 0;
    const step = this.#highest === null ? 1 : ((sequenceNumber - this.#highest.sequenceNumber) << 16) >> 16;
    if (step > 0) this.#highest = { sequenceNumber, timestamp };
    return { ...packet, ssrc: this.#ssrc, sequenceNumber, timestamp };
  }

  #sourceOf(packet: RtpPacket, frameSamples: number): { sequenceOffset: number; timestampOffset: number } {
    if (this.#source?.ssrc === packet.ssrc) return this.#source;
    const next =
      this.#highest === null
        ? this.#start
        : { sequenceNumber: this.#highest.sequenceNumber + 1, timestamp: this.#highest.timestamp + frameSamples };
    this.#source = {
      ssrc: packet.ssrc,
      sequenceOffset: next.sequenceNumber - packet.sequenceNumber,
      timestampOffset: next.timestamp - packet.timestamp,
    };
    return this.#source;
  }
}
