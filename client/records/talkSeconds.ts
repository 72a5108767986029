import type { HistoryEntry } from '../../shared/protocol/index.ts';

type Times = Pick<HistoryEntry, 'answeredAtMs' | 'endedAtMs' | 'outcome'>;

/**
 * Whole seconds from answer to end, as the call screen's timer last showed them; null for a call that was not answered,
 * that still runs, or whose end nobody saw because the bridge stopped in it.
 */
export function talkSeconds({ answeredAtMs, endedAtMs, outcome }: Times): number | null {
  if (answeredAtMs === null || endedAtMs === null || outcome === 'interrupted') return null;
  return Math.max(0, Math.floor((endedAtMs - answeredAtMs) / 1000));
}

/**
 * Nobody was reached, and not because the person thought better of it: who hangs up before an answer, declines, or leaves a call
 * to another has no reason to be told in red.
 */
export function isUnsuccessful(entry: Pick<HistoryEntry, 'direction' | 'outcome' | 'takenBy'>): boolean {
  const { direction, outcome } = entry;
  if (outcome === null || outcome === 'answered' || isTakenByAnother(entry)) return false;
  return outcome !== (direction === 'incoming' ? 'declined' : 'cancelled');
}

/** It rang here, too, and somebody else took it. */
export function isTakenByAnother({ takenBy }: Pick<HistoryEntry, 'takenBy'>): boolean {
  return takenBy !== undefined && takenBy !== null;
}
