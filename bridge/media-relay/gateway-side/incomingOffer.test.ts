import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { codecsIn } from '../sdp/index.ts';
import { description, openGatewaySides } from './testing/openGatewaySides.ts';

const all = { codecs: ['opus', 'G722', 'PCMA', 'PCMU'] } as const;

describe('The first offer of a gateway that calls', () => {
  let sides: Awaited<ReturnType<typeof openGatewaySides>>;

  beforeAll(async () => {
    sides = await openGatewaySides([44_410, 44_429], ['127.0.0.1', '::1']);
  });
  afterAll(() => sides.close());
  afterEach(() => sides.closeAll());

  it('is answered with one codec, which the call prefers, and its events, under the offer’s numbers', async () => {
    const side = sides.gatewaySide(['opus', 'PCMA', 'PCMU']);
    side.setBrowserCodecs([
      { codec: 'opus', payloadType: 111 },
      { codec: 'PCMA', payloadType: 8 },
    ]);
    const offer = description({
      payloads: '0 8 97 101 100',
      lines: ['a=rtpmap:97 opus/48000/2', 'a=rtpmap:100 telephone-event/48000', 'a=ptime:30', 'a=X-odd:yes'],
    });
    const { sdp, agreed } = await side.acceptOffer(offer, all);
    expect(agreed).toEqual({ codec: 'opus', dtmfPayloadType: 100, direction: 'sendrecv' });
    expect(sdp).toMatch(/^m=audio \d+ RTP\/AVP 97 100\r$/m);
    expect(sdp).toContain('c=IN IP4 203.0.113.1');
    expect((await side.leg()).config).toMatchObject({
      gateway: { address: '192.0.2.9', rtpPort: 5000, rtcpPort: 5001, isSending: true },
      sending: { mediasoupPayloadType: 111, gatewayPayloadType: 97 },
    });
  });

  it('takes only what this gateway may use', async () => {
    const { agreed } = await sides
      .gatewaySide()
      .acceptOffer(description({ payloads: '8 0 101' }), { codecs: ['PCMU'] });
    expect(agreed.codec).toBe('PCMU');
  });

  it('without a codec that both speak is refused', async () => {
    const side = sides.gatewaySide();
    side.setBrowserCodecs([{ codec: 'opus', payloadType: 111 }]);
    await expect(side.acceptOffer(description({}), all)).rejects.toMatchObject({ code: 'noCommonCodec' });
    await expect(side.acceptOffer(description({ payloads: '18' }), all)).rejects.toMatchObject({
      code: 'noCommonCodec',
    });
  });

  it.each([
    ['sendonly', 'recvonly', false],
    ['recvonly', 'sendonly', true],
    ['inactive', 'inactive', false],
  ])('that is %s is answered %s', async (offered, answered, isSending) => {
    const side = sides.gatewaySide();
    const { sdp, agreed } = await side.acceptOffer(description({ lines: [`a=${offered}`] }), all);
    expect(sdp).toContain(`a=${answered}\r\n`);
    expect(agreed.direction).toBe(offered);
    expect((await side.leg()).config.gateway?.isSending).toBe(isSending);
  });

  it('that is held the old way is sent nothing, until a later one says where', async () => {
    const side = sides.gatewaySide();
    const { sdp } = await side.acceptOffer(description({ address: '0.0.0.0' }), all);
    expect(sdp).toContain('a=recvonly');
    expect((await side.leg()).config.gateway).toMatchObject({ rtpPort: 0, rtcpPort: 0, isSending: false });
    await side.answerOffer(description({}));
    expect((await side.leg()).config.gateway).toMatchObject({ address: '192.0.2.9', rtpPort: 5000, isSending: true });
  });

  it('has its other media refused, whatever they are', async () => {
    const offer = [
      ...description({}).split('\r\n').slice(0, 5),
      'm=image 6000 udptl t38',
      'm=audio 7000 RTP/AVP 0 101',
      'a=rtpmap:101 telephone-event/8000',
      'm=video 7002 RTP/AVP 99',
      'm=audio 7004 RTP/AVP 8',
      '',
    ].join('\r\n');
    const { sdp } = await sides.gatewaySide().acceptOffer(offer, all);
    expect(sdp.match(/^m=.*$/gm)?.map((line) => line.trim())).toEqual([
      'm=image 0 udptl 0',
      expect.stringMatching(/^m=audio \d+ RTP\/AVP 0 101$/),
      'm=video 0 RTP/AVP 0',
      'm=audio 0 RTP/AVP 0',
    ]);
  });

  it('over IPv6 is answered from an address of that family, also when the ports were taken before', async () => {
    const side = sides.gatewaySide();
    expect((await side.leg()).binding.address).toBe('127.0.0.1');
    const { sdp } = await side.acceptOffer(description({ address: '2001:db8::9', lines: ['c=IN IP6 ::1'] }), all);
    expect(sdp).toContain('c=IN IP6 ::1');
    expect((await side.leg()).config.gateway?.address).toBe('::1');
    // Held the old way, it is where it was.
    await side.answerOffer(description({ address: '0.0.0.0' }));
    expect((await side.leg()).binding.address).toBe('::1');
  });

  it('over IPv6 is refused where we have no such address', async () => {
    const onlyIPv4 = await openGatewaySides([44_430, 44_433]);
    const side = onlyIPv4.gatewaySide();
    await expect(side.acceptOffer(description({ address: '2001:db8::9' }), all)).rejects.toMatchObject({
      code: 'badOffer',
      message: expect.stringContaining('2001:db8::9'),
    });
    await onlyIPv4.closeAll();
    await onlyIPv4.close();
  });

  it('says whose packets are taken, as the gateway is set', async () => {
    const side = sides.gatewaySide();
    await side.acceptOffer(description({}), { ...all, audioSource: 'any' });
    expect((await side.leg()).config.gateway?.sourcePolicy).toBe('any');
    await side.createOffer({ ...all, audioSource: 'negotiated' });
    await side.applyAnswer(description({}));
    expect((await side.leg()).config.gateway?.sourcePolicy).toBe('negotiated');
    await side.createOffer(all);
    await side.applyAnswer(description({}));
    expect((await side.leg()).config.gateway?.sourcePolicy).toBe('sameAddress');
  });
});

describe('The codecs in an offer', () => {
  it('are told in its order, once each, without those that are none of ours or that the gateway may not use', () => {
    const offer = description({ payloads: '18 8 0 97 101', lines: ['a=rtpmap:97 opus/48000/2'] });
    expect(codecsIn(offer, all)).toEqual(['PCMA', 'PCMU', 'opus']);
    expect(codecsIn(offer, { codecs: ['opus', 'PCMA'] })).toEqual(['PCMA', 'opus']);
  });

  it.each([
    ['there is no SDP', 'INVITE', {}, 'badOffer'],
    ['there is no audio', description({ port: 0 }), {}, 'badOffer'],
    ['none is of ours', description({ payloads: '18 3' }), {}, 'noCommonCodec'],
    ['the gateway may use none', description({ payloads: '0' }), { codecs: ['opus'] }, 'noCommonCodec'],
    ['keys are required, and there are none', description({}), { srtp: 'required' }, 'notEncrypted'],
  ] as const)('can’t be used where %s', (_, offer, gateway, code) => {
    expect(() => codecsIn(offer, { ...all, ...gateway })).toThrow(expect.objectContaining({ code }));
  });
});
