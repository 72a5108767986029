import type { LimitName, LimitUse } from '../../../../shared/admin/index.ts';
import type { MeterUse, UsageClaim, UsageLimitName, UsagePrice, UsageStore } from '../../../storage/index.ts';
import type { ScopedClaim } from '../decision/claimsOf.ts';
import { amountOf } from '../rates/amounts.ts';

interface Shown {
  readonly name: LimitName;
  /** From the unit of usage to that of the limit. */
  readonly toUnit: (usage: number) => number;
  readonly usedOf: (use: MeterUse) => number;
}

const same = (count: number) => count;
const shown: Record<UsageLimitName, Shown> = {
  callsAtOnce: { name: 'callsAtOnce', toUnit: same, usedOf: ({ callsAtOnce }) => callsAtOnce },
  callsPerMinute: { name: 'callsPerMinute', toUnit: same, usedOf: ({ callsPerMinute }) => callsPerMinute },
  talkMsPerDay: { name: 'minutesPerDay', toUnit: (ms) => ms / 60_000, usedOf: ({ talkMs }) => talkMs },
  costMicrosPerDay: { name: 'costPerDay', toUnit: amountOf, usedOf: ({ costMicros }) => costMicros },
};
const limitNames = Object.keys(shown) as readonly UsageLimitName[];

interface Question {
  readonly claims: readonly ScopedClaim[];
  readonly price: UsagePrice | null;
  readonly atMs: number;
}

/** Each limit with its present use; whether it leaves room is what the usage store says that a call would be told. */
export async function limitUses(
  usage: Pick<UsageStore, 'check' | 'read'>,
  { claims, price, atMs }: Question,
): Promise<LimitUse[]> {
  const uses = await usage.read(
    claims.map(({ claim }) => claim),
    atMs,
  );
  const each = claims.flatMap(({ scope, claim }, index) =>
    limitNames
      .filter((limit) => claim.limits[limit] !== undefined)
      .map((limit) => ({ scope, claim, limit, use: uses[index] })),
  );
  return Promise.all(
    each.map(async ({ scope, claim, limit, use }) => {
      const { name, toUnit, usedOf } = shown[limit];
      const refusal = await usage.check({ atMs, price, claims: [{ ...claim, limits: only(claim, limit) }] });
      return {
        scope,
        limit: name,
        allowed: toUnit(claim.limits[limit] ?? 0),
        used: use ? toUnit(usedOf(use)) : 0,
        isReached: refusal !== null,
        retryAfterMs: refusal?.retryAtMs == null ? null : Math.max(0, Math.ceil(refusal.retryAtMs - atMs)),
      };
    }),
  );
}

function only({ limits }: UsageClaim, limit: UsageLimitName): UsageClaim['limits'] {
  return { [limit]: limits[limit] };
}
