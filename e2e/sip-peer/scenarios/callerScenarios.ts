import type { Scenario } from './scenario.ts';

/** SIPp as the one that calls: one INVITE to the number that it is started with (`-s`). */
const uri = 'sip:[service]@[remote_ip]:[remote_port]';
const head = (method: string, cseq: string, toTag = '') =>
  [
    'Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]',
    'From: "ACME" <sip:+442079460018@[local_ip]:[local_port]>;tag=[pid]c[call_number]',
    `To: <${uri}>${toTag}`,
    'Call-ID: [call_id]',
    `CSeq: ${cseq} ${method}`,
    'Contact: <sip:caller@[local_ip]:[local_port];transport=[transport]>',
    'Max-Forwards: 70',
  ].join('\n');
const send = (text: string, attributes = '') => `<send${attributes}><![CDATA[\n${text}\n]]></send>`;

const plainAudio = 'm=audio [media_port] RTP/AVP 0 101\na=rtpmap:0 PCMU/8000';

const inviteWith = (audio: string) =>
  send(
    `INVITE ${uri} SIP/2.0
${head('INVITE', '1')}
Content-Type: application/sdp
Content-Length: [len]

v=0
o=- 1 1 IN IP4 [media_ip]
s=-
c=IN IP4 [media_ip]
t=0 0
${audio}
a=rtpmap:101 telephone-event/8000
a=sendrecv
`,
    ' retrans="500"',
  );
const mayHear = (status: number) => `<recv response="${status}" optional="true"/>`;
const hear = (status: number, attributes = '') => `<recv response="${status}"${attributes}/>`;
const noBody = 'Content-Length: 0\n';
/** RFC 3261 section 17.1.1.3: of a refusal in the INVITE's own transaction, of an answer in one of its own. */
const ack = send(`ACK ${uri} SIP/2.0\n${head('ACK', '1', '[peer_tag_param]')}\n${noBody}`);
const pause = (ms: number) => `<pause milliseconds="${ms}"/>`;

function caller(name: string, steps: readonly string[], audio = plainAudio): Scenario {
  const head = ['<?xml version="1.0" encoding="UTF-8"?>', `<scenario name="${name}">`];
  return { name, xml: [...head, inviteWith(audio), ...steps, '</scenario>'].join('\n') };
}

/** Our BYE, which it confirms. */
const isHungUp = [
  '<recv request="BYE"/>',
  send(`SIP/2.0 200 OK\n[last_Via:]\n[last_From:]\n[last_To:]\n[last_Call-ID:]\n[last_CSeq:]\n${noBody}`),
];

const toAnswer = [mayHear(100), mayHear(180), mayHear(183), hear(200, ' rrs="true"'), ack];

export const callerScenarios = {
  /** Talks until the other side hangs up. */
  listens: caller('listens', [...toAnswer, ...isHungUp]),

  /** Never acknowledges the answer, so that it is hung up (RFC 3261 section 13.3.1.4). */
  neverAcknowledges: caller('never acknowledges', [mayHear(100), mayHear(180), hear(200), ...isHungUp]),

  /** Hangs up a while after the answer. */
  hangsUp: caller('hangs up', [
    ...toAnswer,
    pause(1500),
    send(`BYE [next_url] SIP/2.0\n[routes]\n${head('BYE', '2', '[peer_tag_param]')}\n${noBody}`, ' retrans="500"'),
    hear(200),
  ]),

  /** Gives up while it rings. */
  givesUp: caller('gives up', [
    mayHear(100),
    hear(180),
    pause(1000),
    send(
      `CANCEL ${uri} SIP/2.0\n${head('CANCEL', '1').replace('branch=[branch]', 'branch=[branch-4]')}\n${noBody}`,
      ' retrans="500"',
    ),
    hear(200),
    hear(487),
    ack.replace('branch=[branch]', 'branch=[branch-7]'),
  ]),

  /** Is refused with this. */
  refused: (status: number) =>
    caller(`refused ${status}`, [
      mayHear(100),
      mayHear(180),
      hear(status),
      ack.replace('branch=[branch]', 'branch=[branch-4]'),
    ]),

  /** Offers this audio, and is refused with 488 before anything rings. */
  unacceptable: (audio: string = plainAudio) =>
    caller('unacceptable', [mayHear(100), hear(488), ack.replace('branch=[branch]', 'branch=[branch-3]')], audio),
} as const;
