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

/** Nobody was reached, and not because the person thought better of it. */
export function isUnsuccessful({ outcome }: Times): boolean {
  return outcome !== null && outcome !== 'answered' && outcome !== 'cancelled';
}
