import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { description, openGatewaySides } from './testing/openGatewaySides.ts';

describe('An offer of ours inside a call', () => {
  let sides: Awaited<ReturnType<typeof openGatewaySides>>;

  beforeAll(async () => {
    sides = await openGatewaySides([44_440, 44_443]);
  });
  afterAll(() => sides.close());
  afterEach(() => sides.closeAll());

  async function talking() {
    const changes: string[] = [];
    const side = sides.gatewaySide(['opus', 'PCMA', 'PCMU'], (direction) => changes.push(direction));
    const first = await side.createOffer({ codecs: ['PCMA', 'PCMU'] });
    await side.applyAnswer(description({ payloads: '8 101' }));
    return { side, changes, first, config: async () => (await side.leg()).config };
  }

  it('to hold is of the codec that is spoken, on the same ports and in a later version', async () => {
    const { side, first, config } = await talking();
    const offer = await side.reoffer({ direction: 'sendonly' });
    expect(offer).toContain('a=sendonly\r\n');
    const media = /^m=audio \d+ RTP\/AVP /m.exec(first)?.[0] ?? 'none';
    expect(offer).toContain(`${media}8 101\r\n`);
    expect(offer).toMatch(/^o=- \d+ 2 /m);
    await side.applyAnswer(description({ payloads: '8 101', lines: ['a=recvonly'] }));
    expect((await config()).gateway?.isSending).toBe(true);
  });

  it('that is refused changes nothing', async () => {
    const { side, config } = await talking();
    const before = await config();
    await side.reoffer({ direction: 'sendonly', codecs: ['PCMU'] });
    expect(side.codec).toBe('PCMA');
    expect((await config()).sending).toEqual(before.sending);
    expect(await side.answerOffer(description({ payloads: '8 101' }))).toContain('a=sendrecv\r\n');
    expect(await side.offerAgain()).toContain('a=sendrecv\r\n');
  });

  it('stays in force when the gateway renegotiates: it is held until we say otherwise', async () => {
    const { side, changes } = await talking();
    await side.reoffer({ direction: 'sendonly' });
    await side.applyAnswer(description({ payloads: '8', lines: ['a=recvonly'] }));
    expect(await side.answerOffer(description({ payloads: '8' }))).toContain('a=sendonly\r\n');
    expect(await side.answerOffer(description({ payloads: '8', lines: ['a=sendonly'] }))).toContain('a=inactive\r\n');
    expect(await side.offerAgain()).toContain('a=sendonly\r\n');
    expect(changes).toEqual(['sendonly']);
    await side.reoffer({ direction: 'sendrecv' });
    await side.applyAnswer(description({ payloads: '8' }));
    expect(await side.answerOffer(description({ payloads: '8' }))).toContain('a=sendrecv\r\n');
    expect(changes).toEqual(['sendonly', 'sendrecv']);
  });

  it('sends nothing where both sides said that they want nothing', async () => {
    const { side, config } = await talking();
    await side.reoffer({ direction: 'inactive' });
    await side.applyAnswer(description({ payloads: '8', lines: ['a=inactive'] }));
    expect((await config()).gateway?.isSending).toBe(false);
  });

  it('asks for another codec, which may come before the answer does', async () => {
    const { side, config } = await talking();
    expect(await side.reoffer({ direction: 'sendrecv', codecs: ['PCMU'] })).toMatch(/RTP\/AVP 0 101\r/);
    expect((await config()).codecs.flatMap(({ gatewayPayloadTypes }) => gatewayPayloadTypes)).toEqual([8, 0]);
    expect((await side.applyAnswer(description({ payloads: '0 101' }))).codec).toBe('PCMU');
    expect((await config()).codecs.flatMap(({ gatewayPayloadTypes }) => gatewayPayloadTypes)).toEqual([0]);
  });

  it('asks for no codec that the gateway may not use or the call doesn’t have', async () => {
    const { side } = await talking();
    await expect(side.reoffer({ direction: 'sendrecv', codecs: ['opus'] })).rejects.toMatchObject({
      code: 'noCommonCodec',
    });
    await expect(side.reoffer({ direction: 'sendrecv', codecs: [] })).rejects.toMatchObject({ code: 'noCommonCodec' });
  });

  it('keeps the number that the gateway has for a codec, whatever the browser calls it', async () => {
    const side = sides.gatewaySide(['opus']);
    side.setBrowserCodecs([{ codec: 'opus', payloadType: 111 }]);
    await side.acceptOffer(description({ payloads: '97', lines: ['a=rtpmap:97 opus/48000/2'] }), { codecs: ['opus'] });
    expect(await side.reoffer({ direction: 'sendonly' })).toMatch(/RTP\/AVP 97 101 110\r/);
  });

  it('keeps the profile of a gateway that is encrypted, where it needn’t be', async () => {
    const side = sides.gatewaySide(['PCMU']);
    const crypto = `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${Buffer.alloc(30, 1).toString('base64')}`;
    const secure = description({ protocol: 'RTP/SAVP', lines: [crypto] });
    const { sdp } = await side.acceptOffer(secure, { codecs: ['PCMU'], srtp: 'offered' });
    const offer = await side.reoffer({ direction: 'sendonly' });
    expect(offer).toMatch(/^m=audio \d+ RTP\/SAVP 0 101\r$/m);
    // With the key that it has of us.
    expect(offer).toContain(/inline:(\S+)/.exec(sdp)?.[1]);
  });

  it('says nothing of the direction that the next gateway begins with', async () => {
    const { side, changes } = await talking();
    await side.answerOffer(description({ payloads: '8', lines: ['a=sendonly'] }));
    await side.createOffer({ codecs: ['PCMU'] });
    await side.applyAnswer(description({}));
    expect(changes).toEqual(['sendonly']);
  });
});
