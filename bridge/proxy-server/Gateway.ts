import { z } from 'zod';
import { codecNameSchema, defaultCodecOrder, gatewayIdSchema } from '../../shared/domain/index.ts';

/** A gateway to the telephone network, as an operator describes it (config `seed.gateways`, storage). */
export const gatewaySchema = z.strictObject({
  id: gatewayIdSchema,
  name: z.string().min(1).max(100).optional(),
  /** IPv4 or IPv6 address, or a host name. */
  host: z.string().min(1).max(253),
  port: z.number().int().min(1).max(65535).default(5060),
  transport: z.enum(['udp', 'tcp']).default('udp'),
  /** Codecs that may be offered, best first. */
  codecs: z
    .array(codecNameSchema)
    .min(1)
    .default([...defaultCodecOrder]),
  /** Numbers in E.164 that begin like one of these go here; `+` is every number. */
  prefixes: z
    .array(z.string().regex(/^\+\d{0,15}$/, 'expected a + and up to 15 digits'))
    .min(1)
    .default(['+']),
  /** Among gateways with the same longest prefix the lowest number is tried first. */
  priority: z.number().int().min(0).max(1000).default(1),
  /** Calls at once; absent: no bound. */
  maxCalls: z.number().int().min(1).optional(),
  credentials: z.strictObject({ userName: z.string().min(1), password: z.string() }).optional(),
  /** How digits pressed in a call travel: RFC 4733 events where the gateway answered them, or always SIP INFO. */
  dtmf: z.enum(['rfc4733', 'info']).default('rfc4733'),
  /** User part of From towards this gateway for calls without a caller ID of their own; the bridge's own default otherwise. */
  callerNumber: z
    .string()
    .regex(/^\+?\d{1,15}$/)
    .optional(),
  isEnabled: z.boolean().default(true),
});
export type Gateway = z.infer<typeof gatewaySchema>;
