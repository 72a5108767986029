import { z } from 'zod';
import { callIdSchema } from '../domain/index.ts';

/** A call that rings at this device. */
export const incomingCallSchema = z.object({
  callId: callIdSchema,
  callingNumber: z.string().nullable().describe('E.164 where it could be read; null: withheld'),
  callingName: z
    .string()
    .nullable()
    .describe('Name in the person’s address book, else as the network told it; null: none is known'),
  isContact: z.boolean().describe('The name is from the person’s address book'),
  calledNumber: z.string().describe('The number of ours that was called'),
  calledName: z.string().nullable().describe('What that number is called, such as Support'),
  groupName: z.string().nullable().describe('The group that is rung; null: the person alone'),
  ringingSince: z.number().int().describe('Milliseconds since the epoch, by the bridge’s clock'),
  ringsUntil: z.number().int().describe('When it stops ringing here at the latest'),
});
export type IncomingCall = z.infer<typeof incomingCallSchema>;

/** Why an incoming call rings here no longer. */
export const incomingCallEndSchema = z.object({
  callId: callIdSchema,
  reason: z.enum([
    /** Somebody took it, on this or another device: `takenBy` says who. */
    'taken',
    /** The caller gave up. */
    'cancelled',
    /** The person declined it, on another device. */
    'declined',
    /** It rang for as long as it may here. It may go on elsewhere. */
    'noAnswer',
    /** Something of ours or of the gateway's broke. */
    'failed',
  ]),
  takenBy: z
    .object({ displayName: z.string(), isSelf: z.boolean().describe('The person took it on another device') })
    .nullable()
    .default(null),
});
export type IncomingCallEnd = z.infer<typeof incomingCallEndSchema>;

/** Whether a person's devices ring. */
export const availabilitySchema = z.object({
  isDoNotDisturb: z.boolean().describe('No device rings; callers go to the second destination, or are told “busy”'),
  hasCallWaiting: z.boolean().describe('Further calls ring while the person talks; otherwise callers are told “busy”'),
});
export type Availability = z.infer<typeof availabilitySchema>;
