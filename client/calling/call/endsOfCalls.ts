import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { ClientCall, ClientCallEnd, RingingEnd } from './ClientCall.ts';
import { isCallGone } from './isRefusal.ts';

/** As a call ends when the person here hangs up now. */
export function endByPerson({ direction, answeredAtMs }: ClientCall): ClientCallEnd {
  if (direction === 'incoming') return { outcome: answeredAtMs === null ? 'declined' : 'answered', by: 'called' };
  return { outcome: answeredAtMs === null ? 'cancelled' : 'answered', by: 'caller' };
}

/** As an incoming call ends for who wanted to take it when it was over, or another had it. */
export function endTooLate(tooLate: RingingEnd): ClientCallEnd {
  return { outcome: tooLate.reason === 'cancelled' ? 'cancelled' : 'noAnswer', by: 'caller', tooLate };
}

/** What a refused answer says of the call; null: nothing, something failed. */
export function tooLateOf(error: unknown): RingingEnd | null {
  if (error instanceof DialbridgeError && error.code === 'callTaken') return { reason: 'taken', takenBy: null };
  return isCallGone(error) ? { reason: 'cancelled', takenBy: null } : null;
}
