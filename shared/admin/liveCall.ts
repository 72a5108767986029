import { z } from 'zod';
import {
  brandIdSchema,
  callDirectionSchema,
  callIdSchema,
  callServerIdSchema,
  callStateSchema,
  codecNameSchema,
  deviceIdSchema,
  gatewayIdSchema,
  mediaWaySchema,
  userIdSchema,
} from '../domain/index.ts';
import { callMosSchema } from '../protocol/index.ts';

const time = z.number().describe('Milliseconds since the epoch');

/** A call that is up. */
export const liveCallSchema = z.object({
  callId: callIdSchema,
  callServerId: callServerIdSchema,
  brandId: brandIdSchema,
  direction: callDirectionSchema,
  userId: userIdSchema.nullable().describe('null: an incoming call that nobody has taken yet'),
  userName: z.string().nullable().describe('null: nobody, or nobody with an account'),
  deviceId: deviceIdSchema.nullable(),
  callingNumber: z.string().nullable(),
  calledNumber: z.string(),
  transferredTo: z.string().nullable().describe('The person passed it on to this number'),
  state: callStateSchema,
  gatewayId: gatewayIdSchema.nullable(),
  codec: codecNameSchema.nullable(),
  mediaWay: mediaWaySchema.nullable(),
  requestedAtMs: time,
  answeredAtMs: time.nullable(),
  mos: callMosSchema.nullable().describe('Of the last seconds; null: not measured yet'),
  costSoFar: z.number().nullable().describe('In the currency of the rates, as of `atMs`; null: nothing is charged'),
});
export type LiveCall = z.infer<typeof liveCallSchema>;

/** `GET /admin/live/calls`: all of them the first time, then what has changed since the cursor. */
export const liveCallsSchema = z.object({
  cursor: z.string().describe('To be given the next time'),
  isWhole: z.boolean().describe('These are all calls: what was known before is to be forgotten'),
  atMs: time.describe('When this was so, by the clock of the bridge'),
  calls: z.array(liveCallSchema).describe('New or changed'),
  ended: z.array(callIdSchema),
});
export type LiveCalls = z.infer<typeof liveCallsSchema>;

const rate = z.number().min(0).max(1).nullable();

const callFiguresSchema = z.object({
  requested: z.number().int(),
  answered: z.number().int(),
  ended: z.number().int(),
  answerRate: rate.describe(
    'Of the ended calls that a gateway was asked for, 0 to 1 (ITU-T E.411); null: there was none',
  ),
  postDialDelayMs: z.number().nullable().describe('Mean'),
  mos: z.number().nullable().describe('Mean of each call’s worst direction (ITU-T G.107)'),
});

const groupFigures = { now: z.number().int().describe('Calls that are up'), ...callFiguresSchema.shape } as const;

/** `GET /admin/live/figures`: now, and the last hour. */
export const liveFiguresSchema = z.object({
  atMs: time,
  now: z.object({
    calls: z.number().int(),
    talking: z.number().int().describe('Answered'),
    incoming: z.number().int(),
    outgoing: z.number().int(),
  }),
  minutes: z
    .array(callFiguresSchema.extend({ fromMs: time }))
    .describe('The last hour minute by minute, oldest first; the last one is not over'),
  gateways: z.array(z.object({ gatewayId: gatewayIdSchema, ...groupFigures })).describe('None for one brand alone'),
  brands: z.array(z.object({ brandId: brandIdSchema, ...groupFigures })),
});
export type LiveFigures = z.infer<typeof liveFiguresSchema>;

/** `POST /admin/live/calls/:id/hang-up` */
export const hangUpRequestSchema = z.strictObject({
  reason: z.string().trim().min(1).max(200).describe('For the record of the call and the audit log'),
});
export type HangUpRequest = z.infer<typeof hangUpRequestSchema>;
