import { z } from 'zod';
import { callIdSchema, codecNameSchema } from '../domain/index.ts';
import { notification, request } from './message.ts';

const count = z.number().int().nonnegative();
const level = z.number().min(0).max(1).nullable();

/** What the browser measured of a call’s audio (getStats of WebRTC). Counts are since the present connection began. */
export const browserQualitySchema = z.object({
  roundTripMs: z
    .number()
    .nonnegative()
    .nullable()
    .describe('To the bridge, or to the gateway where the audio goes direct'),
  jitterMs: z.number().nonnegative().nullable().describe('Of what arrives (RFC 3550 section 6.4.1)'),
  jitterBufferMs: z
    .number()
    .nonnegative()
    .nullable()
    .describe('How long what arrives waits until it is played, on average since the last report'),
  packetsReceived: count,
  packetsLost: z.number().int().describe('Of those that should have arrived; below zero where some came twice'),
  packetsSent: count,
  concealedRatio: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .describe(
      'Share of what was to be heard since the last report that had to be made up, without silence while nothing was sent',
    ),
  inputLevel: level.describe(
    'Loudest moment of the microphone in the last three seconds, 0 to 1 of full scale; null: not known, muted or on hold',
  ),
  outputLevel: level.describe('The same of the other party'),
  codec: codecNameSchema.nullable(),
  isRelayed: z.boolean().nullable().describe('By a TURN server; null: not known'),
  protocol: z.enum(['udp', 'tcp']).nullable(),
});
export type BrowserQuality = z.infer<typeof browserQualitySchema>;

/** Mean opinion scores (ITU-T G.107, 1 to 4.5) of each leg and direction; null: not known (yet). */
export const callMosSchema = z.object({
  fromBrowser: z.number().nullable().describe('What the bridge gets of the person'),
  toBrowser: z.number().nullable().describe('What the person gets'),
  fromGateway: z.number().nullable().describe('What the bridge gets of the other party'),
  toGateway: z.number().nullable().describe('What the gateway gets, as its RTCP tells'),
});
export type CallMos = z.infer<typeof callMosSchema>;

export const qualityProblemSchema = z.enum([
  /** The microphone gives silence, and isn’t muted. */
  'microphoneSilent',
  /** Nothing of the browser arrives at the bridge: the other party hears nothing. */
  'notHeard',
  /** Nothing of the gateway arrives at the bridge: one-way audio. */
  'otherNotHeard',
  /** The other party’s audio arrives and is silence. */
  'otherSilent',
  /** The person’s network loses packets, up or down. */
  'networkLoss',
  /** It delivers them unevenly. */
  'networkJitter',
  /** It takes long. */
  'networkDelay',
  /** The way between bridge and gateway loses packets. */
  'gatewayLoss',
]);
export type QualityProblem = z.infer<typeof qualityProblemSchema>;

/** How good the audio is, both ways. */
export const callQualitySchema = z.object({
  callId: callIdSchema,
  strength: z.number().int().min(0).max(4).describe('For a glyph of bars: 4 good, 1 bad, 0 nothing gets through'),
  mos: callMosSchema,
  roundTripMs: z.number().nullable().describe('From the browser to the gateway and back, as far as known'),
  lossPercent: z
    .number()
    .nullable()
    .optional()
    .describe(
      'Of the packets between browser and bridge those that had to be sent again or didn’t come, the worse direction',
    ),
  problems: z.array(qualityProblemSchema).describe('The most important first'),
});
export type CallQuality = z.infer<typeof callQualitySchema>;

export const statsTopic = {
  requests: {
    'stats:report': request(
      'What the browser measured, each few seconds of a call.',
      { callId: callIdSchema, quality: browserQualitySchema },
      z.object({}),
    ),
  },
  notifications: {
    'stats:quality': notification(
      'How good the audio of a call is now. Comes when something about it changed.',
      callQualitySchema,
    ),
  },
} as const;
