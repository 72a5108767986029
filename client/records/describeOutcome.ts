import type { TFunction } from 'i18next';
import type { HistoryEntry } from '../../shared/protocol/index.ts';

/** How a call ended, from the person's side: what the caller hears as “no answer” is a missed call to who was called. */
export function describeOutcome(entry: Pick<HistoryEntry, 'direction' | 'outcome' | 'takenBy'>, t: TFunction): string {
  const { direction, outcome, takenBy } = entry;
  if (takenBy !== undefined && takenBy !== null) return t('history.takenBy', { name: takenBy });
  if (outcome === null) return t('history.inProgress');
  return direction === 'incoming' ? t(`history.incomingOutcomes.${outcome}`) : t(`history.outcomes.${outcome}`);
}
