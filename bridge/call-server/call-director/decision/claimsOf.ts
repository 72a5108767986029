import type { EmbedKey, Limits, LimitUse, Rule } from '../../../../shared/admin/index.ts';
import type { UsageClaim, UsageDay } from '../../../storage/index.ts';
import { microsOf } from '../rates/amounts.ts';

/** A claim and whose limits it is of. */
export interface ScopedClaim {
  readonly scope: LimitUse['scope'];
  readonly claim: UsageClaim;
}

export interface Limiting {
  /** null: no rule allowed the call. */
  readonly rule: Pick<Rule, 'id' | 'limits' | 'sharedLimits'> | null;
  /** null: not by an embed key. */
  readonly key: Pick<EmbedKey, 'id' | 'limits' | 'sharedLimits'> | null;
  readonly callerKey: string;
  readonly day: UsageDay;
}

/** What the call uses of which limits, in the order in which they are looked at: the rule's, then the embed key's. */
export function claimsOf({ rule, key, callerKey, day }: Limiting): readonly ScopedClaim[] {
  const claims: ScopedClaim[] = [];
  const claim = (scope: ScopedClaim['scope'], meterId: string, limits: Limits | undefined) => {
    const counted = countedLimits(limits ?? {});
    if (Object.keys(counted).length > 0) claims.push({ scope, claim: { meterId, day, limits: counted } });
  };
  if (rule) {
    claim('ruleCaller', `rule:${rule.id}|caller:${callerKey}`, rule.limits);
    claim('ruleShared', `rule:${rule.id}`, rule.sharedLimits);
  }
  if (key) {
    // The key of a visitor is their place on the network.
    claim('keyVisitor', `key:${key.id}|${callerKey}`, key.limits);
    claim('keyShared', `key:${key.id}`, key.sharedLimits);
  }
  return claims;
}

/** The limits that count calls, in the units of usage; a longest duration counts nothing. */
function countedLimits({ callsAtOnce, callsPerMinute, minutesPerDay, costPerDay }: Limits): UsageClaim['limits'] {
  return {
    ...(callsAtOnce !== undefined && { callsAtOnce }),
    ...(callsPerMinute !== undefined && { callsPerMinute }),
    ...(minutesPerDay !== undefined && { talkMsPerDay: Math.round(minutesPerDay * 60_000) }),
    ...(costPerDay !== undefined && { costMicrosPerDay: microsOf(costPerDay) }),
  };
}
