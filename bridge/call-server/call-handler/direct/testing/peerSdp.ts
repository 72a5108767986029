export interface PeerSdpChanges {
  readonly ufrag?: string;
  readonly payloads?: string;
  readonly direction?: string;
  readonly setup?: string;
  readonly lines?: readonly string[];
  /** Lines that begin so are left out. */
  readonly without?: string;
}

/** What a WebRTC peer says; a browser's offer where nothing is changed. */
export function peerSdp(changes: PeerSdpChanges = {}): string {
  const {
    ufrag = 'browser',
    payloads = '111 9 0 8 126',
    direction = 'sendrecv',
    setup = 'actpass',
    lines = [],
  } = changes;
  const all = [
    'v=0',
    'o=- 4611731400430051336 2 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=group:BUNDLE 0',
    'a=extmap-allow-mixed',
    `m=audio 9 UDP/TLS/RTP/SAVPF ${payloads}`,
    'c=IN IP4 0.0.0.0',
    'a=rtcp:9 IN IP4 0.0.0.0',
    `a=ice-ufrag:${ufrag}`,
    'a=ice-pwd:aPasswordOfTwentyTwoOrMore',
    'a=ice-options:trickle',
    `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}`,
    `a=setup:${setup}`,
    'a=mid:0',
    'a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level',
    `a=${direction}`,
    'a=msid:- track',
    'a=rtcp-mux',
    'a=rtpmap:111 opus/48000/2',
    'a=rtcp-fb:111 transport-cc',
    'a=fmtp:111 minptime=10;useinbandfec=1',
    'a=rtpmap:9 G722/8000',
    'a=rtpmap:0 PCMU/8000',
    'a=rtpmap:8 PCMA/8000',
    'a=rtpmap:126 telephone-event/8000',
    'a=ssrc:1234 cname:somebody',
    ...lines,
  ];
  const { without } = changes;
  return `${all.filter((line) => without === undefined || !line.startsWith(without)).join('\r\n')}\r\n`;
}

/** What a gateway that speaks WebRTC answers. */
export const gatewaySdp = (changes: PeerSdpChanges = {}): string =>
  peerSdp({
    ...{ ufrag: 'gateway', payloads: '0', setup: 'active', without: 'a=mid' },
    ...changes,
    lines: ['a=candidate:1 1 udp 2130706431 192.0.2.7 4000 typ host', ...(changes.lines ?? [])],
  });
