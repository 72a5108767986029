import {
  challenge,
  confirm,
  confirmCancel,
  pause,
  playedAudio,
  playTone,
  receive,
  receiveInvite,
  receiveInviteWithCredentials,
  respond,
  type Scenario,
  scenario,
} from './scenario.ts';

export { type Scenario, trunkCredentials } from './scenario.ts';

const refusal = (name: string, status: number, reason: string): Scenario =>
  scenario(name, [receiveInvite, respond(status, reason), receive('ACK')]);

const talk = [receive('ACK'), playTone, receive('BYE'), confirm];

export const scenarios = {
  busy: refusal('busy', 486, 'Busy Here'),
  declined: refusal('declined', 603, 'Decline'),
  wrongNumber: refusal('wrong number', 404, 'Not Found'),
  serviceUnavailable: refusal('service unavailable', 503, 'Service Unavailable'),

  /** Rings until the caller gives up. */
  ringing: scenario('ringing', [
    receiveInvite,
    respond(180, 'Ringing'),
    receive('CANCEL'),
    confirmCancel,
    receive('ACK'),
  ]),

  answered: scenario('answered', [receiveInvite, respond(180, 'Ringing'), respond(200, 'OK', playedAudio), ...talk]),

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

  challenged: scenario('challenged', [
    receiveInvite,
    challenge,
    receive('ACK'),
    receiveInviteWithCredentials,
    respond(200, 'OK', playedAudio),
    ...talk,
  ]),
} as const satisfies Record<string, Scenario>;
