import { z } from 'zod';

/** IPv4 or IPv6 address (without brackets), or a host name. */
export const hostSchema = z
  .string()
  .min(1)
  .max(253)
  .regex(/^[A-Za-z0-9_.:-]+$/, 'expected a host name or an IP address');

export const addressFields = {
  host: hostSchema.describe('Host name, or an IPv4 or IPv6 address'),
  port: z
    .number()
    .int()
    .min(1)
    .max(65535)
    .nullable()
    .default(null)
    .describe('null: a host name is asked for its SRV records (RFC 3263), else 5060, or 5061 for TLS'),
  transport: z
    .enum(['udp', 'tcp', 'tls', 'auto'])
    .default('udp')
    .describe('`auto`: as the NAPTR and SRV records of the host name say (RFC 3263)'),
} as const;

/** Where SIP is spoken. A host name may stand for many addresses: RFC 3263 says in which order they are tried. */
export const gatewayAddressSchema = z.strictObject(addressFields);
export type GatewayAddress = z.infer<typeof gatewayAddressSchema>;
