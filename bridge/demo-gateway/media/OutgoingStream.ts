import type { RtpPacket } from './RtpPacket.ts';

/** Where a stream begins; all three at random (RFC 3550 section 5.1). */
export interface StreamStart {
  readonly ssrc: number;
  readonly sequenceNumber: number;
  readonly timestamp: number;
}

export function randomStreamStart(randomBytes: (size: number) => Uint8Array): StreamStart {
  const view = new DataView(Uint8Array.from(randomBytes(10)).buffer);
  return { ssrc: view.getUint32(0), timestamp: view.getUint32(4), sequenceNumber: view.getUint16(8) };
}

/** Sound of our own as one unbroken stream: the first packet after a pause carries the marker (RFC 3551 section 4.1). */
export class OutgoingStream {
  readonly #ssrc: number;
  #sequenceNumber: number;
  #timestamp: number;
  #isMarked = true;

  constructor(start: StreamStart) {
    this.#ssrc = start.ssrc;
    this.#sequenceNumber = start.sequenceNumber;
    this.#timestamp = start.timestamp;
  }

  next(frame: { payloadType: number; payload: Uint8Array; samples: number }): RtpPacket {
    const packet: RtpPacket = {
      payloadType: frame.payloadType,
      isMarked: this.#isMarked,
      sequenceNumber: this.#sequenceNumber,
      timestamp: this.#timestamp,
      ssrc: this.#ssrc,
      payload: frame.payload,
    };
    this.#sequenceNumber = (this.#sequenceNumber + 1) & 0xffff;
    this.#timestamp = (this.#timestamp + frame.samples) >>> 0;
    this.#isMarked = false;
    return packet;
  }

  /** Time in which nothing is sent: the timestamp goes on, the sequence number doesn't. */
  pause(samples: number): void {
    if (samples === 0) return;
    this.#timestamp = (this.#timestamp + samples) >>> 0;
    this.#isMarked = true;
  }
}
