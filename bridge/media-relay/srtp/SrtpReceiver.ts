import { sequenceDistance, wholeHeaderLength } from '../rtp-leg/streams/rtpPacket.ts';
import { createCipher } from './createCipher.ts';
import type { PacketCipher } from './PacketCipher.ts';
import { ReplayWindow } from './ReplayWindow.ts';
import { isSameKey, type SrtpKey } from './suites.ts';

/** Streams that are followed at once. A call has one, and more while its source changes; beyond that the oldest is forgotten. */
const maxStreams = 8;

/**
 * Opens what one gateway sends. A stream is known from its first authentic packet on. Where the key changes, its rollover counter
 * goes on as it should (RFC 3711 section 3.3.1), or starts at zero as many implementations have it: both are tried once.
 */
export class SrtpReceiver {
  /** Packets that weren't authentic or came twice, since the start. */
  rejected = 0;
  #key: SrtpKey | null = null;
  #rtp: PacketCipher | null = null;
  #rtcp: PacketCipher | null = null;
  #rtpWindows = new Map<number, ReplayWindow>();
  #rtcpWindows = new Map<number, ReplayWindow>();
  /** Highest index of each stream under the key before. */
  #before = new Map<number, number>();

  get isOn(): boolean {
    return this.#key !== null;
  }

  /** null takes packets in the clear, and forgets what was. */
  setKey(key: SrtpKey | null): void {
    if (isSameKey(key, this.#key)) return;
    this.#before = new Map(key === null ? [] : [...this.#rtpWindows].map(([ssrc, { highest }]) => [ssrc, highest]));
    this.#key = key;
    this.#rtp = key && createCipher(key, 'rtp');
    this.#rtcp = key && createCipher(key, 'rtcp');
    this.#rtpWindows = new Map();
    this.#rtcpWindows = new Map();
  }

  /** The packet in the clear, in the same memory; null when it must be dropped. It has been found readable as RTP. */
  openRtp(packet: Buffer): Buffer | null {
    if (this.#rtp === null) return packet;
    const ssrc = packet.readUInt32BE(8);
    const sequence = packet.readUInt16BE(2);
    const window = this.#rtpWindows.get(ssrc);
    const known = window?.highest ?? this.#before.get(ssrc);
    const rollovers = known === undefined ? [0] : [estimateRollover(sequence, known)];
    if (window === undefined && rollovers[0] !== 0) rollovers.push(0);
    for (const rollover of rollovers) {
      const index = rollover * 0x1_0000 + sequence;
      if (rollover < 0 || window?.admits(index) === false) continue;
      const opened = this.#rtp.openRtp(packet, wholeHeaderLength(packet), { ssrc, rollover, sequence });
      if (opened === null) continue;
      noteIn(this.#rtpWindows, ssrc, index);
      return opened;
    }
    this.rejected += 1;
    return null;
  }

  openRtcp(packet: Buffer): Buffer | null {
    if (this.#rtcp === null) return packet;
    const opened = packet.length < 8 ? null : this.#rtcp.openRtcp(packet);
    const ssrc = opened?.packet.readUInt32BE(4) ?? 0;
    if (opened === null || this.#rtcpWindows.get(ssrc)?.admits(opened.index) === false) {
      this.rejected += 1;
      return null;
    }
    noteIn(this.#rtcpWindows, ssrc, opened.index);
    return opened.packet;
  }
}

function noteIn(windows: Map<number, ReplayWindow>, ssrc: number, index: number): void {
  let window = windows.get(ssrc);
  if (window === undefined) {
    window = new ReplayWindow();
    windows.set(ssrc, window);
    const [oldest] = windows.keys();
    if (windows.size > maxStreams && oldest !== undefined) windows.delete(oldest);
  }
  window.note(index);
}

/** The rollover counter that puts the packet nearest to the highest index (RFC 3711 section 3.3.1 and appendix A); may be -1. */
function estimateRollover(sequence: number, highest: number): number {
  return Math.floor((highest + sequenceDistance(sequence, highest & 0xffff)) / 0x1_0000);
}
