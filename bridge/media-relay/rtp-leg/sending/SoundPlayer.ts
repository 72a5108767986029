import type { StreamRewriter } from '../streams/StreamRewriter.ts';
import type { FramePacer } from './FramePacer.ts';

export interface PlayedSound {
  /** Of 20 ms each, played again and again. */
  readonly frames: readonly Uint8Array[];
  readonly payloadType: number;
  readonly clockRate: number;
}

export interface SoundPlayerDeps {
  readonly stream: StreamRewriter;
  readonly send: (packet: Buffer) => void;
  readonly pacer: Pick<FramePacer, 'add'>;
  /** While a key tone is sent: the music waits. */
  readonly isHeldBack: () => boolean;
}

/**
 * Sends a sound to a gateway in place of somebody's audio, in the same stream: music on hold, ringback, or frames of silence, without
 * which some gateways don't know where we are, or take the call for dead.
 */
export class SoundPlayer {
  readonly #deps: SoundPlayerDeps;
  #sound: PlayedSound | null = null;
  #next = 0;
  #isStarting = false;
  #stop: (() => void) | null = null;

  constructor(deps: SoundPlayerDeps) {
    this.#deps = deps;
  }

  get isPlaying(): boolean {
    return this.#sound !== null;
  }

  /** From its beginning, unless it is what plays already. null stops. */
  play(sound: PlayedSound | null): void {
    const before = this.#sound;
    this.#sound = sound;
    if (sound === null) {
      this.#stop?.();
      this.#stop = null;
      return;
    }
    if (before?.frames !== sound.frames) this.#next = 0;
    if (before?.frames !== sound.frames || before.payloadType !== sound.payloadType) this.#isStarting = true;
    this.#stop ??= this.#deps.pacer.add((dueMs) => this.#frame(dueMs));
  }

  #frame(dueMs: number): void {
    const sound = this.#sound;
    const frame = sound?.frames[this.#next];
    if (sound === null || frame === undefined || this.#deps.isHeldBack()) return;
    this.#next = (this.#next + 1) % sound.frames.length;
    const { stream, send } = this.#deps;
    const { sequence, timestamp } = stream.takeFrame(dueMs, sound.clockRate);
    const packet = Buffer.allocUnsafe(12 + frame.length);
    packet[0] = 0x80;
    packet[1] = (this.#isStarting ? 0x80 : 0) | sound.payloadType;
    packet.writeUInt16BE(sequence, 2);
    packet.writeUInt32BE(timestamp, 4);
    packet.writeUInt32BE(stream.ssrc, 8);
    packet.set(frame, 12);
    this.#isStarting = false;
    send(packet);
  }
}
