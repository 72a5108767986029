import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { portOf } from '../test-peers/index.ts';
import { description as answer, openGatewaySides } from './testing/openGatewaySides.ts';

describe('GatewaySide', () => {
  let sides: Awaited<ReturnType<typeof openGatewaySides>>;
  const gatewaySide = () => sides.gatewaySide();

  beforeAll(async () => {
    sides = await openGatewaySides([44_400, 44_403]);
  });
  afterAll(() => sides.close());
  afterEach(() => sides.closeAll());

  it('offers with the announced address, and on the same ports for the next gateway', async () => {
    const side = gatewaySide();
    const first = await side.createOffer({ codecs: ['PCMU', 'opus'] });
    const second = await side.createOffer({ codecs: ['PCMA'] });
    expect(first).toContain('c=IN IP4 203.0.113.1');
    expect(first).toMatch(/RTP\/AVP 0 111 101 110\r/);
    expect(second).toMatch(/RTP\/AVP 8 101\r/);
    expect(portOf(second)).toBe(portOf(first));
    expect(second).toMatch(/^o=- \d+ 2 /m);
  });

  it('tells what was answered and sends there', async () => {
    const side = gatewaySide();
    await side.createOffer({ codecs: ['PCMA', 'PCMU'] });
    expect(await side.applyAnswer(answer({ payloads: '8 101', lines: ['a=rtcp:5009'] }))).toEqual({
      codec: 'PCMA',
      dtmfPayloadType: 101,
      direction: 'sendrecv',
    });
    expect((await side.leg()).config).toMatchObject({
      gateway: { address: '192.0.2.9', rtpPort: 5000, rtcpPort: 5009, isSending: true },
      sending: { gatewayPayloadType: 8, clockRate: 8000 },
      dtmf: { payloadType: 101, clockRate: 8000 },
    });
  });

  it('forgets the first gateway’s answer in a failover', async () => {
    const side = gatewaySide();
    await side.createOffer({ codecs: ['PCMA'] });
    await side.applyAnswer(answer({ payloads: '8' }));
    await side.createOffer({ codecs: ['PCMU'] });
    expect(side.codec).toBeNull();
    expect((await side.leg()).config.gateway).toBeNull();
    await expect(side.applyAnswer(answer({ payloads: '8' }))).rejects.toMatchObject({ code: 'noCommonCodec' });
  });

  it('stays at the codec that is spoken when the gateway offers several, and refuses other media', async () => {
    const side = gatewaySide();
    await side.createOffer({ codecs: ['PCMA', 'PCMU'] });
    await side.applyAnswer(answer({ payloads: '0 101' }));
    const reply = await side.answerOffer(answer({ payloads: '8 0 101', lines: ['m=image 6000 udptl t38'] }));
    expect(reply).toMatch(/^m=audio \d+ RTP\/AVP 0 101\r/m);
    expect(reply).toContain('m=image 0 udptl 0');
  });

  it('keeps receiving from where the gateway was when it is held the old way', async () => {
    const side = gatewaySide();
    await side.createOffer({ codecs: ['PCMU'] });
    await side.applyAnswer(answer({}));
    expect(await side.answerOffer(answer({ address: '0.0.0.0' }))).toContain('a=recvonly');
    expect((await side.leg()).config.gateway).toMatchObject({ address: '192.0.2.9', rtpPort: 5000, isSending: false });
  });

  it('finds a host that the gateway names, or says so', async () => {
    const side = gatewaySide();
    await side.createOffer({ codecs: ['PCMU'] });
    await side.applyAnswer(answer({ address: 'media.example' }));
    expect((await side.leg()).config.gateway?.address).toBe('192.0.2.44');
    await expect(side.applyAnswer(answer({ address: 'nowhere.example' }))).rejects.toMatchObject({ code: 'badAnswer' });
  });

  it('maps what the browser calls it to what the gateway calls it', async () => {
    const side = gatewaySide();
    await side.createOffer({ codecs: ['opus'] });
    await side.applyAnswer(answer({ payloads: '97', lines: ['a=rtpmap:97 opus/48000/2'] }));
    side.setBrowserCodecs([{ codec: 'opus', payloadType: 109 }]);
    const leg = await side.leg();
    expect(leg.config.sending).toEqual({ mediasoupPayloadType: 109, gatewayPayloadType: 97, clockRate: 48_000 });
    expect(leg.config.codecs.map((codec) => codec.gatewayPayloadTypes[0])).toEqual([111, 97]);
    expect(leg.config.codecs.every((codec) => codec.mediasoupPayloadType === 109)).toBe(true);
  });

  it('says when there is no port left, and works again when there is', async () => {
    const [one, two, three] = [gatewaySide(), gatewaySide(), gatewaySide()];
    await one.createOffer({ codecs: ['PCMU'] });
    await two.createOffer({ codecs: ['PCMU'] });
    await expect(three.createOffer({ codecs: ['PCMU'] })).rejects.toMatchObject({ code: 'portsExhausted' });
    await one.close();
    expect(await three.createOffer({ codecs: ['PCMU'] })).toContain('m=audio');
  });
});
