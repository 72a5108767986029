/**
 * Where a call is, as its called side sees it.
 *
 *   proceeding --answer--> answered --acknowledge--> confirmed
 *       |                     |                          |
 *       +--------end----------+----------end-------------+--> ended
 *
 * `answered`: our 200 is out and its ACK isn't here yet, so that no BYE of ours may be sent (RFC 3261 section 15).
 */
export type CallState = 'proceeding' | 'answered' | 'confirmed' | 'ended';
export type CallEvent = 'answer' | 'acknowledge' | 'end';

const TABLE = {
  proceeding: { answer: 'answered', end: 'ended' },
  answered: { acknowledge: 'confirmed', end: 'ended' },
  confirmed: { end: 'ended' },
  ended: {},
} as const satisfies Record<CallState, Partial<Record<CallEvent, CallState>>>;

/** Null when the event doesn't apply (any more), which is the normal fate of one that crossed another on its way. */
export function transition(state: CallState, event: CallEvent): CallState | null {
  const row: Partial<Record<CallEvent, CallState>> = TABLE[state];
  return row[event] ?? null;
}
