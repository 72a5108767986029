import {
  challenge,
  confirm,
  confirmCancel,
  confirmReinvite,
  noBody,
  pause,
  playedAudio,
  playTone,
  receive,
  receiveAck,
  receiveInvite,
  receiveInviteWithCredentials,
  refuse,
  refuseReinvite,
  request,
  respond,
  type Scenario,
  scenario,
  unreachablePeer,
} from './scenario.ts';

export { changes, changesInCall, moves } from './changesInCall.ts';
export { earlyDialogs } from './earlyDialogs.ts';
export { negotiations } from './negotiations.ts';
export { type Scenario, trunkCredentials } from './scenario.ts';

const refusal = (name: string, status: number, reason: string, headers = ''): Scenario =>
  scenario(name, [
    receiveInvite,
    respond(status, reason, headers && `${headers}\nContent-Length: 0\n`),
    receive('ACK'),
  ]);

const talk = [receive('ACK'), playTone, receive('BYE'), confirm];

export const scenarios = {
  /** Answers as if it spoke WebRTC, where nobody is, and takes plain RTP alone by re-INVITE. */
  takesPlainAudio: scenario('takes plain audio', [
    receiveInvite,
    respond(200, 'OK', unreachablePeer),
    receive('ACK'),
    receiveInvite,
    refuseReinvite,
    receive('ACK'),
    receiveInvite,
    confirmReinvite,
    ...talk,
  ]),

  /** The same, and refuses that, too. */
  refusesPlainAudio: scenario('refuses plain audio', [
    receiveInvite,
    respond(200, 'OK', unreachablePeer),
    receive('ACK'),
    receiveInvite,
    refuseReinvite,
    receive('ACK'),
    receiveInvite,
    refuseReinvite,
    receive('ACK'),
    receive('BYE'),
    confirm,
  ]),

  busy: refusal('busy', 486, 'Busy Here'),
  declined: refusal('declined', 603, 'Decline'),
  wrongNumber: refusal('wrong number', 404, 'Not Found'),
  serviceUnavailable: refusal('service unavailable', 503, 'Service Unavailable'),

  busyEverywhere: refusal('busy everywhere', 600, 'Busy Everywhere'),
  requestTimeout: refusal('request timeout', 408, 'Request Timeout'),
  serverError: refusal('server error', 500, 'Server Internal Error'),
  serverTimeout: refusal('server timeout', 504, 'Server Time-out'),
  notAcceptable: refusal('not acceptable', 488, 'Not Acceptable Here'),
  overloaded: refusal('overloaded', 503, 'Service Unavailable', 'Retry-After: 120'),

  ringsAndFails: scenario('rings and fails', [
    receiveInvite,
    respond(180, 'Ringing'),
    pause(300),
    respond(503, 'Service Unavailable'),
    receive('ACK'),
  ]),

  /** Early media, and then no call. */
  announcesAndFails: scenario('announces and fails', [
    receiveInvite,
    respond(183, 'Session Progress', playedAudio),
    playTone,
    pause(3000),
    respond(503, 'Service Unavailable'),
    receive('ACK'),
  ]),

  /** Rings when nobody waits for it any more. */
  ringsLate: scenario('rings late', [
    receiveInvite,
    pause(2500),
    respond(180, 'Ringing'),
    receive('CANCEL'),
    confirmCancel,
    receive('ACK'),
  ]),

  answersLate: scenario('answers late', [
    receiveInvite,
    pause(2500),
    respond(200, 'OK', playedAudio),
    receive('ACK'),
    receive('BYE'),
    confirm,
  ]),

  /** Rings until the caller gives up. */
  ringing: scenario('ringing', [
    receiveInvite,
    respond(180, 'Ringing'),
    receive('CANCEL'),
    confirmCancel,
    receive('ACK'),
  ]),

  answered: scenario('answered', [receiveInvite, respond(180, 'Ringing'), respond(200, 'OK', playedAudio), ...talk]),

  /** Answers, and hangs up a moment later. */
  hangsUp: scenario('hangs up', [
    receiveInvite,
    respond(200, 'OK', playedAudio),
    receiveAck,
    playTone,
    pause(500),
    request('BYE', 1, noBody),
    '<recv response="200"/>',
  ]),

  /** Can be put on hold, and taken back, any number of times. */
  canBeHeld: scenario('can be held', [
    receiveInvite,
    respond(200, 'OK', playedAudio),
    receive('ACK'),
    '<label id="talking"/>',
    '<recv request="INVITE" optional="true" next="changed"/>',
    receive('BYE'),
    confirm,
    '<nop next="end"/>',
    '<label id="changed"/>',
    confirmReinvite,
    '<recv request="ACK" next="talking"/>',
  ]),

  /** Never answers the BYE. */
  ignoresBye: scenario('ignores BYE', [
    receiveInvite,
    respond(200, 'OK', playedAudio),
    receive('ACK'),
    playTone,
    receive('BYE'),
    pause(33_000),
  ]),

  /** Knows nothing of the call any more when it is asked to change it. */
  losesDialog: scenario('loses the dialog', [
    receiveInvite,
    respond(200, 'OK', playedAudio),
    receive('ACK'),
    playTone,
    '<recv request="INVITE"/>',
    refuse(481, 'Call/Transaction Does Not Exist'),
    receive('ACK'),
    receive('BYE'),
    confirm,
  ]),

  /** An announcement before the answer; long enough to be measured. */
  earlyMedia: scenario('early media', [
    receiveInvite,
    respond(183, 'Session Progress', playedAudio),
    playTone,
    pause(4000),
    respond(200, 'OK', playedAudio),
    receive('ACK'),
    receive('BYE'),
    confirm,
  ]),

  /** Lets nothing be changed in a call. */
  refusesHold: scenario('refuses hold', [
    receiveInvite,
    respond(200, 'OK', playedAudio),
    receive('ACK'),
    playTone,
    '<recv request="INVITE"/>',
    refuseReinvite,
    receive('ACK'),
    receive('BYE'),
    confirm,
  ]),

  challenged: scenario('challenged', [
    receiveInvite,
    challenge,
    receive('ACK'),
    receiveInviteWithCredentials,
    respond(200, 'OK', playedAudio),
    ...talk,
  ]),
} as const satisfies Record<string, Scenario>;
