import { z } from 'zod';
import {
  brandIdSchema,
  callDirectionSchema,
  callIdSchema,
  callOutcomeSchema,
  callServerIdSchema,
  callStateSchema,
  codecNameSchema,
  deviceIdSchema,
  disconnectedBySchema,
  gatewayIdSchema,
  mediaWaySchema,
  userIdSchema,
} from '../domain/index.ts';
import { callTraceSchema } from './callTrace.ts';

const time = z.number().describe('Milliseconds since the epoch');

/** A call as those see it who run the phone service. */
export const callRecordViewSchema = z.object({
  callId: callIdSchema,
  callServerId: callServerIdSchema,
  brandId: brandIdSchema,
  userId: userIdSchema.nullable().describe('Who dialled or took it; null: nobody (yet)'),
  userName: z.string().nullable().describe('Of that person, where they have an account here'),
  deviceId: deviceIdSchema.nullable(),
  direction: callDirectionSchema,
  callingNumber: z.string().nullable(),
  callingName: z.string().nullable(),
  calledNumber: z.string().describe('E.164, or as written where it could not be read; `x` where it was anonymised'),
  calledName: z.string().nullable(),
  forwardedTo: z.string().nullable().describe('An incoming call went on to this telephone'),
  transferredTo: z.string().nullable().describe('The person passed it on to this number'),
  gatewayId: gatewayIdSchema.nullable(),
  codec: codecNameSchema.nullable(),
  mediaWay: mediaWaySchema.nullable(),
  requestedAtMs: time,
  answeredAtMs: time.nullable(),
  endedAtMs: time.nullable().describe('null: it is up'),
  talkMs: z.number().nonnegative().nullable().describe('From the answer to the end; null: not ended'),
  costMicros: z
    .number()
    .nullable()
    .describe('Millionths of the currency, of a call that is up until now; null: nothing is charged'),
  isAnonymous: z.boolean().describe('Numbers and names were taken out because it is long ago'),
  postDialDelayMs: z.number().nullable().describe('From the request to the first ringing'),
  outcome: callOutcomeSchema.nullable(),
  disconnectedBy: disconnectedBySchema.nullable(),
  sipStatus: z.number().int().nullable(),
  q850: z.number().int().nullable(),
  errorCode: z.string().nullable(),
});
export type CallRecordView = z.infer<typeof callRecordViewSchema>;

export const callRecordDetailSchema = z.object({
  call: callRecordViewSchema,
  participants: z
    .array(
      z.object({
        userId: userIdSchema,
        userName: z.string().nullable(),
        answer: z.enum(['taken', 'declined']).nullable(),
      }),
    )
    .describe('In whose history it is'),
  gatewayChoice: z.unknown().describe('What was considered when the gateway was chosen'),
  events: z.array(
    z.object({
      atMs: time,
      type: z.string(),
      state: callStateSchema.nullable(),
      detail: z.record(z.string(), z.unknown()),
    }),
  ),
  trace: callTraceSchema.describe(
    'What its gateway legs said and how its audio was; empty once that was forgotten, messages also for a brand’s people',
  ),
});
export type CallRecordDetail = z.infer<typeof callRecordDetailSchema>;

/** Which calls are looked for, as it stands in an address. */
export const callRecordQuery = {
  fromMs: z.coerce.number().int().min(0).optional().describe('Requested then or later'),
  untilMs: z.coerce.number().int().min(0).optional().describe('Requested before'),
  userId: userIdSchema.optional().describe('In this person’s history'),
  brandId: brandIdSchema.optional(),
  gatewayId: gatewayIdSchema.optional(),
  direction: callDirectionSchema.optional(),
  outcome: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(callOutcomeSchema).min(1))
    .optional()
    .describe('One or more, with commas between them'),
  number: z
    .string()
    .regex(/^(\*[^*]{1,29}|[^*]{1,29}\*?)$/u, 'expected a number, or the beginning or end of one with a *')
    .optional()
    .describe('Who called or was called: `+12025550100`, `+1202*`, or `*0100`'),
} as const;
