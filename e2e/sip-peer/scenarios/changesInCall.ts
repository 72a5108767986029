import {
  confirm,
  noBody,
  playedAudio,
  playTone,
  playToneAsPcma,
  receive,
  receiveAck,
  receiveInvite,
  request,
  respond,
  type Scenario,
  scenario,
} from './scenario.ts';

/** A key tone by INFO: the sign for the next change. */
const receiveSign = [receive('INFO'), confirm].join('\n');

const offer = (version: number, change: (sdp: string) => string = (sdp) => sdp) =>
  change(playedAudio).replace('o=- 1 1', `o=- 1 ${version}`);

const trying = '<recv response="100" optional="true"/>';
const done = '<recv response="200"/>';

const reinvite = (cseq: number, body: string) =>
  [request('INVITE', cseq, body), trying, done, request('ACK', cseq, noBody)].join('\n');

/** Without an offer: ours is in the 200, and the answer in the ACK (RFC 3261 section 14.1). */
const reinviteWithoutOffer = (cseq: number, answer: string) =>
  [request('INVITE', cseq, noBody), trying, done, request('ACK', cseq, answer)].join('\n');

const update = (cseq: number, body: string) => [request('UPDATE', cseq, body), done].join('\n');

const inactive = (sdp: string) => sdp.replace('a=sendrecv', 'a=inactive');
const pcma = (sdp: string) => sdp.replace('RTP/AVP 0', 'RTP/AVP 8').replace('0 PCMU', '8 PCMA');
const oldHold = (sdp: string) => sdp.replace('c=IN IP4 [media_ip]', 'c=IN IP4 0.0.0.0');

interface ChangeInCall {
  readonly name: string;
  readonly isHeld: boolean;
  /** The telephone's audio is to be moved before (`MediaTap.moveAudio`). */
  readonly isMoved?: true;
  readonly step: string;
}

/** Answers, plays a tone, and changes the session at each INFO, in this order. */
export const changes: readonly ChangeInCall[] = [
  { name: 'a re-INVITE with an offer', isHeld: false, step: reinvite(1, offer(2)) },
  { name: 'a re-INVITE without an offer', isHeld: false, step: reinviteWithoutOffer(2, offer(3)) },
  { name: 'a hold by inactive', isHeld: true, step: reinvite(3, offer(4, inactive)) },
  { name: 'the end of that', isHeld: false, step: reinvite(4, offer(5)) },
  { name: 'a hold the old way, by no address', isHeld: true, step: reinvite(5, offer(6, oldHold)) },
  { name: 'the end of that hold', isHeld: false, step: reinvite(6, offer(7)) },
  { name: 'an UPDATE without an offer', isHeld: false, step: update(7, noBody) },
  { name: 'a hold by UPDATE', isHeld: true, step: update(8, offer(8, inactive)) },
  { name: 'its end by UPDATE', isHeld: false, step: update(9, offer(9)) },
  { name: 'audio at another port', isHeld: false, isMoved: true, step: reinvite(10, offer(10)) },
  { name: 'another codec', isHeld: false, step: [reinvite(11, offer(11, pcma)), playToneAsPcma].join('\n') },
  {
    name: 'another port and the first codec',
    isHeld: false,
    isMoved: true,
    step: [reinvite(12, offer(12)), playTone].join('\n'),
  },
];

export const changesInCall: Scenario = scenario('changes in the call', [
  receiveInvite,
  respond(200, 'OK', playedAudio),
  receiveAck,
  playTone,
  ...changes.flatMap(({ step }) => [receiveSign, step]),
  receive('BYE'),
  confirm,
]);

const movedContact = (step: string) => step.replaceAll('Contact: <sip:', 'Contact: <sip:moved@');

/** Answers, and wants to be reached at another Contact by and by (RFC 3261 section 12.2.2): user `moved`. */
export const moves: Scenario = scenario('moves', [
  receiveInvite,
  respond(200, 'OK', playedAudio),
  receiveAck,
  playTone,
  movedContact(reinvite(1, offer(2))),
  receive('BYE'),
  confirm,
]);
