import { z } from 'zod';
import {
  callDirectionSchema,
  callIdSchema,
  callOutcomeSchema,
  callStateSchema,
  codecNameSchema,
  disconnectedBySchema,
  mediaWaySchema,
} from '../domain/index.ts';
import { wireErrorSchema } from '../errors/index.ts';

/** How and why a call ended. */
export const callEndSchema = z.object({
  outcome: callOutcomeSchema,
  by: disconnectedBySchema,
  sipStatus: z.number().int().optional().describe('The gateway’s final answer, where it gave one'),
  q850: z
    .number()
    .int()
    .optional()
    .describe('Q.850 cause: the gateway’s (RFC 3326), else by its SIP status (RFC 3398) or our own reason'),
  error: wireErrorSchema
    .optional()
    .describe('Set where the outcome is an error (refused, unreachable, failed): what the person is told'),
  transferredTo: z
    .string()
    .optional()
    .describe('The person passed the call on to this number; the others go on talking'),
});
export type CallEnd = z.infer<typeof callEndSchema>;

/** Passing a call on: how far it is. It is over when the call has ended (`end.transferredTo`), or with `failed`. */
export const callTransferSchema = z.object({
  to: z.string().describe('E.164 where it could be read'),
  state: z.enum(['trying', 'ringing', 'failed']),
  error: wireErrorSchema.optional().describe('Why it failed; the call itself goes on, and is on hold'),
});
export type CallTransfer = z.infer<typeof callTransferSchema>;

/** The whole state of a call as its client may know it. Each status replaces the one before. */
export const callStatusSchema = z.object({
  callId: callIdSchema,
  revision: z
    .number()
    .int()
    .nonnegative()
    .describe('Rises by one with each status of the call; a client drops a status older than the one it has'),
  state: callStateSchema,
  direction: callDirectionSchema.default('outgoing'),
  calledNumber: z
    .string()
    .describe('The called party in E.164; of an incoming call the number of ours that was called'),
  calledName: z.string().optional().describe('Name that the gateway or the address book knows for the called party'),
  callingNumber: z
    .string()
    .nullable()
    .default(null)
    .describe('Who calls, of an incoming call: E.164 where it could be read; null: withheld'),
  callingName: z
    .string()
    .optional()
    .describe('Name of who calls in the person’s address book, or as the network told it'),
  hasEarlyMedia: z
    .boolean()
    .describe('The gateway sends audio of its own before the answer (RFC 3960): the client stops its ringback'),
  codec: codecNameSchema.nullable().describe('Codec towards the gateway; null until it has chosen'),
  mediaWay: mediaWaySchema.default('relay').describe('Which way the audio goes'),
  isMuted: z.boolean(),
  isOnHold: z.boolean().default(false).describe('The person at the client has put the other party on hold'),
  isHeldByOther: z.boolean().default(false).describe('The other party (its gateway) has put us on hold'),
  referral: z
    .object({ to: z.string().describe('E.164'), isRinging: z.boolean().describe('The client lets it ring') })
    .nullable()
    .default(null)
    .describe('The gateway has asked us to call this number in its stead (REFER), and it is being called'),
  transfer: callTransferSchema.nullable().default(null).describe('The call is being passed on, or that failed'),
  requestedAt: z.number().int().describe('Milliseconds since the epoch, by the bridge’s clock'),
  answeredAt: z.number().int().nullable(),
  endedAt: z.number().int().nullable(),
  end: callEndSchema.nullable(),
  limit: z
    .object({
      endsAt: z.number().int().describe('Milliseconds since the epoch, by the bridge’s clock'),
      error: wireErrorSchema.describe(
        'Why it will end then: `maxDurationReached`, `dailyMinutesReached`, `dailyCostReached`',
      ),
    })
    .nullable()
    .default(null)
    .describe('Set when the call will soon be ended by a limit: the person is warned'),
});
export type CallStatus = z.infer<typeof callStatusSchema>;
