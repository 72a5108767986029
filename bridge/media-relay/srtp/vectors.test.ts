import { describe, expect, it } from 'vitest';
import { CounterModeCipher } from './CounterModeCipher.ts';
import { createCipher } from './createCipher.ts';
import { deriveSessionKeys } from './deriveSessionKeys.ts';
import { GcmCipher } from './GcmCipher.ts';
import type { SrtpKey } from './suites.ts';

const hex = (text: string): Buffer => Buffer.from(text.replace(/\s/g, ''), 'hex');
const counted = (length: number): Buffer => Buffer.from(Array.from({ length }, (_, index) => index));

describe('The published test vectors', () => {
  it('of RFC 3711 appendix B.3: session keys out of a master key', () => {
    const key: SrtpKey = {
      suite: 'AES_CM_128_HMAC_SHA1_80',
      masterKey: hex('E1F97A0D3E018BE0D64FA32C06DE4139'),
      masterSalt: hex('0EC675AD498AFEEBB6960B3AABE6'),
      mkiLength: 0,
    };
    expect(deriveSessionKeys(key, 'rtp')).toEqual({
      cipherKey: hex('C61E7A93744F39EE10734AFE3FF7A087'),
      salt: hex('30CBBC08863D8C85D49DB34A9AE1'),
      authenticationKey: hex('CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4'),
    });
  });

  it('of RFC 3711 appendix B.2: the key stream of AES in counter mode', () => {
    const cipher = new CounterModeCipher(
      {
        cipherKey: hex('2B7E151628AED2A6ABF7158809CF4F3C'),
        salt: hex('F0F1F2F3F4F5F6F7F8F9FAFBFCFD'),
        authenticationKey: Buffer.alloc(20),
      },
      { rtpTagLength: 10, mkiLength: 0 },
    );
    const place = { ssrc: 0, rollover: 0, sequence: 0 };
    // Zeros, encrypted, are the key stream itself.
    const sealed = cipher.sealRtp(Buffer.concat([Buffer.from([0x80]), Buffer.alloc(11 + 0xff02 * 16)]), 12, place);
    const stream = sealed.subarray(12, -10);
    expect(stream.subarray(0, 48)).toEqual(
      hex('E03EAD0935C95E80E166B16DD92B4EB4 D23513162B02D0F72A43A2FE4A5F97AB 41E95B3BB0A2E8DD477901E4FCA894C0'),
    );
    expect(stream.subarray(0xfeff * 16, 0xff02 * 16)).toEqual(
      hex('EC8CDF7398607CB0F2D21675EA9EA1E4 362B7C3C6773516318A077D7FC5073AE 6A2CC3787889374FBEB4C81B17BA6C44'),
    );
  });

  const galliaInClear = hex(
    '8040f17b 8041f8d3 5501a0b2 47616c6c 69612065 7374206f 6d6e6973 20646976 69736120 696e2070 61727465 73207472 6573',
  );
  const galliaPlace = { ssrc: 0x5501a0b2, rollover: 0, sequence: 0xf17b };
  const quidProQuo = hex('51756964 2070726f 2071756f');
  const gcm = (keyLength: number): GcmCipher =>
    new GcmCipher(
      { cipherKey: counted(keyLength), salt: quidProQuo, authenticationKey: Buffer.alloc(0) },
      { mkiLength: 0 },
    );

  it.each([
    [
      '16.1: AEAD_AES_128_GCM',
      16,
      `8040f17b 8041f8d3 5501a0b2 f24de3a3 fb34de6c acba861c 9d7e4bca be633bd5 0d294e6f 42a5f47a 51c7d19b 36de3adf 8833
       899d7f27 beb16a91 52cf765e e4390cce`,
    ],
    [
      '16.2: AEAD_AES_256_GCM',
      32,
      `8040f17b 8041f8d3 5501a0b2 32b1de78 a822fe12 ef9f78fa 332e33aa b1801238 9a58e2f3 b50b2a02 76ffae0f 1ba63799 b87b
       7aa3db36 dfffd6b0 f9bb7878 d7a76c13`,
    ],
  ])('of RFC 7714 section %s', (_name, keyLength, expected) => {
    const sealed = gcm(keyLength).sealRtp(galliaInClear, 12, galliaPlace);
    expect(sealed).toEqual(hex(expected));
    expect(gcm(keyLength).openRtp(sealed, 12, galliaPlace)).toEqual(galliaInClear);
  });

  it('of RFC 7714 section 17.1: a control packet with AEAD_AES_128_GCM', () => {
    const inClear = hex(
      `81c8000d 4d617273 4e545031 4e545032 52545020 0000042a 0000e930 4c756e61 deadbeef deadbeef deadbeef deadbeef
       deadbeef`,
    );
    const sealed = gcm(16).sealRtcp(inClear, 0x5d4);
    expect(sealed).toEqual(
      hex(
        `81c8000d 4d617273 63e94885 dcdab67c a727d766 2f6b7e99 7ff5c0f7 6c06f32d c676a5f1 730d6fda 4ce09b46 86303ded
         0bb9275b c84aa458 96cf4d2f c5abf872 45d9eade 800005d4`,
      ),
    );
    expect(gcm(16).openRtcp(sealed)).toEqual({ packet: inClear, index: 0x5d4 });
  });

  // As libsrtp's own driver has them (test/srtp_driver.c): whole packets out of a master key.
  const rtpInClear = hex(`800f1234decafbadcafebabe${'ab'.repeat(16)}`);
  const place = { ssrc: 0xcafebabe, rollover: 0, sequence: 0x1234 };
  const counterKey: SrtpKey = {
    suite: 'AES_CM_128_HMAC_SHA1_80',
    masterKey: hex('e1f97a0d3e018be0d64fa32c06de4139'),
    masterSalt: hex('0ec675ad498afeebb6960b3aabe6'),
    mkiLength: 0,
  };

  it('of libsrtp: whole packets in counter mode', () => {
    expect(createCipher(counterKey, 'rtp').sealRtp(rtpInClear, 12, place)).toEqual(
      hex('800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb'),
    );
    expect(createCipher(counterKey, 'rtcp').sealRtcp(hex(`81c8000bcafebabe${'ab'.repeat(16)}`), 1)).toEqual(
      hex('81c8000bcafebabe7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798'),
    );
  });

  it('of libsrtp: a whole packet with a salt of 96 bits', () => {
    const key: SrtpKey = {
      suite: 'AEAD_AES_128_GCM',
      masterKey: counted(16),
      masterSalt: hex('a0a1a2a3a4a5a6a7a8a9aaab'),
      mkiLength: 0,
    };
    expect(createCipher(key, 'rtp').sealRtp(rtpInClear, 12, place)).toEqual(
      hex('800f1234decafbadcafebabec5002ede04cfdd2eb91159e0880aa06ed2976826f796b201df3131a127e8a392'),
    );
  });
});
