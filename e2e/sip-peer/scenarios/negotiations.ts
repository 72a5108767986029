import {
  confirm,
  confirmReinvite,
  noBody,
  pause,
  playedAudio,
  playTone,
  receive,
  receiveAck,
  receiveInvite,
  refuse,
  request,
  respond,
  type Scenario,
  scenario,
} from './scenario.ts';

const offer = (version: number) => playedAudio.replace('o=- 1 1', `o=- 1 ${version}`);
const confirmed = (version: number) => confirmReinvite.replace('o=- 1 1', `o=- 1 ${version}`);
const timer = (refresher: 'uac' | 'uas') => `Session-Expires: 20;refresher=${refresher}\nRequire: timer\n`;
const reinvited = '<recv request="INVITE"/>';
const trying = '<recv response="100" optional="true"/>';

/** An ACK to a refusal belongs to the transaction of its INVITE (RFC 3261 section 17.1.1.3). */
const inOneTransaction = (step: string) => step.replace('[branch]', 'z9hG4bK-refused-[call_number]');
const refused = ['<recv response="491"/>', inOneTransaction(request('ACK', 1, noBody))].join('\n');

export const negotiations = {
  /** Wants the session refreshed by its caller (RFC 4028) every ten seconds, and knows no UPDATE: by a re-INVITE. */
  wantsRefresh: scenario('wants a refresh', [
    receiveInvite,
    respond(200, 'OK', `${timer('uac')}${playedAudio}`),
    receive('ACK'),
    playTone,
    reinvited,
    confirmed(2).replace('Content-Type', `${timer('uac')}Content-Type`),
    receive('ACK'),
    receive('BYE'),
    confirm,
  ]),

  /** Refreshes the session itself, without an offer: ours is in the 200, and its answer in the ACK. */
  refreshes: scenario('refreshes', [
    receiveInvite,
    respond(200, 'OK', `${timer('uas')}${playedAudio}`),
    receiveAck,
    playTone,
    pause(3000),
    request('INVITE', 1, `Supported: timer\nSession-Expires: 90;refresher=uac\n${noBody}`),
    trying,
    '<recv response="200"/>',
    request('ACK', 1, offer(2)),
    receive('BYE'),
    confirm,
  ]),

  /** Changes the session at the very moment of our first re-INVITE: both are refused (RFC 3261 section 14.1), and come again. */
  glare: scenario('glare', [
    receiveInvite,
    respond(200, 'OK', playedAudio),
    receiveAck,
    playTone,
    reinvited,
    // Once: SIPp says nothing else before it has the answer to what it would repeat.
    inOneTransaction(request('INVITE', 1, offer(2))).replace(' retrans="500"', ''),
    // The other's refusal comes at once: SIPp gives up a call that is answered while it has still something to say.
    trying,
    refused,
    // Ours, as the other repeats it for want of an answer.
    reinvited,
    refuse(491, 'Request Pending'),
    receive('ACK'),
    pause(500),
    request('INVITE', 2, offer(2)),
    trying,
    '<recv response="200"/>',
    request('ACK', 2, noBody),
    reinvited,
    confirmed(3),
    receive('ACK'),
    reinvited,
    confirmed(4),
    receive('ACK'),
    receive('BYE'),
    confirm,
  ]),

  /** Answers the call, and nothing after it. */
  answersNoReinvite: scenario('answers no re-INVITE', [
    receiveInvite,
    respond(200, 'OK', playedAudio),
    receive('ACK'),
    playTone,
    reinvited,
    pause(40_000),
  ]),
} as const satisfies Record<string, Scenario>;
