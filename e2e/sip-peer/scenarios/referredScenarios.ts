import { confirm, playTone, receive, receiveInvite, type Scenario, scenario } from './scenario.ts';

/**
 * Gateways that are asked to pass a call on (REFER, RFC 3515) while it is on hold. What they write in a dialog that the other side
 * began has From and To the other way round than its INVITE had them.
 */
const ids = '[last_Via:]\n[last_From:]\n[last_To:]\n[last_Call-ID:]\n[last_CSeq:]';
const contact =
  'Contact: <sip:[local_ip]:[contact_port];transport=[transport]>\nAllow: INVITE, ACK, BYE, CANCEL, OPTIONS, NOTIFY, REFER';
const noBody = 'Content-Length: 0\n';

const send = (text: string, attributes = '') => `<send${attributes}><![CDATA[\n${text}\n]]></send>`;

const answer = (direction: 'sendrecv' | 'recvonly', toTag = '') =>
  send(
    `SIP/2.0 200 OK
${ids.replace('[last_To:]', `[last_To:]${toTag}`)}
${contact}
Content-Type: application/sdp
Content-Length: [len]

v=0
o=- 1 1 IN IP4 [media_ip]
s=-
c=IN IP4 [media_ip]
t=0 0
m=audio [rtpstream_audio_port] RTP/AVP 0
a=rtpmap:0 PCMU/8000
a=ptime:20
a=${direction}
`,
    ' retrans="500"',
  );

/** Both sides' names in the dialog are kept for the NOTIFYs. */
const answerFirst = [
  receiveInvite.replace(
    '<action>',
    `<action>
  <ereg regexp=".*" search_in="hdr" header="From:" assign_to="theirs"/>
  <ereg regexp=".*" search_in="hdr" header="To:" assign_to="ours"/>`,
  ),
  answer('sendrecv', ';tag=[pid]t[call_number]'),
  receive('ACK'),
  playTone,
];
const reinvited = (direction: 'sendrecv' | 'recvonly') => [
  '<recv request="BYE" optional="true" next="bye"/>',
  '<recv request="INVITE"/>',
  answer(direction),
  receive('ACK'),
];
const receiveRefer = ['<recv request="BYE" optional="true" next="bye"/>', '<recv request="REFER"/>'];
const replyToRefer = (status: string) => send(`SIP/2.0 ${status}\n${ids}\n${contact}\n${noBody}`);

const notify = (cseq: number, fragment: string, state: string) => [
  send(
    `NOTIFY [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From:[$ours];tag=[pid]t[call_number]
To:[$theirs]
Call-ID: [call_id]
CSeq: ${cseq} NOTIFY
Max-Forwards: 70
Contact: <sip:[local_ip]:[contact_port];transport=[transport]>
Event: refer
Subscription-State: ${state}
Content-Type: message/sipfrag;version=2.0
Content-Length: [len]

SIP/2.0 ${fragment}`,
    ' retrans="500"',
  ),
  '<recv response="200"/>',
];
const notifying = (...fragments: string[]) =>
  fragments.flatMap((fragment, index) =>
    notify(index + 1, fragment, index === fragments.length - 1 ? 'terminated;reason=noresource' : 'active;expires=60'),
  );

const end = ['<label id="bye"/>', confirm];
const referred = (name: string, steps: readonly string[]): Scenario =>
  scenario(name, [
    ...answerFirst,
    ...reinvited('recvonly'),
    ...receiveRefer,
    ...steps,
    receive('BYE'),
    ...end,
    '<Reference variables="ours,theirs"/>',
  ]);

export const referredScenarios = {
  /** The other one rings and answers. */
  succeeds: referred('REFER succeeds', [
    replyToRefer('202 Accepted'),
    ...notifying('100 Trying', '180 Ringing', '200 OK'),
  ]),

  /** The other one is busy; the caller takes the call up again. */
  isBusy: referred('REFER finds it busy', [
    replyToRefer('202 Accepted'),
    ...notifying('100 Trying', '486 Busy Here'),
    ...reinvited('sendrecv'),
  ]),

  /** It passes nothing on, and is joined with the other call: taken off hold for that. */
  refuses: (status: string): Scenario =>
    referred(`REFER is refused with ${status}`, [replyToRefer(status), ...reinvited('sendrecv')]),
} as const;
