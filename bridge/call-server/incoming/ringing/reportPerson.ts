import type { CallParticipant } from '../../../storage/index.ts';
import type { CallClient } from '../../CallServer.ts';
import type { CallReporter } from '../../call-handler/index.ts';
import type { RingReason } from '../plan/RingReason.ts';
import type { PersonRinging } from './PersonRinging.ts';

/** How each person fared is an event of the call, in the past tense. */
const events: Readonly<Record<RingReason, string>> = {
  noAnswer: 'didNotAnswer',
  busy: 'wasBusy',
  doNotDisturb: 'wasNotToBeDisturbed',
  declined: 'declined',
  unreachable: 'wasNotConnected',
  closed: 'wasNotConnected',
  wrongNumber: 'wasNotConnected',
  loop: 'wasNotConnected',
};

/** What the record says of a person who is called. */
export const reportPerson = {
  /** The call is in their history, whether anything rings or not. */
  called(reporter: CallReporter, person: PersonRinging): void {
    reporter.progressed({ participants: [participant(person)] });
  },

  rang(reporter: CallReporter, { callee }: PersonRinging): void {
    reporter.event('rangUser', { userId: callee.id, userName: callee.userName });
  },

  /** The call is theirs. */
  took(reporter: CallReporter, { user, deviceId }: CallClient, callingName: string | null): void {
    const { id: userId, displayName, userName } = user;
    reporter.progressed({ userId, deviceId, participants: [{ userId, displayName, callingName, answer: 'taken' }] });
    reporter.event('answeredBy', { userId, userName, deviceId });
  },

  over(reporter: CallReporter, person: PersonRinging, reason: RingReason): void {
    const { id, userName } = person.callee;
    reporter.event(events[reason], { userId: id, userName });
    if (reason === 'declined') {
      reporter.progressed({ participants: [{ ...participant(person), answer: 'declined' }] });
    }
  },
} as const;

function participant({ callee, callingName }: PersonRinging): CallParticipant {
  return { userId: callee.id, displayName: callee.displayName, callingName, answer: null };
}
