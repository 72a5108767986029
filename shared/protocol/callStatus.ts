import { z } from 'zod';
import {
  callIdSchema,
  callOutcomeSchema,
  callStateSchema,
  codecNameSchema,
  disconnectedBySchema,
} from '../domain/index.ts';
import { wireErrorSchema } from '../errors/index.ts';

/** How and why a call ended. */
export const callEndSchema = z.object({
  outcome: callOutcomeSchema,
  by: disconnectedBySchema,
  /** The gateway's final answer, where it gave one. */
  sipStatus: z.number().int().optional(),
  /** Q.850 cause, where one is known. */
  q850: z.number().int().optional(),
  /** Set where the outcome is an error (`refused`, `unreachable`, `failed`): what the person is told. */
  error: wireErrorSchema.optional(),
});
export type CallEnd = z.infer<typeof callEndSchema>;

/** The whole state of a call as its client may know it. Each status replaces the one before. */
export const callStatusSchema = z.object({
  callId: callIdSchema,
  /** Rises by one with each status of the call; a client drops a status older than the one it has. */
  revision: z.number().int().nonnegative(),
  state: callStateSchema,
  /** The called party in E.164. */
  calledNumber: z.string(),
  /** Name that the gateway or the address book knows for the called party. */
  calledName: z.string().optional(),
  /** The gateway sends audio of its own before the answer (RFC 3960): the client stops its ringback. */
  hasEarlyMedia: z.boolean(),
  /** Codec towards the gateway; null until it has chosen. */
  codec: codecNameSchema.nullable(),
  isMuted: z.boolean(),
  /** Milliseconds since the epoch, by the bridge's clock. */
  requestedAt: z.number().int(),
  answeredAt: z.number().int().nullable(),
  endedAt: z.number().int().nullable(),
  end: callEndSchema.nullable(),
});
export type CallStatus = z.infer<typeof callStatusSchema>;
