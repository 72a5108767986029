import type { Limits, SharedLimits } from '../../../shared/admin/index.ts';

export type LimitKey = `limits.${keyof Limits}`;
export type SharedLimitKey = `sharedLimits.${keyof SharedLimits}`;

/**
 * Limits while they are written, by the paths of their settings; null: no such limit. The longest call is in minutes here, as
 * people say it.
 */
export type LimitFields = Readonly<Record<LimitKey | SharedLimitKey, number | null>>;

const msPerMinute = 60_000;

export function limitFieldsOf(limits: Limits, shared: SharedLimits): LimitFields {
  return {
    'limits.callsAtOnce': limits.callsAtOnce ?? null,
    'limits.callsPerMinute': limits.callsPerMinute ?? null,
    'limits.minutesPerDay': limits.minutesPerDay ?? null,
    'limits.costPerDay': limits.costPerDay ?? null,
    'limits.maxDurationMs': limits.maxDurationMs === undefined ? null : limits.maxDurationMs / msPerMinute,
    'sharedLimits.callsAtOnce': shared.callsAtOnce ?? null,
    'sharedLimits.callsPerMinute': shared.callsPerMinute ?? null,
    'sharedLimits.minutesPerDay': shared.minutesPerDay ?? null,
    'sharedLimits.costPerDay': shared.costPerDay ?? null,
  };
}

/** What the fields say, for the schema to check. */
export function limitsInputOf(fields: LimitFields): { limits: Limits; sharedLimits: SharedLimits } {
  const longest = fields['limits.maxDurationMs'];
  return {
    limits: {
      ...boundsOf('limits', fields),
      ...(longest !== null && { maxDurationMs: Math.round(longest * msPerMinute) }),
    },
    sharedLimits: boundsOf('sharedLimits', fields),
  };
}

function boundsOf(group: 'limits' | 'sharedLimits', fields: LimitFields): SharedLimits {
  const bounds: SharedLimits = {};
  for (const name of ['callsAtOnce', 'callsPerMinute', 'minutesPerDay', 'costPerDay'] as const) {
    const amount = fields[`${group}.${name}`];
    if (amount !== null) bounds[name] = amount;
  }
  return bounds;
}
