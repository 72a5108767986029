import type { StreamRewriter } from '../streams/StreamRewriter.ts';

/** Time between the packets of an event; what it says grows by as much (RFC 4733 section 2.5.1.2). */
const updateMs = 20;
/** Time between the three copies of an event's last packet; short enough to end within the shortest gap. */
const repeatMs = 10;
/** Longest duration that fits the field; longer events go on in a further segment (RFC 4733 section 2.5.1.3). */
const maxSegmentTicks = 0xffff;
/** -10 dBm0, as telephones send. */
const volume = 10;

/** A digit's event code is its place (RFC 4733 section 3.2). */
const digitsByEvent = '0123456789*#ABCD';

export interface DtmfFormat {
  readonly payloadType: number;
  /** Clock of the events' durations. */
  readonly eventClockRate: number;
  /** Clock of the audio, in which the stream's timestamps run. */
  readonly audioClockRate: number;
}

export interface DtmfTones {
  readonly digits: string;
  readonly durationMs: number;
  readonly gapMs: number;
}

export interface DtmfSenderDeps {
  readonly stream: StreamRewriter;
  readonly send: (packet: Buffer) => void;
  readonly nowMs: () => number;
  /** Runs `task` after so many milliseconds; returns a function that calls it off. */
  readonly schedule: (task: () => void, delayMs: number) => () => void;
}

interface Waiting {
  readonly tones: DtmfTones;
  readonly format: DtmfFormat;
  readonly done: (isSent: boolean) => void;
}

/**
 * Sends digits as RFC 4733 events on the audio's own SSRC, in its sequence numbers and on its timestamps.
 * While `isSending` the audio must be kept back; between the tones it flows.
 */
export class DtmfSender {
  isSending = false;
  readonly #deps: DtmfSenderDeps;
  readonly #queue: Waiting[] = [];
  #current: Waiting | null = null;
  #cancel: (() => void) | null = null;
  /** The next tone may not begin before. */
  #pauseEndMs = Number.NEGATIVE_INFINITY;

  constructor(deps: DtmfSenderDeps) {
    this.#deps = deps;
  }

  /** Queues digits; what is none is left out. `done` is told true after the last one, false when it was called off. */
  enqueue(tones: DtmfTones, format: DtmfFormat, done: (isSent: boolean) => void): void {
    const digits = [...tones.digits].filter((digit) => digitsByEvent.includes(digit)).join('');
    this.#queue.push({ tones: { ...tones, digits }, format, done });
    if (this.#current === null) this.#next();
  }

  close(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.isSending = false;
    const pending = [...(this.#current === null ? [] : [this.#current]), ...this.#queue];
    this.#current = null;
    this.#queue.length = 0;
    for (const waiting of pending) waiting.done(false);
  }

  #next(): void {
    const next = this.#queue.shift() ?? null;
    this.#current = next;
    if (next === null) return;
    if (this.#deps.nowMs() < this.#pauseEndMs) this.#after(this.#pauseEndMs, () => this.#tone(next, 0));
    else this.#tone(next, 0);
  }

  #tone(waiting: Waiting, index: number): void {
    const digit = waiting.tones.digits[index];
    if (digit === undefined) {
      this.#current = null;
      waiting.done(true);
      this.#next();
      return;
    }
    const event = digitsByEvent.indexOf(digit);
    const { format, tones } = waiting;
    const startMs = this.#deps.nowMs();
    const startTimestamp = this.#deps.stream.timestampAt(startMs, format.audioClockRate);
    const totalTicks = Math.round((tones.durationMs * format.eventClockRate) / 1000);
    this.isSending = true;
    let segmentStartTicks = 0;
    const sendUpdate = (count: number): void => {
      const ticks = Math.min(totalTicks, Math.round((count * updateMs * format.eventClockRate) / 1000));
      while (ticks - segmentStartTicks > maxSegmentTicks) {
        this.#send(format, { event, ticks: maxSegmentTicks, isFirst: false, isEnd: false, timestamp: at() });
        segmentStartTicks += maxSegmentTicks;
      }
      const isEnd = ticks === totalTicks;
      const packet = { event, ticks: ticks - segmentStartTicks, isFirst: count === 1, isEnd, timestamp: at() };
      this.#send(format, packet);
      if (isEnd) repeatEnd({ ...packet, isFirst: false }, 1);
      else this.#after(startMs + count * updateMs, () => sendUpdate(count + 1));
    };
    const at = (): number =>
      (startTimestamp + Math.round((segmentStartTicks * format.audioClockRate) / format.eventClockRate)) >>> 0;
    const repeatEnd = (packet: EventPacket, count: number): void => {
      this.#after(this.#deps.nowMs() + repeatMs, () => {
        this.#send(format, packet);
        if (count < 2) {
          repeatEnd(packet, count + 1);
          return;
        }
        this.isSending = false;
        this.#pauseEndMs = startMs + tones.durationMs + tones.gapMs;
        // Whoever waits for the last tone needn't wait for the pause that follows it.
        if (index + 1 >= tones.digits.length) this.#tone(waiting, index + 1);
        else this.#after(this.#pauseEndMs, () => this.#tone(waiting, index + 1));
      });
    };
    sendUpdate(1);
  }

  #after(atMs: number, task: () => void): void {
    this.#cancel = this.#deps.schedule(task, Math.max(0, atMs - this.#deps.nowMs()));
  }

  #send(format: DtmfFormat, event: EventPacket): void {
    const packet = Buffer.allocUnsafe(16);
    packet[0] = 0x80;
    packet[1] = (event.isFirst ? 0x80 : 0) | format.payloadType;
    packet.writeUInt16BE(this.#deps.stream.takeSequenceNumber(), 2);
    packet.writeUInt32BE(event.timestamp, 4);
    packet.writeUInt32BE(this.#deps.stream.ssrc, 8);
    packet[12] = event.event;
    packet[13] = (event.isEnd ? 0x80 : 0) | volume;
    packet.writeUInt16BE(event.ticks, 14);
    this.#deps.send(packet);
  }
}

interface EventPacket {
  readonly event: number;
  readonly ticks: number;
  readonly isFirst: boolean;
  readonly isEnd: boolean;
  readonly timestamp: number;
}
