import { describe, expect, it } from 'vitest';
import { readPeerDescription } from '../../../media-relay/index.ts';
import { DirectPath } from './DirectPath.ts';
import { gatewaySdp, peerSdp } from './testing/peerSdp.ts';

const browser = readPeerDescription(
  peerSdp({ lines: ['a=candidate:7 1 udp 1 198.51.100.4 5000 typ srflx raddr 0.0.0.0 rport 0'] }),
  'badOffer',
);
const path = () => new DirectPath(browser, ['PCMU', 'opus']);
const lines = (sdp: string, start: string) => sdp.split('\r\n').filter((line) => line.startsWith(start));

describe('What a gateway gets of the browser', () => {
  it('has its codecs in its order, without key tones, extensions and feedback', () => {
    const offer = path().offer();
    expect(lines(offer, 'm=')).toEqual(['m=audio 5000 UDP/TLS/RTP/SAVPF 0 111']);
    expect(lines(offer, 'a=rtpmap')).toEqual(['a=rtpmap:0 PCMU/8000', 'a=rtpmap:111 opus/48000/2']);
    expect(lines(offer, 'a=fmtp')).toEqual(['a=fmtp:111 minptime=10;useinbandfec=1']);
    expect([...lines(offer, 'a=extmap'), ...lines(offer, 'a=rtcp-fb'), ...lines(offer, 'a=ice-options')]).toEqual([]);
  });

  it('has its ICE, DTLS and candidates as they are, and the best of these as the usual address', () => {
    const offer = path().offer();
    expect(lines(offer, 'a=ice-')).toEqual(['a=ice-ufrag:browser', 'a=ice-pwd:aPasswordOfTwentyTwoOrMore']);
    expect(lines(offer, 'a=fingerprint')[0]).toMatch(/^a=fingerprint:sha-256 AB:AB/);
    expect(lines(offer, 'a=candidate')).toEqual([
      'a=candidate:7 1 udp 1 198.51.100.4 5000 typ srflx raddr 0.0.0.0 rport 0',
    ]);
    expect(lines(offer, 'c=')).toEqual(['c=IN IP4 198.51.100.4']);
    expect(lines(offer, 'a=setup')).toEqual(['a=setup:actpass']);
  });

  it('is never offered a call without a codec', () => {
    expect(() => new DirectPath({ ...browser, codecs: [] }, ['opus'])).toThrow('none of these codecs');
  });
});

describe('What a gateway answers', () => {
  it('is the browser’s answer, in the browser’s words for its audio line', () => {
    const direct = path();
    direct.offer();
    const { agreed, use } = direct.take(gatewaySdp());
    expect(agreed).toEqual({ codec: 'PCMU', dtmfPayloadType: null, direction: 'sendrecv' });
    expect(use).toBe('forBrowser');
    const answer = direct.answerForBrowser();
    expect(lines(answer, 'a=mid')).toEqual(['a=mid:0']);
    expect(lines(answer, 'a=group')).toEqual(['a=group:BUNDLE 0']);
    expect(lines(answer, 'a=setup')).toEqual(['a=setup:active']);
    expect(lines(answer, 'a=ice-ufrag')).toEqual(['a=ice-ufrag:gateway']);
    expect(lines(answer, 'a=candidate')).toEqual(['a=candidate:1 1 udp 2130706431 192.0.2.7 4000 typ host']);
  });

  it('says nothing new when it comes again, and is another way with other ICE or DTLS', () => {
    const direct = path();
    direct.take(gatewaySdp());
    expect(direct.take(gatewaySdp({ direction: 'recvonly' })).use).toBe('known');
    expect(direct.take(gatewaySdp({ ufrag: 'other' })).use).toBe('changed');
  });

  it.each([
    ['no DTLS', gatewaySdp({ without: 'a=fingerprint' }), 'no DTLS fingerprint'],
    ['no ICE', gatewaySdp({ without: 'a=ice-pwd' }), 'no ICE credentials'],
    ['two ports', gatewaySdp({ without: 'a=rtcp-mux' }).replace(/^a=candidate.*\r\n/m, ''), 'share one port'],
    [
      'two ports, of which it names both',
      gatewaySdp({ without: 'a=rtcp-mux', lines: ['a=candidate:1 2 udp 2130706430 192.0.2.7 4001 typ host'] }),
      'share one port',
    ],
    ['no say in who begins', gatewaySdp({ setup: 'actpass' }), 'which side starts DTLS'],
    ['a codec that it wasn’t offered', gatewaySdp({ payloads: '8' }), 'no codec that it was offered'],
    ['a second audio line', `${gatewaySdp()}m=audio 9 RTP/AVP 0\r\n`, 'one audio section'],
    ['a refused audio line', gatewaySdp().replace('m=audio 9', 'm=audio 0'), 'one audio section'],
    ['more than fits', gatewaySdp({ lines: Array.from({ length: 2000 }, () => 'a=x:yyyyyyy') }), 'too long'],
  ])('is of no use with %s', (_, sdp, problem) => {
    expect(() => path().take(sdp)).toThrow(problem);
  });
});

describe('An answer that doesn’t say that RTP and RTCP share a port', () => {
  it('is taken for one that does where it names one place alone', () => {
    const direct = path();
    direct.take(gatewaySdp({ without: 'a=rtcp-mux' }));
    expect(lines(direct.answerForBrowser(), 'a=rtcp-mux')).toHaveLength(1);
  });
});

describe('Inside the call', () => {
  it('the browser’s description holds and resumes, each time with a higher version', () => {
    const direct = path();
    direct.offer();
    direct.take(gatewaySdp());
    const [held, resumed] = [direct.offer('inactive'), direct.offer('sendrecv')];
    expect([held, resumed].map((sdp) => lines(sdp, 'a=inactive').length)).toEqual([1, 0]);
    expect([held, resumed].map((sdp) => lines(sdp, 'o=')[0])).toEqual([
      'o=- 4611731400430051336 2 IN IP4 0.0.0.0',
      'o=- 4611731400430051336 3 IN IP4 0.0.0.0',
    ]);
  });

  it.each([
    ['sendonly', 'recvonly'],
    ['inactive', 'inactive'],
    ['sendrecv', 'sendrecv'],
  ])('an offer to %s is answered %s for the browser, which keeps its part in DTLS', (offered, answered) => {
    const direct = path();
    direct.take(gatewaySdp());
    const { sdp, agreed } = direct.answer(gatewaySdp({ direction: offered, setup: 'actpass' }));
    expect(lines(sdp, `a=${answered}`)).toHaveLength(1);
    expect(lines(sdp, 'a=setup')).toEqual(['a=setup:passive']);
    expect(agreed.direction).toBe(offered);
  });

  it('a gateway on hold is not let out of it by an offer of its own', () => {
    const direct = path();
    direct.take(gatewaySdp());
    direct.offer('inactive');
    expect(lines(direct.answer(gatewaySdp()).sdp, 'a=inactive')).toHaveLength(1);
  });

  it('an offer that would need the browser is refused', () => {
    const direct = path();
    expect(() => direct.answer(gatewaySdp())).toThrow('another way');
    direct.take(gatewaySdp());
    expect(() => direct.answer(gatewaySdp({ ufrag: 'other' }))).toThrow('another way');
  });
});
