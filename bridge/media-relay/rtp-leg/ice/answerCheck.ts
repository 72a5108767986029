import { createHmac, timingSafeEqual } from 'node:crypto';
import { isIPv6, SocketAddress } from 'node:net';
import { crc32 } from 'node:zlib';

/** Our user name fragment and password, which are in our description (RFC 8839 section 5.4). */
export interface IceCredentials {
  readonly usernameFragment: string;
  readonly password: string;
}

export interface Source {
  readonly address: string;
  readonly port: number;
}

const cookie = 0x2112_a442;
const headerLength = 20;
const integrityLength = 20;
const bindingRequest = 0x0001;
const bindingResponse = 0x0101;
const attributes = { username: 0x0006, integrity: 0x0008, mapped: 0x0020, useCandidate: 0x0025, fingerprint: 0x8028 };
const fingerprintMask = 0x5354_554e;

/** A packet of STUN, of those that come to a port with ICE and DTLS-SRTP (RFC 7983). */
export function isStun(packet: Buffer): boolean {
  return packet.length >= headerLength && (packet[0] ?? 0xff) < 4 && packet.readUInt32BE(4) === cookie;
}

/**
 * What the lite side of ICE says to a connectivity check of the other side (RFC 8445 section 7.3, RFC 8489); null: it is none, or not
 * of who knows our password.
 */
export function answerCheck(
  packet: Buffer,
  from: Source,
  ours: IceCredentials,
): { readonly response: Buffer; readonly isNominated: boolean } | null {
  if (!isStun(packet) || packet.readUInt16BE(0) !== bindingRequest) return null;
  if (packet.readUInt16BE(2) !== packet.length - headerLength) return null;
  const found = readAttributes(packet);
  const username = found.get(attributes.username);
  const integrity = found.get(attributes.integrity);
  if (username === undefined || integrity?.length !== integrityLength) return null;
  const name = packet.toString('utf8', username.at, username.at + username.length);
  if (!name.startsWith(`${ours.usernameFragment}:`)) return null;
  const expected = integrityOf(packet.subarray(0, integrity.at - 4), ours.password);
  if (!timingSafeEqual(expected, packet.subarray(integrity.at, integrity.at + integrityLength))) return null;
  return { response: respond(packet, from, ours.password), isNominated: found.has(attributes.useCandidate) };
}

/** Those up to the integrity, which covers no others but the fingerprint. */
function readAttributes(packet: Buffer): Map<number, { readonly at: number; readonly length: number }> {
  const found = new Map<number, { at: number; length: number }>();
  for (let at = headerLength; at + 4 <= packet.length && !found.has(attributes.integrity); ) {
    const length = packet.readUInt16BE(at + 2);
    if (at + 4 + length > packet.length) break;
    found.set(packet.readUInt16BE(at), { at: at + 4, length });
    at += 4 + length + ((4 - (length % 4)) % 4);
  }
  return found;
}

/** Over what comes before it, with a length that counts it in (RFC 8489 section 14.5). */
function integrityOf(before: Buffer, password: string): Buffer {
  const text = Buffer.from(before);
  text.writeUInt16BE(before.length - headerLength + 4 + integrityLength, 2);
  return createHmac('sha1', password).update(text).digest();
}

function respond(request: Buffer, from: Source, password: string): Buffer {
  const header = Buffer.from(request.subarray(0, headerLength));
  header.writeUInt16BE(bindingResponse, 0);
  const mapped = attribute(attributes.mapped, xorAddress(from, header.subarray(4)));
  const unsigned = Buffer.concat([header, mapped]);
  const signed = Buffer.concat([unsigned, attribute(attributes.integrity, integrityOf(unsigned, password))]);
  signed.writeUInt16BE(signed.length - headerLength + 8, 2);
  const fingerprint = Buffer.alloc(4);
  fingerprint.writeUInt32BE((crc32(signed) ^ fingerprintMask) >>> 0);
  return Buffer.concat([signed, attribute(attributes.fingerprint, fingerprint)]);
}

function attribute(type: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value]);
}

/** Address and port over the cookie and the transaction's number (RFC 8489 section 14.2). */
function xorAddress({ address, port }: Source, mask: Buffer): Buffer {
  const bytes = addressBytes(address);
  const head = Buffer.from([0, bytes.length === 16 ? 2 : 1, 0, 0]);
  head.writeUInt16BE(port ^ (cookie >>> 16), 2);
  return Buffer.concat([head, bytes.map((byte, index) => byte ^ (mask[index] ?? 0))]);
}

function addressBytes(address: string): Buffer {
  if (!isIPv6(address)) return Buffer.from(address.split('.').map(Number));
  const canonical = new SocketAddress({ address: address.split('%')[0] ?? '', family: 'ipv6' }).address;
  const [start = '', end = ''] = canonical.split('::');
  const words = (part: string) => part.split(':').filter((word) => word !== '');
  const gap = Array.from({ length: 8 - words(start).length - words(end).length }, () => '0');
  const all = canonical.includes('::') ? [...words(start), ...gap, ...words(end)] : words(canonical);
  return Buffer.from(all.flatMap((word) => [Number.parseInt(word, 16) >> 8, Number.parseInt(word, 16) & 0xff]));
}
