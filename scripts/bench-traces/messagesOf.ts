import type { WireMessage } from '../../bridge/sip-stack/transport/index.ts';

const bridge = { address: '192.0.2.10', port: 5060 };
const gateway = { address: '198.51.100.20', port: 5060 };

const sdp = (address: string) =>
  [
    ...['v=0', `o=- 4858251974 1 IN IP4 ${address}`, 's=-', `c=IN IP4 ${address}`, 't=0 0'],
    ...['m=audio 40012 RTP/AVP 96 9 0 8 101', 'a=rtpmap:96 opus/48000/2', 'a=fmtp:96 useinbandfec=1;stereo=0'],
    ...['a=rtpmap:9 G722/8000', 'a=rtpmap:0 PCMU/8000', 'a=rtpmap:8 PCMA/8000', 'a=rtpmap:101 telephone-event/8000'],
    ...['a=fmtp:101 0-16', 'a=ptime:20', 'a=sendrecv', 'a=rtcp:40012', 'a=rtcp-mux', ''],
  ].join('\r\n');

/** What passes between the bridge and a gateway with credentials in a call that is answered: in the lengths of real ones. */
export function messagesOf(sipCallId: string): readonly WireMessage[] {
  const headers = (cseq: string, body = '') =>
    [
      'Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK4b1d2f4e8c9a4f0d9f6c1e2a3b4c5d6e;rport',
      'Max-Forwards: 70',
      'From: "Alice Anderson" <sip:+12025550111@phone.example.com>;tag=8f14e45fceea167a5a36dedd4bea2543',
      'To: <sip:+12025550100@carrier.example.net>;tag=c9f0f895fb98ab9159f51fd0297e236d',
      `Call-ID: ${sipCallId}`,
      `CSeq: ${cseq}`,
      'Contact: <sip:bridge@192.0.2.10:5060;transport=udp>',
      'Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, INFO, REFER, NOTIFY, PRACK',
      'Supported: timer, replaces, 100rel',
      'Session-Expires: 1800;refresher=uac',
      'User-Agent: Dialbridge',
      'P-Asserted-Identity: <sip:+12025550111@phone.example.com>',
      ...(body === '' ? ['Content-Length: 0'] : ['Content-Type: application/sdp', `Content-Length: ${body.length}`]),
      '',
      body,
    ].join('\r\n');
  const invite = 'INVITE sip:+12025550100@carrier.example.net SIP/2.0\r\n';
  const credentials =
    'Proxy-Authorization: Digest username="trunk", realm="carrier", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c0", response="6629fae49393a05397450978507c4ef1"\r\n';
  const sent = (text: string): WireMessage => message('sent', text);
  const received = (text: string): WireMessage => message('received', text);
  return [
    sent(`${invite}${headers('1 INVITE', sdp(bridge.address))}`),
    received(`SIP/2.0 407 Proxy Authentication Required\r\n${headers('1 INVITE')}`),
    sent(`ACK sip:+12025550100@carrier.example.net SIP/2.0\r\n${headers('1 ACK')}`),
    sent(`${invite}${credentials}${headers('2 INVITE', sdp(bridge.address))}`),
    received(`SIP/2.0 100 Trying\r\n${headers('2 INVITE')}`),
    received(`SIP/2.0 180 Ringing\r\n${headers('2 INVITE')}`),
    received(`SIP/2.0 200 OK\r\n${headers('2 INVITE', sdp(gateway.address))}`),
    sent(`ACK sip:gw@198.51.100.20 SIP/2.0\r\n${headers('2 ACK')}`),
    sent(`BYE sip:gw@198.51.100.20 SIP/2.0\r\n${headers('3 BYE')}`),
    received(`SIP/2.0 200 OK\r\n${headers('3 BYE')}`),
  ];
}

function message(direction: WireMessage['direction'], text: string): WireMessage {
  return { direction, transport: 'udp', local: bridge, remote: gateway, peerId: 'gateway', text };
}
