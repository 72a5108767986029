import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { srtpSuiteNames } from '../srtp/index.ts';
import { description, openGatewaySides } from './testing/openGatewaySides.ts';

const theirs = (fill: number): string => Buffer.alloc(30, fill).toString('base64');
const line = (tag: number, fill = 9, suite = 'AES_CM_128_HMAC_SHA1_80') =>
  `a=crypto:${tag} ${suite} inline:${theirs(fill)}`;
const keysIn = (sdp: string) =>
  [...sdp.matchAll(/^a=crypto:(\d+) (\S+) inline:(\S+)\r$/gm)].map((found) => found.slice(1));
const codecs = ['PCMU'] as const;

describe('Encryption with a gateway', () => {
  let sides: Awaited<ReturnType<typeof openGatewaySides>>;
  beforeAll(async () => {
    sides = await openGatewaySides([44_440, 44_459]);
  });
  afterAll(() => sides.close());
  afterEach(() => sides.closeAll());
  const keysOf = async (side: ReturnType<typeof sides.gatewaySide>) => (await side.leg()).config.gateway?.srtp;

  it('is offered beside plain audio, or is required, by a key of each kind', async () => {
    const side = sides.gatewaySide();
    expect(await side.createOffer({ codecs })).not.toContain('a=crypto');
    const offered = await side.createOffer({ codecs, srtp: 'offered' });
    expect(offered).toMatch(/^m=audio \d+ RTP\/AVP /m);
    expect(keysIn(offered).map(([tag, suite]) => `${tag} ${suite}`)).toEqual(
      srtpSuiteNames.map((suite, index) => `${index + 1} ${suite}`),
    );
    expect(new Set(keysIn(offered).map(([, , key]) => key)).size).toBe(4);
    expect(await side.createOffer({ codecs, srtp: 'required' })).toMatch(/^m=audio \d+ RTP\/SAVP /m);
  });

  it.each(['RTP/AVP', 'RTP/SAVP'])('begins with the kind that an answer of %s chose', async (protocol) => {
    const side = sides.gatewaySide();
    const offer = await side.createOffer({ codecs, srtp: 'offered' });
    const gcm = `a=crypto:3 AEAD_AES_128_GCM inline:${Buffer.alloc(28, 5).toString('base64')}`;
    await side.applyAnswer(description({ protocol, lines: [gcm] }));
    const keys = await keysOf(side);
    expect(keys?.receiving).toMatchObject({ suite: 'AEAD_AES_128_GCM', masterKey: new Uint8Array(16).fill(5) });
    const ours = keysIn(offer).find(([, suite]) => suite === 'AEAD_AES_128_GCM')?.[2];
    const { masterKey = [], masterSalt = [] } = keys?.sending ?? {};
    expect(Buffer.concat([Uint8Array.from(masterKey), Uint8Array.from(masterSalt)]).toString('base64')).toBe(ours);
  });

  it('doesn’t begin where the answer has no key, and is refused where it is required', async () => {
    const side = sides.gatewaySide();
    await side.createOffer({ codecs, srtp: 'offered' });
    await side.applyAnswer(description({}));
    expect(await keysOf(side)).toBeNull();
    await side.createOffer({ codecs, srtp: 'required' });
    await expect(side.applyAnswer(description({}))).rejects.toMatchObject({ code: 'notEncrypted' });
    await expect(side.applyAnswer(description({ protocol: 'RTP/SAVP' }))).rejects.toMatchObject({
      code: 'notEncrypted',
    });
    await side.createOffer({ codecs });
    await expect(side.applyAnswer(description({ protocol: 'RTP/SAVP', lines: [line(1)] }))).rejects.toMatchObject({
      code: 'notEncrypted',
    });
  });

  it('takes the first key of an offer that it knows, and answers under its tag', async () => {
    const side = sides.gatewaySide();
    const lines = ['a=crypto:7 F8_128_HMAC_SHA1_80 inline:AAAA', line(8), line(9, 1, 'AES_CM_128_HMAC_SHA1_32')];
    const { sdp } = await side.acceptOffer(description({ protocol: 'RTP/SAVP', lines }), { codecs, srtp: 'offered' });
    expect(sdp).toMatch(/^m=audio \d+ RTP\/SAVP 0 101\r$/m);
    expect(keysIn(sdp).map(([tag, suite]) => `${tag} ${suite}`)).toEqual(['8 AES_CM_128_HMAC_SHA1_80']);
    expect((await keysOf(side))?.receiving.masterKey).toEqual(new Uint8Array(16).fill(9));
  });

  it('is left out of the answer where it is switched off', async () => {
    const side = sides.gatewaySide();
    const { sdp } = await side.acceptOffer(description({ lines: [line(1)] }), { codecs });
    expect(sdp).not.toContain('a=crypto');
    expect(await keysOf(side)).toBeNull();
    await expect(
      side.acceptOffer(description({ protocol: 'RTP/SAVP', lines: [line(1)] }), { codecs, srtp: 'off' }),
    ).rejects.toMatchObject({ code: 'notEncrypted' });
  });

  it('keeps our key in a renegotiation, and takes the gateway’s new one', async () => {
    const side = sides.gatewaySide();
    const offer = (fill: number) => description({ protocol: 'RTP/SAVP', lines: [line(1, fill)] });
    const { sdp: first } = await side.acceptOffer(offer(1), { codecs, srtp: 'required' });
    const second = await side.answerOffer(offer(2));
    expect(keysIn(second)).toEqual(keysIn(first));
    expect((await keysOf(side))?.receiving.masterKey[0]).toBe(2);
    const again = await side.offerAgain();
    expect(keysIn(again).map(([, , key]) => key)).toContain(keysIn(first)[0]?.[2]);
    await expect(side.answerOffer(description({}))).rejects.toMatchObject({ code: 'notEncrypted' });
    expect((await keysOf(side))?.receiving.masterKey[0]).toBe(2);
  });

  it('never tells one gateway’s key to the next, and none again after plain audio', async () => {
    const side = sides.gatewaySide();
    const seen = new Set<string>();
    const note = (sdp: string): void => {
      for (const [, , key = ''] of keysIn(sdp)) {
        expect(seen).not.toContain(key);
        seen.add(key);
      }
    };
    note(await side.createOffer({ codecs, srtp: 'offered' }));
    note(await side.createOffer({ codecs, srtp: 'offered' }));
    await side.applyAnswer(description({ lines: [line(1)] }));
    await side.applyAnswer(description({}));
    note(await side.offerAgain());
  });

  it('begins with the final answer where an early one of another telephone had none', async () => {
    const side = sides.gatewaySide();
    await side.createOffer({ codecs, srtp: 'offered' });
    await side.applyAnswer(description({}));
    await side.applyAnswer(description({ lines: [line(1)] }));
    expect((await keysOf(side))?.sending.suite).toBe('AES_CM_128_HMAC_SHA1_80');
  });
});
