/**
 * SIPp's scenarios (https://sipp.readthedocs.io), made of the steps that all of ours share. Each call to a scenario is
 * one dialog; an OPTIONS, by which a bridge looks whether its gateway is alive, is answered beside it.
 */
export interface Scenario {
  readonly name: string;
  readonly xml: string;
}

type Step = string;

/** User name and password that `challenge` and `checkCredentials` want. */
export const trunkCredentials = { userName: 'trunk', password: 'open sesame' } as const;

/** `[last_To:]` of a request outside a dialog has no tag yet, so that one is added. */
const headers = (toTag: string, cseq = '[last_CSeq:]') =>
  `[last_Via:]\n[last_From:]\n[last_To:]${toTag}\n[last_Call-ID:]\n${cseq}`;
const ownTag = ';tag=[pid]t[call_number]';

const contact = 'Contact: <sip:[local_ip]:[contact_port];transport=[transport]>';
export const noBody = 'Content-Length: 0\n';

function sdp(port: string): string {
  return [
    'Content-Type: application/sdp',
    'Content-Length: [len]',
    '',
    'v=0',
    'o=- 1 1 IN IP4 [media_ip]',
    's=-',
    'c=IN IP4 [media_ip]',
    't=0 0',
    `m=audio ${port} RTP/AVP 0`,
    'a=rtpmap:0 PCMU/8000',
    'a=ptime:20',
    'a=sendrecv',
    '',
  ].join('\n');
}

/** Where `playTone` sends from; SIPp throws away what comes in there. */
export const playedAudio = sdp('[rtpstream_audio_port]');

/** Of a gateway that says it speaks WebRTC, at an address where nobody is. */
export const unreachablePeer = [
  'Content-Type: application/sdp',
  'Content-Length: [len]',
  '',
  'v=0',
  'o=- 1 1 IN IP4 [media_ip]',
  's=-',
  'c=IN IP4 [media_ip]',
  't=0 0',
  'm=audio [media_port] UDP/TLS/RTP/SAVPF 0',
  'a=rtpmap:0 PCMU/8000',
  'a=rtcp-mux',
  'a=setup:active',
  `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => '5A').join(':')}`,
  'a=ice-ufrag:nobody',
  'a=ice-pwd:nobodyIsThereToAnswerYou',
  'a=candidate:1 1 udp 2130706431 192.0.2.1 9 typ host',
  'a=sendrecv',
  '',
].join('\n');

export const send = (text: string, attributes = ''): Step => `<send${attributes}><![CDATA[\n${text}\n]]></send>`;

/** The number of its CSeq is kept for what answers it after something else came. */
export const receiveInvite: Step = `<recv request="INVITE" rrs="true"><action>
  <ereg regexp="[0-9]+" search_in="hdr" header="CSeq:" assign_to="invite_cseq"/>
</action></recv>`;

/** Whose the dialog is, as its own requests must say it: the ACK has both tags. */
export const receiveAck: Step = `<recv request="ACK"><action>
  <ereg regexp=".*" search_in="hdr" header="From:" assign_to="caller"/>
  <ereg regexp=".*" search_in="hdr" header="To:" assign_to="called"/>
</action></recv>`;

export const receive = (method: 'ACK' | 'BYE' | 'CANCEL' | 'INFO'): Step => `<recv request="${method}"/>`;

/** Of its own, inside a dialog whose ACK was taken by `receiveAck`. */
export const request = (method: string, cseq: number, rest: string): Step =>
  send(
    `${method} [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
Max-Forwards: 70
From:[$called]
To:[$caller]
[last_Call-ID:]
CSeq: ${cseq} ${method}
Contact: <sip:[local_ip]:[contact_port];transport=[transport]>
${rest}`,
    method === 'ACK' ? '' : ' retrans="500"',
  );

/** To the INVITE, before anything else was received. */
export const respond = (status: number, reason: string, body = ''): Step =>
  send(
    `SIP/2.0 ${status} ${reason}\n${headers(ownTag)}\n${contact}\n${body || noBody}`,
    status >= 200 ? ' retrans="500"' : '',
  );

/** To a request inside the dialog. */
export const confirm: Step = send(`SIP/2.0 200 OK\n${headers('')}\n${noBody}`);

/** To an INVITE inside the dialog. */
export const confirmReinvite: Step = send(
  `SIP/2.0 200 OK\n${headers('')}\n${contact}\n${playedAudio}`,
  ' retrans="500"',
);

export const refuseReinvite: Step = send(
  `SIP/2.0 488 Not Acceptable Here\n${headers('')}\n${noBody}`,
  ' retrans="500"',
);

/** To a request inside the dialog that comes to nothing. */
export const refuse = (status: number, reason: string): Step =>
  send(`SIP/2.0 ${status} ${reason}\n${headers('')}\n${noBody}`, ' retrans="500"');

/** To a CANCEL: 200 to itself, 487 to its INVITE (RFC 3261 section 9.2). */
export const confirmCancel: Step = [
  send(`SIP/2.0 200 OK\n${headers(ownTag)}\n${noBody}`),
  send(
    `SIP/2.0 487 Request Terminated\n${headers(ownTag, 'CSeq: [$invite_cseq] INVITE')}\n${noBody}`,
    ' retrans="500"',
  ),
].join('\n');

export const challenge: Step = send(
  `SIP/2.0 401 Unauthorized\n${headers(ownTag)}
WWW-Authenticate: Digest realm="telephone network", nonce="b1946ac92492d2347c6235b4d2611184", algorithm=MD5, qop="auth"
${noBody}`,
  ' retrans="500"',
);

/** Goes on to the next step where the credentials are right, and ends with 403 where they aren't. */
export const receiveInviteWithCredentials: Step = `<recv request="INVITE" rrs="true"><action>
  <verifyauth assign_to="proven" username="${trunkCredentials.userName}" password="${trunkCredentials.password}"/>
</action></recv>
<nop test="proven" next="proven"/>
${respond(403, 'Forbidden')}
<recv request="ACK" next="end"/>
<label id="proven"/>`;

/** Plays `tone.ul` (raw PCMU, in its working folder) without end to where the INVITE's SDP wants it. */
export const playTone: Step = '<nop><action><exec rtp_stream="tone.ul,-1,0,PCMU/8000"/></action></nop>';

/** The same as PCMA, in its place. */
export const playToneAsPcma: Step = '<nop><action><exec rtp_stream="tone.al,-1,8,PCMA/8000"/></action></nop>';

export const pause = (ms: number): Step => `<pause milliseconds="${ms}"/>`;

export function scenario(name: string, steps: readonly Step[]): Scenario {
  const uses = (variable: string) => steps.some((step) => step.includes(`$${variable}]`));
  const xml = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<scenario name="${name}">`,
    '<recv request="OPTIONS" optional="true" next="options"/>',
    ...steps,
    '<nop next="end"/>',
    '<label id="options"/>',
    send(`SIP/2.0 200 OK\n${headers(ownTag)}\n${noBody}`),
    '<label id="end"/>',
    // Timers D, I and J of RFC 3261 section 17: what comes a second time is answered a second time.
    '<timewait milliseconds="4000"/>',
    // Every variable must be used twice, or SIPp complains.
    uses('invite_cseq') ? '' : '<Reference variables="invite_cseq"/>',
    '</scenario>',
  ];
  return { name, xml: xml.join('\n') };
}
