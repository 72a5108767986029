import {
  Ban,
  CircleOff,
  Clock,
  Phone,
  PhoneForwarded,
  PhoneIncoming,
  PhoneMissed,
  PhoneOff,
  PhoneOutgoing,
  TriangleAlert,
  Unplug,
} from 'lucide-react';
import type { CallOutcome } from '../../shared/domain/index.ts';
import type { HistoryEntry } from '../../shared/protocol/index.ts';
import { isTakenByAnother } from './talkSeconds.ts';

const outgoing = {
  answered: PhoneOutgoing,
  busy: PhoneOff,
  noAnswer: PhoneMissed,
  declined: PhoneOff,
  cancelled: CircleOff,
  wrongNumber: TriangleAlert,
  refused: Ban,
  unreachable: Unplug,
  failed: TriangleAlert,
  interrupted: Clock,
} as const satisfies Record<CallOutcome, typeof Phone>;

const incoming = {
  ...outgoing,
  answered: PhoneIncoming,
  busy: PhoneMissed,
  cancelled: PhoneMissed,
  wrongNumber: PhoneMissed,
  refused: PhoneMissed,
  unreachable: PhoneMissed,
} as const satisfies Record<CallOutcome, typeof Phone>;

/** The sign of an outcome; its words always stand beside it. */
export function OutcomeIcon({ entry }: { entry: Pick<HistoryEntry, 'direction' | 'outcome' | 'takenBy'> }) {
  const Icon = iconOf(entry);
  return <Icon aria-hidden />;
}

function iconOf(entry: Pick<HistoryEntry, 'direction' | 'outcome' | 'takenBy'>) {
  if (isTakenByAnother(entry)) return PhoneForwarded;
  if (entry.outcome === null) return Phone;
  return (entry.direction === 'incoming' ? incoming : outgoing)[entry.outcome];
}
