import fc from 'fast-check';
import { parse } from 'sdp-transform';
import { describe, expect, it } from 'vitest';
import { MediaError } from '../port/index.ts';
import { type SrtpSuiteName, srtpSuiteNames, srtpSuites } from '../srtp/index.ts';
import { writeCryptoLine } from './cryptoLines.ts';
import { parseGatewayDescription } from './parseGatewayDescription.ts';

const keyFor = (suite: SrtpSuiteName): string => {
  const { keyLength, saltLength } = srtpSuites[suite];
  return Buffer.from(Array.from({ length: keyLength + saltLength }, (_, index) => index)).toString('base64');
};
const usual = keyFor('AES_CM_128_HMAC_SHA1_80');
const offer = (...lines: string[]): string =>
  ['v=0', 'o=- 1 1 IN IP4 192.0.2.1', 's=-', 'c=IN IP4 192.0.2.1', 't=0 0', ...lines, ''].join('\r\n');
const secure = 'm=audio 5000 RTP/SAVP 0';
const plain = 'm=audio 6000 RTP/AVP 0';
const cryptoOf = (...lines: string[]) => parseGatewayDescription(offer(secure, ...lines), 'badOffer', 'offered').crypto;
const problemOf = (act: () => unknown): unknown => {
  try {
    act();
    return null;
  } catch (error) {
    return error;
  }
};

describe('A key in an SDP', () => {
  it.each(srtpSuiteNames)('of %s is read and written', (suite) => {
    const line = `a=crypto:3 ${suite} inline:${keyFor(suite)}`;
    const [read] = cryptoOf(line);
    expect(read).toMatchObject({
      tag: '3',
      key: { suite, mkiLength: 0, masterKey: { length: srtpSuites[suite].keyLength } },
    });
    expect(read && writeCryptoLine(read)).toBe(line);
    expect(parse(`m=audio 1 RTP/SAVP 0\r\n${line}\r\n`).media[0]?.crypto?.[0]?.suite).toBe(suite);
  });

  it.each([
    [`a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${usual}|2^20`, 0],
    [`a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${usual}|2^20|1:4`, 4],
    [`a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${usual}|1:4`, 4],
    [`a=crypto:1 aes_cm_128_hmac_sha1_80 INLINE:${usual}|1048576 WSH=128`, 0],
    [`a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${usual} -UNENCRYPTED_SRTP`, 0],
    [`a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${usual.replaceAll('=', '')}`, 0],
    [`a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${usual}|2^20|1:4;inline:${usual}|2^20|2:4`, 4],
  ])('may come with more than we need: %s', (line, mkiLength) => {
    expect(cryptoOf(line)).toMatchObject([{ tag: '1', key: { mkiLength } }]);
  });

  it.each([
    `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${usual.slice(0, -4)}`,
    `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:`,
    `a=crypto:1 AES_CM_128_HMAC_SHA1_80 uri:https://keys.example/1`,
    `a=crypto:1 F8_128_HMAC_SHA1_80 inline:${usual}`,
    `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${usual} UNENCRYPTED_SRTP`,
    `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${usual} KDR=1`,
    `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${usual}|2^20|1:129`,
    `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${usual}|2^20|1:x`,
    'a=crypto:',
    'a=crypto:x y z',
  ])('that is of no use is passed over for the next: %s', (line) => {
    const good = `a=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:${usual}`;
    expect(cryptoOf(line, good).map(({ tag }) => tag)).toEqual(['2']);
    expect(problemOf(() => cryptoOf(line))).toMatchObject({ code: 'notEncrypted' });
  });
});

describe('Of the audio in an offer', () => {
  const crypto = `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${usual}`;
  const choose = (policy: 'off' | 'offered' | 'required', ...lines: string[]) => {
    const problem = problemOf(() => parseGatewayDescription(offer(...lines), 'badOffer', policy));
    if (problem !== null) return (problem as { code: string }).code;
    const { rtpPort, crypto: keys } = parseGatewayDescription(offer(...lines), 'badOffer', policy);
    return `${rtpPort} ${keys.length > 0 ? 'encrypted' : 'plain'}`;
  };

  it.each([
    ['plain audio', [plain], '6000 plain', '6000 plain', 'notEncrypted'],
    ['plain audio with keys', [plain, crypto], '6000 plain', '6000 encrypted', '6000 encrypted'],
    ['encrypted audio', [secure, crypto], 'notEncrypted', '5000 encrypted', '5000 encrypted'],
    ['encrypted audio without a key', [secure], 'notEncrypted', 'notEncrypted', 'notEncrypted'],
    ['both, plain first', [plain, secure, crypto], '6000 plain', '5000 encrypted', '5000 encrypted'],
    ['both, encrypted first', [secure, crypto, plain], '6000 plain', '5000 encrypted', '5000 encrypted'],
    ['both, without a key', [secure, plain], '6000 plain', '6000 plain', 'notEncrypted'],
    ['DTLS-SRTP', ['m=audio 5000 UDP/TLS/RTP/SAVP 0'], 'notEncrypted', 'notEncrypted', 'notEncrypted'],
    ['no audio', ['m=image 5000 udptl t38'], 'badOffer', 'badOffer', 'badOffer'],
    ['refused audio', ['m=audio 0 RTP/SAVP 0'], 'badOffer', 'badOffer', 'badOffer'],
  ])('%s: off, offered, required', (_name, lines, off, offered, required) => {
    expect([choose('off', ...lines), choose('offered', ...lines), choose('required', ...lines)]).toEqual([
      off,
      offered,
      required,
    ]);
  });

  it('what is refused for its encryption is told in words', () => {
    const words = (policy: 'off' | 'offered' | 'required', line: string) =>
      String(problemOf(() => parseGatewayDescription(offer(line), 'badOffer', policy)));
    expect(words('off', secure)).toContain('SRTP is switched off for it');
    expect(words('offered', secure)).toContain('gave no key');
    expect(words('required', plain)).toContain('SRTP is required of it');
    expect(words('required', 'm=audio 5000 UDP/TLS/RTP/SAVP 0')).toContain('UDP/TLS/RTP/SAVP');
  });

  it('that is mangled anywhere is read or refused, with no other exception', () => {
    const whole = offer(secure, `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${usual}|2^20|1:4;inline:${usual} WSH=64`);
    const edits = fc.array(fc.tuple(fc.nat(whole.length), fc.string({ maxLength: 12 })), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(edits, fc.constantFrom('off', 'offered', 'required'), (changes, policy) => {
        const mangled = changes.reduce(
          (sdp, [at, what]) => sdp.slice(0, at) + what + sdp.slice(at + what.length),
          whole,
        );
        const problem = problemOf(() => parseGatewayDescription(mangled, 'badOffer', policy));
        if (problem !== null) expect(problem).toBeInstanceOf(MediaError);
      }),
      { numRuns: 400 },
    );
  });
});
