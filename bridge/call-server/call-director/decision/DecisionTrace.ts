import type { EmbedKey } from '../../../../shared/admin/index.ts';
import type { Destination } from '../numbers/parseDestination.ts';
import type { ScopedClaim } from './claimsOf.ts';

export type DecisionStep = 'caller' | 'number' | 'emergency' | 'bounds' | 'rules' | 'callerNumber' | 'limits';

/** Is told what a decision looks at, as it does. A decision on a call has none; Explain writes it down. */
export interface DecisionTrace {
  /** What comes next is looked at now; what was before is passed. */
  begin(step: DecisionStep): void;
  numberRead(called: Destination): void;
  /** No rule matched, and the embed key itself was asked. */
  keyAsked(key: EmbedKey, isAllowed: boolean): void;
  limited(claims: readonly ScopedClaim[], maxDurationMs: number | null): void;
}
