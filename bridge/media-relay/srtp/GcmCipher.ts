import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import type { SessionKeys } from './deriveSessionKeys.ts';
import { encryptedBit, type PacketCipher, type PacketPlace, rtcpClearLength } from './PacketCipher.ts';

const authTagLength = 16;
const nothing = Buffer.alloc(0);

/** AES in Galois/counter mode (RFC 7714). */
export class GcmCipher implements PacketCipher {
  readonly #algorithm: 'aes-128-gcm' | 'aes-256-gcm';
  /** As an object it is read once; as bytes anew for each packet, which costs several times as much as the packet. */
  readonly #key: KeyObject;
  readonly #salt: Buffer;
  readonly #mkiLength: number;
  readonly #vector = Buffer.alloc(12);

  constructor(keys: SessionKeys, options: { mkiLength: number }) {
    this.#algorithm = keys.cipherKey.length === 32 ? 'aes-256-gcm' : 'aes-128-gcm';
    this.#key = createSecretKey(keys.cipherKey);
    this.#salt = keys.salt;
    this.#mkiLength = options.mkiLength;
  }

  sealRtp(packet: Buffer, headerLength: number, place: PacketPlace): Buffer {
    const { cipherText, tag } = this.#seal(
      this.#rtpVector(place),
      [packet.subarray(0, headerLength)],
      packet,
      headerLength,
    );
    return Buffer.concat([packet.subarray(0, headerLength), cipherText, tag]);
  }

  openRtp(packet: Buffer, headerLength: number, place: PacketPlace): Buffer | null {
    const end = packet.length - this.#mkiLength - authTagLength;
    if (end < headerLength) return null;
    const plain = this.#open(this.#rtpVector(place), [packet.subarray(0, headerLength)], {
      cipherText: packet.subarray(headerLength, end),
      tag: packet.subarray(end, end + authTagLength),
    });
    if (plain === null) return null;
    plain.copy(packet, headerLength);
    return packet.subarray(0, end);
  }

  sealRtcp(packet: Buffer, index: number): Buffer {
    const head = packet.subarray(0, rtcpClearLength);
    const word = Buffer.alloc(4);
    word.writeUInt32BE((index | encryptedBit) >>> 0);
    const vector = this.#rtcpVector(packet.readUInt32BE(4), index);
    const { cipherText, tag } = this.#seal(vector, [head, word], packet, rtcpClearLength);
    return Buffer.concat([head, cipherText, tag, word]);
  }

  openRtcp(packet: Buffer): { packet: Buffer; index: number } | null {
    const wordAt = packet.length - this.#mkiLength - 4;
    const tagAt = wordAt - authTagLength;
    if (tagAt < rtcpClearLength) return null;
    const word = packet.subarray(wordAt, wordAt + 4);
    const flagged = word.readUInt32BE();
    const index = (flagged & 0x7fff_ffff) >>> 0;
    const vector = this.#rtcpVector(packet.readUInt32BE(4), index);
    const tag = packet.subarray(tagAt, wordAt);
    if (flagged < encryptedBit) {
      // Only authenticated: all of it belongs to what the tag is about (RFC 7714 section 9.3).
      const isAuthentic = this.#open(vector, [packet.subarray(0, tagAt), word], { cipherText: nothing, tag }) !== null;
      return isAuthentic ? { packet: packet.subarray(0, tagAt), index } : null;
    }
    const cipherText = packet.subarray(rtcpClearLength, tagAt);
    const plain = this.#open(vector, [packet.subarray(0, rtcpClearLength), word], { cipherText, tag });
    if (plain === null) return null;
    plain.copy(packet, rtcpClearLength);
    return { packet: packet.subarray(0, tagAt), index };
  }

  #seal(
    vector: Buffer,
    associated: readonly Buffer[],
    packet: Buffer,
    from: number,
  ): { cipherText: Buffer; tag: Buffer } {
    const cipher = createCipheriv(this.#algorithm, this.#key, vector, { authTagLength });
    cipher.setAAD(associated.length === 1 ? (associated[0] ?? nothing) : Buffer.concat(associated));
    const cipherText = cipher.update(packet.subarray(from));
    cipher.final();
    return { cipherText, tag: cipher.getAuthTag() };
  }

  #open(vector: Buffer, associated: readonly Buffer[], sealed: { cipherText: Buffer; tag: Buffer }): Buffer | null {
    const decipher = createDecipheriv(this.#algorithm, this.#key, vector, { authTagLength });
    decipher.setAAD(associated.length === 1 ? (associated[0] ?? nothing) : Buffer.concat(associated));
    decipher.setAuthTag(sealed.tag);
    const plain = decipher.update(sealed.cipherText);
    try {
      decipher.final();
      return plain;
    } catch {
      return null;
    }
  }

  /** RFC 7714 section 8.1. */
  #rtpVector({ ssrc, rollover, sequence }: PacketPlace): Buffer {
    const vector = this.#vector;
    this.#salt.copy(vector);
    vector.writeUInt32BE((vector.readUInt32BE(2) ^ ssrc) >>> 0, 2);
    vector.writeUInt32BE((vector.readUInt32BE(6) ^ rollover) >>> 0, 6);
    vector.writeUInt16BE(vector.readUInt16BE(10) ^ sequence, 10);
    return vector;
  }

  /** RFC 7714 section 9.1: the index stands in the last four bytes. */
  #rtcpVector(ssrc: number, index: number): Buffer {
    return this.#rtpVector({ ssrc, rollover: index >>> 16, sequence: index & 0xffff });
  }
}
