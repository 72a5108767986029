import { z } from 'zod';
import { brandIdSchema, embedKeyIdSchema, groupIdSchema, numberTypeSchema, ruleIdSchema } from '../domain/index.ts';
import {
  addressRangeSchema,
  callerNumberSchema,
  countrySchema,
  keptFields,
  originPatternSchema,
  plainText,
  prefixSchema,
  slugSchema,
  timeZoneSchema,
} from './kept.ts';
import { limitsSchema, sharedLimitsSchema } from './limits.ts';

export const weekdaySchema = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
export type Weekday = z.infer<typeof weekdaySchema>;

const timeOfDay = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'expected a time of day such as 08:30, or 24:00 for the end of the day');

/** From the first moment of `from` until just before `to`, by the clock on the wall. `to` at or before `from`: the next day. */
export const timeWindowSchema = z.strictObject({
  days: z.array(weekdaySchema).min(1).describe('Days on which the window opens'),
  from: timeOfDay.default('00:00'),
  to: timeOfDay.default('24:00'),
});
export type TimeWindow = z.infer<typeof timeWindowSchema>;

const list = <T extends z.ZodType>(item: T) => z.array(item).min(1).max(10_000);

/** Who calls, and from where. Each key that is given must match; within one, any of its values. */
export const ruleFromSchema = z.strictObject({
  /** `users`, `groups`, `embedKeys` and `anonymous` name callers: any of the four that matches is enough. */
  users: list(z.string().min(1).max(100)).describe('User names (case does not matter)').optional(),
  groups: list(groupIdSchema).describe('Groups').optional(),
  embedKeys: list(embedKeyIdSchema).describe('Visitors who came by one of these embed keys').optional(),
  anonymous: z.boolean().describe('true: every visitor without an account; false: everybody with one').optional(),
  brands: list(brandIdSchema).describe('Only under these brands').optional(),
  addresses: list(addressRangeSchema).describe('Only from these IP addresses or ranges').optional(),
  origins: list(originPatternSchema).describe('Only from pages of these origins').optional(),
});

/** Where to. Each key that is given must match; within one, any of its values. */
export const ruleToSchema = z.strictObject({
  prefix: z
    .union([prefixSchema, list(prefixSchema)])
    .describe('E.164 numbers that begin like this; `+` is every number')
    .optional(),
  countries: list(countrySchema).describe('Countries (ISO 3166-1 alpha-2)').optional(),
  types: list(numberTypeSchema)
    .describe(
      'Kinds of numbers. An allow rule opens premium-rate, satellite and international-network numbers only here',
    )
    .optional(),
});

export const ruleWhenSchema = z.strictObject({
  timeZone: timeZoneSchema.default('UTC'),
  windows: list(timeWindowSchema),
  exceptDates: z
    .array(z.iso.date())
    .max(1000)
    .default([])
    .describe('Days (holidays) on which no window opens, as 2026-12-25'),
});

const ruleFields = z.strictObject({
  name: plainText(200).optional().describe('For the operators'),
  isEnabled: z.boolean().default(true),
  order: z.number().int().default(0).describe('Rules are looked at from the lowest order to the highest, then by id'),
  action: z.enum(['allow', 'deny']),
  from: ruleFromSchema.optional().describe('Absent: everybody, from everywhere'),
  to: ruleToSchema.optional().describe('Absent: everywhere'),
  when: ruleWhenSchema.optional().describe('Absent: always'),
  limits: limitsSchema.optional().describe('Bounds on each caller alone'),
  sharedLimits: sharedLimitsSchema.optional().describe('Bounds on all callers of this rule together'),
  callerNumbers: list(callerNumberSchema)
    .optional()
    .describe('Caller IDs that may be shown, the usual one first. Absent: those of the user, else of the brand'),
});

type Bounded = Pick<z.output<typeof ruleFields>, 'action' | 'limits' | 'sharedLimits' | 'callerNumbers'>;

/** Bounds of what is denied would only mislead. */
function isBoundedOnlyIfAllowed({ action, limits, sharedLimits, callerNumbers }: Bounded): boolean {
  return action === 'allow' || (!limits && !sharedLimits && !callerNumbers);
}

const unbounded = { error: 'expected no limits and no callerNumbers, since the rule denies', path: ['action'] };

/** Who may call where. The first enabled rule that matches decides; without a match a call is refused. */
export const ruleDraftSchema = ruleFields.refine(isBoundedOnlyIfAllowed, unbounded);
export type RuleDraft = z.infer<typeof ruleDraftSchema>;

const order = z.number().int();
/** `POST /admin/rules` */
export const ruleCreateSchema = ruleFields
  .extend({
    id: ruleIdSchema.and(slugSchema).optional().describe('Absent: the bridge makes one'),
    order: order.optional().describe('Absent: after all other rules'),
  })
  .refine(isBoundedOnlyIfAllowed, unbounded);

/** `PUT /admin/rules/:id` */
export const ruleWriteSchema = ruleFields
  .extend({ order: order.optional().describe('Absent: where it is') })
  .refine(isBoundedOnlyIfAllowed, unbounded);
export type RuleWrite = z.infer<typeof ruleWriteSchema>;

/** As the config's `seed` has it. */
export const ruleSeedSchema = ruleDraftSchema.safeExtend({ id: ruleIdSchema.and(slugSchema) });
export type RuleSeed = z.infer<typeof ruleSeedSchema>;

export const ruleSchema = ruleDraftSchema.safeExtend({ id: ruleIdSchema, ...keptFields });
export type Rule = z.infer<typeof ruleSchema>;
