import { z } from 'zod';
import { gatewayIdSchema } from '../../domain/index.ts';

/** `POST /admin/gateways/:id/tests` */
export const gatewayTestRequestSchema = z.strictObject({
  number: z
    .string()
    .regex(/^\+?[\d*#]{1,20}$/, 'expected a number, in E.164 where it is one')
    .nullable()
    .describe('Called to see whether audio comes; null: no call is made'),
});
export type GatewayTestRequest = z.infer<typeof gatewayTestRequestSchema>;

/** One SIP message as it went over the wire; passwords, digests and SRTP keys are blanked. */
export const tracedMessageSchema = z.object({
  atMs: z.number().describe('Milliseconds since the epoch, with fractions'),
  direction: z.enum(['sent', 'received']),
  transport: z.enum(['udp', 'tcp', 'tls']),
  local: z.string().describe('host:port'),
  remote: z.string().describe('host:port'),
  text: z.string(),
});
export type TracedMessage = z.infer<typeof tracedMessageSchema>;

export const gatewayTestStepSchema = z.object({
  step: z.enum(['lookUp', 'probe', 'registration', 'invite', 'ringing', 'answer', 'audio', 'hangUp']),
  outcome: z.enum(['running', 'passed', 'failed', 'skipped']),
  text: z.string().describe('What was seen, in plain words, in English'),
  durationMs: z.number().nullable(),
});

/** A trial of a gateway: `GET /admin/gateway-tests/:id` until it is over. */
export const gatewayTestSchema = z.object({
  id: z.string(),
  gatewayId: gatewayIdSchema,
  state: z.enum(['running', 'passed', 'failed']),
  startedAtMs: z.number().int(),
  endedAtMs: z.number().int().nullable(),
  steps: z.array(gatewayTestStepSchema),
  messages: z.array(tracedMessageSchema).describe('In the order in which they went; the first 200'),
});
export type GatewayTest = z.infer<typeof gatewayTestSchema>;
