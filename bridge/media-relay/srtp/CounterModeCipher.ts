import { type Cipheriv, createCipheriv, hash, timingSafeEqual } from 'node:crypto';
import type { SessionKeys } from './deriveSessionKeys.ts';
import { encryptedBit, type PacketCipher, type PacketPlace, rtcpClearLength } from './PacketCipher.ts';

const blockLength = 16;
const hashBlockLength = 64;
const hashLength = 20;
const rtcpTagLength = 10;
/** What packets of audio need at most; grows for longer ones. */
const usualLength = 2048;

/**
 * AES in counter mode with HMAC-SHA1 (RFC 3711 sections 4.1.1 and 4.2.1).
 *
 * Each packet costs one call for its key stream and two for its hash: the cipher lives as long as the session and encrypts counter
 * blocks (ECB), since making a cipher per packet costs more than using it, and so does an HMAC object.
 */
export class CounterModeCipher implements PacketCipher {
  readonly #salt: Buffer;
  readonly #blocks: Cipheriv;
  readonly #rtpTagLength: number;
  readonly #mkiLength: number;
  /** Counter blocks of the packet in hand; grows to the longest one. */
  #counters = Buffer.alloc(12 * blockLength);
  /** First the key's block, then what is hashed. */
  #inner = Buffer.allocUnsafe(usualLength);
  readonly #outer = Buffer.allocUnsafe(hashBlockLength + hashLength);

  constructor(keys: SessionKeys, options: { rtpTagLength: number; mkiLength: number }) {
    this.#salt = keys.salt;
    this.#blocks = createCipheriv(`aes-${keys.cipherKey.length * 8}-ecb`, keys.cipherKey, null).setAutoPadding(false);
    this.#rtpTagLength = options.rtpTagLength;
    this.#mkiLength = options.mkiLength;
    for (let at = 0; at < hashBlockLength; at += 1) {
      const byte = keys.authenticationKey[at] ?? 0;
      this.#inner[at] = byte ^ 0x36;
      this.#outer[at] = byte ^ 0x5c;
    }
  }

  sealRtp(packet: Buffer, headerLength: number, place: PacketPlace): Buffer {
    const sealed = Buffer.allocUnsafe(packet.length + this.#rtpTagLength);
    packet.copy(sealed);
    this.#crypt(sealed, headerLength, packet.length, place);
    this.#tag(packet.length, sealed, place.rollover).copy(sealed, packet.length, 0, this.#rtpTagLength);
    return sealed;
  }

  openRtp(packet: Buffer, headerLength: number, place: PacketPlace): Buffer | null {
    const tagAt = packet.length - this.#rtpTagLength;
    const end = tagAt - this.#mkiLength;
    if (end < headerLength) return null;
    if (
      !timingSafeEqual(this.#tag(end, packet, place.rollover).subarray(0, this.#rtpTagLength), packet.subarray(tagAt))
    )
      return null;
    this.#crypt(packet, headerLength, end, place);
    return packet.subarray(0, end);
  }

  sealRtcp(packet: Buffer, index: number): Buffer {
    const { length } = packet;
    const sealed = Buffer.allocUnsafe(length + 4 + rtcpTagLength);
    packet.copy(sealed);
    this.#crypt(sealed, rtcpClearLength, length, { ssrc: packet.readUInt32BE(4), ...rtcpPlace(index) });
    sealed.writeUInt32BE((index | encryptedBit) >>> 0, length);
    this.#tag(length + 4, sealed, null).copy(sealed, length + 4, 0, rtcpTagLength);
    return sealed;
  }

  openRtcp(packet: Buffer): { packet: Buffer; index: number } | null {
    const tagAt = packet.length - rtcpTagLength;
    const wordAt = tagAt - this.#mkiLength - 4;
    if (wordAt < rtcpClearLength) return null;
    const tag = this.#tag(wordAt + 4, packet, null).subarray(0, rtcpTagLength);
    if (!timingSafeEqual(tag, packet.subarray(tagAt))) return null;
    const word = packet.readUInt32BE(wordAt);
    const index = (word & 0x7fff_ffff) >>> 0;
    if (word >= encryptedBit) {
      this.#crypt(packet, rtcpClearLength, wordAt, { ssrc: packet.readUInt32BE(4), ...rtcpPlace(index) });
    }
    return { packet: packet.subarray(0, wordAt), index };
  }

  /** Encrypts or decrypts in place: both are the same addition of the key stream. */
  #crypt(bytes: Buffer, from: number, to: number, { ssrc, rollover, sequence }: PacketPlace): void {
    const count = Math.ceil((to - from) / blockLength);
    if (count === 0) return;
    if (this.#counters.length < count * blockLength) this.#counters = Buffer.alloc(count * blockLength);
    const counters = this.#counters;
    const salt = this.#salt;
    for (let at = 0; at < 14; at += 1) counters[at] = salt[at] ?? 0;
    counters.writeUInt32BE((salt.readUInt32BE(4) ^ ssrc) >>> 0, 4);
    counters.writeUInt32BE((salt.readUInt32BE(8) ^ rollover) >>> 0, 8);
    counters.writeUInt16BE(salt.readUInt16BE(12) ^ sequence, 12);
    counters.writeUInt16BE(0, 14);
    for (let block = 1; block < count; block += 1) {
      counters.copyWithin(block * blockLength, 0, 14);
      counters.writeUInt16BE(block, block * blockLength + 14);
    }
    const stream = this.#blocks.update(counters.subarray(0, count * blockLength));
    for (let at = from; at < to; at += 1) bytes[at] = (bytes[at] ?? 0) ^ (stream[at - from] ?? 0);
  }

  /** HMAC-SHA1 (RFC 2104) of the first `length` bytes and, with RTP, the rollover counter. */
  #tag(length: number, bytes: Buffer, rollover: number | null): Buffer {
    if (this.#inner.length < hashBlockLength + length + 4) {
      this.#inner = Buffer.concat([this.#inner], hashBlockLength + length + 4);
    }
    const inner = this.#inner;
    let end = hashBlockLength + bytes.copy(inner, hashBlockLength, 0, length);
    if (rollover !== null) end = inner.writeUInt32BE(rollover, end);
    hash('sha1', inner.subarray(0, end), 'buffer').copy(this.#outer, hashBlockLength);
    return hash('sha1', this.#outer, 'buffer');
  }
}

/** RTCP's 31 bits take the place of RTP's 48 (RFC 3711 section 4.1.1). */
function rtcpPlace(index: number): { rollover: number; sequence: number } {
  return { rollover: index >>> 16, sequence: index & 0xffff };
}
