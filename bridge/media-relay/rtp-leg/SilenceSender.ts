import type { StreamRewriter } from './StreamRewriter.ts';

const frameMs = 20;

export interface SilenceFormat {
  readonly payloadType: number;
  readonly clockRate: number;
  /** One frame of 20 ms. */
  readonly payload: Uint8Array;
}

export interface SilenceSenderDeps {
  readonly stream: StreamRewriter;
  readonly send: (packet: Buffer) => void;
  readonly nowMs: () => number;
  /** Runs `task` after so many milliseconds; returns a function that calls it off. */
  readonly schedule: (task: () => void, delayMs: number) => () => void;
}

/** Sends frames of silence where nobody speaks: without any packet of ours many gateways don't know where we are, and send none. */
export class SilenceSender {
  readonly #deps: SilenceSenderDeps;
  #format: SilenceFormat | null = null;
  #cancel: (() => void) | null = null;

  constructor(deps: SilenceSenderDeps) {
    this.#deps = deps;
  }

  /** null stops. */
  configure(format: SilenceFormat | null): void {
    this.#format = format;
    if (format === null) {
      this.#cancel?.();
      this.#cancel = null;
    } else if (this.#cancel === null) {
      this.#frame(this.#deps.nowMs());
    }
  }

  #frame(dueMs: number): void {
    const format = this.#format;
    if (format === null) return;
    const { stream, send, nowMs, schedule } = this.#deps;
    const packet = Buffer.alloc(12 + format.payload.length);
    packet[0] = 0x80;
    packet[1] = format.payloadType;
    packet.writeUInt16BE(stream.takeSequenceNumber(), 2);
    packet.writeUInt32BE(stream.timestampAt(dueMs, format.clockRate), 4);
    packet.writeUInt32BE(stream.ssrc, 8);
    packet.set(format.payload, 12);
    send(packet);
    const nextMs = dueMs + frameMs;
    this.#cancel = schedule(() => this.#frame(nextMs), Math.max(0, nextMs - nowMs()));
  }
}
