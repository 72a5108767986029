import { z } from 'zod';
import {
  brandIdSchema,
  embedKeyIdSchema,
  gatewayIdSchema,
  groupIdSchema,
  numberTypeSchema,
  ruleIdSchema,
} from '../domain/index.ts';
import { wireErrorSchema } from '../errors/index.ts';
import { ruleSchema } from './rule.ts';

/** "May this caller call this number now, from here?" */
export const explainRequestSchema = z.strictObject({
  caller: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('user'), userName: z.string().min(1).max(100) }),
    z.strictObject({ kind: z.literal('visitor'), embedKeyId: embedKeyIdSchema }),
    z
      .strictObject({
        kind: z.literal('hostUser'),
        userName: z.string().min(1).max(100),
        brandId: brandIdSchema,
        groups: z.array(groupIdSchema).max(100).default([]),
      })
      .describe('A user of a host application, as its token would name them'),
  ]),
  destination: z.string().min(1).max(100).describe('As a person would write it'),
  brandId: brandIdSchema.optional().describe('For a user without a brand of their own; absent: the default brand'),
  address: z.union([z.ipv4(), z.ipv6()]).default('127.0.0.1').describe('IP address of the caller'),
  origin: z.string().max(300).nullable().default(null).describe('Origin of the page'),
  callerNumber: z.string().max(20).optional().describe('Caller ID that would be asked for'),
  atMs: z.number().int().nonnegative().optional().describe('Milliseconds since the epoch; absent: now'),
  draft: z
    .strictObject({
      put: z.array(ruleSchema).max(100).default([]).describe('As if these were saved'),
      delete: z.array(ruleIdSchema).max(100).default([]).describe('As if these were deleted'),
    })
    .optional()
    .describe('Rules to try out before saving'),
});
export type ExplainRequest = z.infer<typeof explainRequestSchema>;

/** Why a rule did not match: the first thing that was not as it wants. */
export const ruleMissSchema = z.enum([
  'disabled',
  'caller',
  'brand',
  'address',
  'origin',
  'prefix',
  'country',
  'numberType',
  'highRiskNotNamed',
  'time',
]);
export type RuleMiss = z.infer<typeof ruleMissSchema>;

export const limitNameSchema = z.enum([
  'callsAtOnce',
  'callsPerMinute',
  'minutesPerDay',
  'costPerDay',
  'maxDurationMs',
]);
export type LimitName = z.infer<typeof limitNameSchema>;

/** Whose limits: a rule's for each caller or for all, an embed key's for each visitor or for all. */
export const limitScopeSchema = z.enum(['ruleCaller', 'ruleShared', 'keyVisitor', 'keyShared']);

export const limitUseSchema = z.object({
  scope: limitScopeSchema,
  limit: limitNameSchema,
  allowed: z.number(),
  used: z.number().describe('Present use, in the unit of the limit'),
  isReached: z.boolean(),
  retryAfterMs: z.number().int().nonnegative().nullable().describe('When a call fits again, where it is known'),
});
export type LimitUse = z.infer<typeof limitUseSchema>;

export const explanationSchema = z.object({
  decision: z.enum(['allow', 'deny']),
  error: wireErrorSchema.nullable().describe('What the caller would be told'),
  atMs: z.number().int(),
  destination: z
    .object({
      e164: z.string(),
      formatted: z.string(),
      country: z.string().nullable(),
      type: numberTypeSchema,
      isEmergency: z.boolean(),
    })
    .nullable()
    .describe('Null where it can’t be read as a number'),
  steps: z
    .array(z.object({ step: z.string(), outcome: z.enum(['passed', 'refused', 'skipped']), text: z.string() }))
    .describe('Everything that was looked at besides rules, in order, in English'),
  rules: z
    .array(
      z.object({
        ruleId: ruleIdSchema.nullable().describe('null: the embed key itself'),
        name: z.string().nullable(),
        action: z.enum(['allow', 'deny']),
        isMatch: z.boolean(),
        miss: ruleMissSchema.nullable(),
        text: z.string().describe('Why, in English'),
        isDraft: z.boolean(),
      }),
    )
    .describe('Each rule looked at, in order; the last is the one that decided, if any did'),
  matchedRuleId: ruleIdSchema.nullable(),
  limits: z.array(limitUseSchema),
  maxDurationMs: z.number().int().nullable(),
  cost: z
    .object({ prefix: z.string(), pricePerMinute: z.number(), connectionFee: z.number(), currency: z.string() })
    .nullable(),
  callerNumber: z.string().nullable().describe('Caller ID that would be shown; null: the gateway’s own'),
  gateways: z.object({
    candidates: z
      .array(z.object({ id: gatewayIdSchema, name: z.string().nullable() }))
      .describe('In the order of trying'),
    steps: z.array(
      z.object({
        step: z.string(),
        dropped: z.array(z.object({ gatewayId: gatewayIdSchema, why: z.string() })),
        note: z.string().optional(),
      }),
    ),
  }),
});
export type Explanation = z.infer<typeof explanationSchema>;
