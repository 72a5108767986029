import {
  Ban,
  CircleOff,
  Clock,
  Phone,
  PhoneMissed,
  PhoneOff,
  PhoneOutgoing,
  TriangleAlert,
  Unplug,
} from 'lucide-react';
import type { CallOutcome } from '../../shared/domain/index.ts';

const icons = {
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

/** The sign of an outcome; its words always stand beside it. */
export function OutcomeIcon({ outcome }: { outcome: CallOutcome | null }) {
  const Icon = outcome === null ? Phone : icons[outcome];
  return <Icon aria-hidden />;
}
