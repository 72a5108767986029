import { z } from 'zod';
import { tracedMessageSchema } from './gateway/gatewayTest.ts';

/** One SIP message of a call's gateway leg. Secrets are blanked; of a body only codecs and direction are left. */
export const callSipMessageSchema = tracedMessageSchema.extend({
  gatewayId: z.string().nullable().describe('Whom it came from or went to; null: nobody knows any more'),
});
export type CallSipMessage = z.infer<typeof callSipMessageSchema>;

const figure = z.number().nullable();

/** One leg of a call in one direction at a time; null: not known. */
export const legQualitySchema = z.object({
  mos: figure.describe('Mean opinion score (ITU-T G.107), 1 to 4.5'),
  lossPercent: figure.describe('Of what was sent, what did not come at the first try'),
  jitterMs: figure.describe('RFC 3550 section 6.4.1'),
  roundTripMs: figure,
});
export type LegQuality = z.infer<typeof legQualitySchema>;

/** Both legs of a call in both directions, as `CallMos` names them. */
export const qualityPointSchema = z.object({
  atMs: z.number().describe('Milliseconds since the epoch'),
  fromBrowser: legQualitySchema,
  toBrowser: legQualitySchema,
  fromGateway: legQualitySchema,
  toGateway: legQualitySchema,
});
export type QualityPoint = z.infer<typeof qualityPointSchema>;

export const callTraceSchema = z.object({
  messages: z.array(callSipMessageSchema).describe('In the order of time'),
  omittedMessages: z
    .number()
    .int()
    .nonnegative()
    .describe('Of a call with very many those in the middle were left out'),
  quality: z
    .array(qualityPointSchema)
    .describe('Each five seconds at first; of long calls the worst of each quarter of a minute, then of each minute'),
});
export type CallTrace = z.infer<typeof callTraceSchema>;
