import type { RtpPacket } from './RtpPacket.ts';

/** RFC 4733 section 3.2: the code of each digit is its place. */
const DIGITS = '0123456789*#ABCD';
const PAYLOAD_LENGTH = 4;

interface LastEvent {
  readonly code: number;
  readonly ssrc: number;
  readonly timestamp: number;
  /** In units of the event's clock. */
  readonly duration: number;
  readonly hasEnded: boolean;
}

/**
 * Reads telephone events (RFC 4733 section 2.5.2). An event is told by its timestamp, so that the updates and the three
 * copies of the end count once, and one whose start, or all but one packet, was lost still counts.
 */
export class TelephoneEventReceiver {
  #last: LastEvent | null = null;

  /** The digit, when this packet is the first that is seen of its event; null otherwise. */
  receive(packet: Pick<RtpPacket, 'payload' | 'timestamp' | 'ssrc'>): string | null {
    const { payload, timestamp, ssrc } = packet;
    if (payload.length < PAYLOAD_LENGTH) return null;
    const code = payload[0] ?? 0;
    const event: LastEvent = {
      code,
      ssrc,
      timestamp,
      duration: ((payload[2] ?? 0) << 8) | (payload[3] ?? 0),
      hasEnded: ((payload[1] ?? 0) & 0x80) !== 0,
    };
    const last = this.#last;
    if (last !== null && last.ssrc === ssrc) {
      // Late packets of an earlier event, by 32-bit serial numbers.
      const age = (timestamp - last.timestamp) | 0;
      if (age < 0) return null;
      if (age === 0) {
        this.#last = {
          ...last,
          duration: Math.max(last.duration, event.duration),
          hasEnded: last.hasEnded || event.hasEnded,
        };
        return null;
      }
      this.#last = event;
      if (continues(last, event, age)) return null;
    } else {
      this.#last = event;
    }
    return DIGITS[code] ?? null;
  }
}

/** An event longer than the duration field can say goes on as a new segment (RFC 4733 section 2.5.1.3). */
function continues(last: LastEvent, event: LastEvent, elapsed: number): boolean {
  return !last.hasEnded && last.code === event.code && last.duration === 0xffff && elapsed === 0xffff;
}
