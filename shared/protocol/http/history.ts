import { z } from 'zod';
import {
  callIdSchema,
  callOutcomeSchema,
  callStateSchema,
  codecNameSchema,
  disconnectedBySchema,
  mediaWaySchema,
} from '../../domain/index.ts';

/** One call as its person sees it. */
export const historyEntrySchema = z.object({
  callId: callIdSchema,
  direction: z.enum(['outgoing', 'incoming']),
  /** The other party in E.164; empty: withheld. */
  number: z.string(),
  name: z.string().nullable(),
  requestedAtMs: z.number().int(),
  answeredAtMs: z.number().int().nullable(),
  endedAtMs: z.number().int().nullable(),
  /** Null while the call is up. */
  outcome: callOutcomeSchema.nullable(),
  codec: codecNameSchema.nullable(),
  gatewayId: z.string().nullable(),
  /** Of an incoming call: who took it in the person's place, by display name. Absent: they themselves, or nobody. */
  takenBy: z.string().nullable().optional(),
  /** The person passed the call on to this number. Absent: they didn't. */
  transferredTo: z.string().optional(),
});
export type HistoryEntry = z.infer<typeof historyEntrySchema>;

/** Calls that the person has missed and not seen yet on any device. */
export const missedCallsSchema = z.object({
  count: z.number().int().nonnegative().describe('At most 99, which means that or more'),
  seenUntilMs: z.number().int().nonnegative().describe('Calls that ended until then have been seen; 0: none'),
});
export type MissedCallsView = z.infer<typeof missedCallsSchema>;

/** `PUT /api/v1/history/seen` */
export const historySeenSchema = z.object({
  untilMs: z.number().int().nonnegative().describe('End of the last call that the person has seen'),
});

/** `GET /api/v1/history?before=CURSOR&limit=50`, newest first. */
export const historyPageSchema = z.object({
  entries: z.array(historyEntrySchema),
  /** Give it as `before` to get the next page; null at the end. */
  nextCursor: z.string().nullable(),
  missed: missedCallsSchema.optional().describe('On the first page'),
});
export type HistoryPage = z.infer<typeof historyPageSchema>;

/** `GET /api/v1/history/:callId` */
export const historyDetailSchema = z.object({
  entry: historyEntrySchema,
  disconnectedBy: disconnectedBySchema.nullable(),
  sipStatus: z.number().int().nullable(),
  q850: z.number().int().nullable(),
  /** What was considered when the gateway was chosen. */
  gatewayChoice: z.unknown(),
  /** Which way the audio went; null: there was none, or nobody wrote it down. */
  mediaWay: mediaWaySchema.nullable().default(null),
  events: z.array(
    z.object({
      atMs: z.number(),
      type: z.string(),
      state: callStateSchema.nullable(),
      detail: z.record(z.string(), z.unknown()),
    }),
  ),
});
export type HistoryDetail = z.infer<typeof historyDetailSchema>;
