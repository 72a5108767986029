import { sequenceDistance, wholeHeaderLength } from '../rtp-leg/streams/rtpPacket.ts';
import { createCipher } from './createCipher.ts';
import type { PacketCipher } from './PacketCipher.ts';
import { isSameKey, type SrtpKey } from './suites.ts';

/** Protects what we send: one stream, whose packets leave in order. */
export class SrtpSender {
  #key: SrtpKey | null = null;
  #rtp: PacketCipher | null = null;
  #rtcp: PacketCipher | null = null;
  /** Goes on when the key changes (RFC 3711 section 3.3.1). */
  #rollover = 0;
  #lastSequence: number | null = null;
  /** Never used twice, whatever becomes of the key. */
  #rtcpIndex = 0;

  /** True while there is a key. */
  get isOn(): boolean {
    return this.#key !== null;
  }

  /** null sends in the clear. After that a new key begins a new stream, whose rollover counter starts at zero. */
  setKey(key: SrtpKey | null): void {
    if (isSameKey(key, this.#key)) return;
    this.#key = key;
    this.#rtp = key && createCipher(key, 'rtp');
    this.#rtcp = key && createCipher(key, 'rtcp');
    if (key !== null) return;
    this.#rollover = 0;
    this.#lastSequence = null;
  }

  /** The packet itself where there is no key. */
  sealRtp(packet: Buffer): Buffer {
    if (this.#rtp === null) return packet;
    const sequence = packet.readUInt16BE(2);
    let rollover = this.#rollover;
    if (this.#lastSequence === null) this.#lastSequence = sequence;
    else if (sequenceDistance(sequence, this.#lastSequence) > 0) {
      if (sequence < this.#lastSequence) this.#rollover += 1;
      rollover = this.#rollover;
      this.#lastSequence = sequence;
    } else if (sequence > this.#lastSequence) {
      // A late packet of before the last wrap.
      rollover = Math.max(0, rollover - 1);
    }
    return this.#rtp.sealRtp(packet, wholeHeaderLength(packet), { ssrc: packet.readUInt32BE(8), rollover, sequence });
  }

  sealRtcp(packet: Buffer): Buffer {
    if (this.#rtcp === null) return packet;
    const index = this.#rtcpIndex;
    this.#rtcpIndex = (index + 1) & 0x7fff_ffff;
    return this.#rtcp.sealRtcp(packet, index);
  }
}
