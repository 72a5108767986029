import { z } from 'zod';
import { gatewayIdSchema } from '../../domain/index.ts';

/**
 * `unknown`: not yet seen; used like one that is up. `returning`: was out because calls failed, and gets a growing share of them.
 * `resting`: asked to be left alone (503 with Retry-After). `off`: switched off by an operator.
 */
export const gatewayStateSchema = z.enum(['unknown', 'up', 'returning', 'resting', 'down', 'off']);
export type GatewayState = z.infer<typeof gatewayStateSchema>;

const epochMs = z.number().int().nonnegative();

/**
 * How calls to a gateway went; answered ÷ tried is the answer-seizure ratio (ITU-T E.411). Of the calls that it makes only the audio
 * counts: whether our people take them is not its doing.
 */
export const gatewayFiguresSchema = z.object({
  tried: z.number().int(),
  answered: z.number().int(),
  failed: z
    .number()
    .int()
    .describe('Of those tried: the gateway could not take them. Busy and no answer are no failures'),
  answerRate: z.number().nullable().describe('0 to 1; null where none was tried'),
  postDialDelayMs: z.number().nullable().describe('Mean time from INVITE to ringing or answer'),
  mos: z.number().nullable().describe('Mean opinion score of the audio, 1 to 4.5 (ITU-T G.107)'),
});
export type GatewayFigures = z.infer<typeof gatewayFiguresSchema>;

/** `GET /admin/gateways/:id/status` */
export const gatewayStatusViewSchema = z.object({
  gatewayId: gatewayIdSchema,
  state: gatewayStateSchema,
  sinceMs: epochMs.nullable().describe('When it became so, in milliseconds since the epoch'),
  problem: z.string().nullable().describe('Why, in plain words, in English'),
  share: z.number().describe('Of the calls that it would get: 0 to 1'),
  resumeAtMs: epochMs.nullable(),
  lastProbeAtMs: epochMs.nullable(),
  roundTripMs: z.number().nullable(),
  registration: z
    .object({
      state: z.enum(['trying', 'registered', 'failed']),
      expiresAtMs: epochMs.nullable(),
      problem: z.string().nullable(),
    })
    .nullable()
    .describe('null: it is not registered with'),
  addresses: z
    .array(
      z.object({
        transport: z.enum(['udp', 'tcp', 'tls']),
        address: z.string(),
        port: z.number().int(),
        isReachable: z.boolean().nullable().describe('At the last probe; null: not yet probed'),
      }),
    )
    .describe('In the order of trying'),
  calls: z.number().int().describe('Now'),
  maxCalls: z.number().int().nullable(),
  lastHour: gatewayFiguresSchema,
  history: z
    .array(gatewayFiguresSchema.extend({ fromMs: epochMs, toMs: epochMs, wasDown: z.boolean() }))
    .describe('The last 24 hours in steps of 15 minutes, oldest first'),
  changes: z
    .array(
      z.object({ atMs: epochMs, from: gatewayStateSchema, to: gatewayStateSchema, problem: z.string().nullable() }),
    )
    .describe('The last changes of state, newest first'),
});
export type GatewayStatusView = z.infer<typeof gatewayStatusViewSchema>;

/** `GET /admin/gateway-statuses`: a thousand gateways are asked about every other second, so without what was. */
export const gatewayStatusSummarySchema = gatewayStatusViewSchema.omit({ history: true, changes: true });
export type GatewayStatusSummary = z.infer<typeof gatewayStatusSummarySchema>;
