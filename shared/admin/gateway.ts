import { z } from 'zod';
import { codecNameSchema, defaultCodecOrder, gatewayIdSchema } from '../domain/index.ts';
import {
  addressRangeSchema,
  callerNumberSchema,
  countrySchema,
  keptFields,
  plainText,
  prefixSchema,
  slugSchema,
} from './kept.ts';
import { amountSchema } from './limits.ts';
import { ruleWhenSchema } from './rule.ts';

const durationMs = z.number().int().min(100).max(600_000);

/** IPv4 or IPv6 address (without brackets), or a host name. */
const hostSchema = z
  .string()
  .min(1)
  .max(253)
  .regex(/^[A-Za-z0-9_.:-]+$/, 'expected a host name or an IP address');

const addressFields = {
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

const secretText = z.string().max(1000);
const pem = (what: string) =>
  z
    .string()
    .max(100_000)
    .regex(new RegExp(`-----BEGIN ${what}-----`), `expected PEM text with a ${what}`);

/** Digest authentication (RFC 3261 section 22, RFC 8760). */
export const gatewayCredentialsSchema = z.strictObject({
  userName: z.string().min(1).max(200).describe('Also the user of our address of record at the gateway'),
  password: secretText,
  authUserName: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('Name in the digest where it is another; absent: `userName`'),
});

/**
 * How a number is written for somebody else. Of the rules whose `match` the number begins with the longest counts; a number that
 * none matches stays as it is. `{ match: '+49', strip: 3, add: '0' }` makes `+4930123` to `030123`; `{ match: '+', strip: 1 }` takes
 * the plus away.
 */
export const numberRuleSchema = z.strictObject({
  match: z
    .string()
    .regex(/^\+?\d{0,15}$/, 'expected digits, with or without a + before them')
    .default('')
    .describe('What the number begins with; empty: every number'),
  strip: z.number().int().min(0).max(20).default(0).describe('How many characters are taken away from its front'),
  add: z
    .string()
    .regex(/^\+?[\d*#]{0,20}$/, 'expected digits, with or without a + before them')
    .default('')
    .describe('What is put before the rest'),
});
export type NumberRule = z.infer<typeof numberRuleSchema>;
const numberRules = z.array(numberRuleSchema).max(1000).default([]);

/** What calls through this gateway cost us. The longest prefix counts. */
export const gatewayCostSchema = z.strictObject({
  prefix: prefixSchema,
  pricePerMinute: amountSchema,
  connectionFee: amountSchema.default(0),
});
export type GatewayCost = z.infer<typeof gatewayCostSchema>;

const tlsFields = {
  isVerified: z.boolean().default(true).describe('Check the gateway’s certificate. false only for tests'),
  serverName: hostSchema
    .nullable()
    .default(null)
    .describe('Name that the certificate must have; null: `host` (RFC 5922)'),
  ca: pem('CERTIFICATE')
    .nullable()
    .default(null)
    .describe('Certificates of the authorities that the gateway’s may come from (PEM); null: the usual public ones'),
  certificate: pem('CERTIFICATE')
    .nullable()
    .default(null)
    .describe('Our own certificate and its chain (PEM), where the gateway wants one'),
} as const;
const privateKeySchema = pem('(?:[A-Z]+ )?PRIVATE KEY');

const incomingFields = {
  isAllowed: z.boolean().default(true).describe('Calls may come from this gateway'),
  addresses: z
    .array(addressRangeSchema)
    .max(1000)
    .default([])
    .describe('Further addresses that its calls come from, besides those that we call it at'),
  country: countrySchema
    .nullable()
    .default(null)
    .describe('Country whose way of writing numbers it uses (ISO 3166-1); null: E.164, with or without the +'),
  numberRules: numberRules.describe('Made of the numbers that it sends before they are read'),
  calledNumberFrom: z
    .enum(['requestUri', 'to'])
    .default('requestUri')
    .describe('Where the called number stands: some registered trunks put it into To only'),
} as const;
const incomingCredentialsSchema = gatewayCredentialsSchema.omit({ authUserName: true });

const gatewayBase = z.strictObject({
  name: plainText(100).optional(),
  isEnabled: z.boolean().default(true),
  ...addressFields,
  moreAddresses: z.array(gatewayAddressSchema).max(20).default([]).describe('Tried in this order after the first'),
  outboundProxy: gatewayAddressSchema
    .nullable()
    .default(null)
    .describe('Everything goes there, with a Route header (RFC 3261 section 8.1.2); `host` is then only the name'),
  domain: hostSchema
    .nullable()
    .default(null)
    .describe('Host part of the request URI, To and From, where it is not `host`'),
  registration: z
    .strictObject({
      expiresSeconds: z
        .number()
        .int()
        .min(30)
        .max(86_400)
        .default(3600)
        .describe('How long a registration is asked for'),
    })
    .nullable()
    .default(null)
    .describe('Register there with the credentials (RFC 3261 section 10), for trunks that want it; null: no'),
  callerId: z
    .strictObject({
      from: z
        .enum(['callerNumber', 'account'])
        .default('callerNumber')
        .describe('Who From names: the caller ID, or always the account (`credentials.userName`)'),
      header: z
        .enum(['none', 'P-Asserted-Identity', 'P-Preferred-Identity', 'Remote-Party-ID'])
        .default('none')
        .describe('Further header with the caller ID (RFC 3325)'),
      hasDisplayName: z.boolean().default(true).describe('Tell the caller’s name as well'),
      privacy: z
        .enum(['asAsked', 'always'])
        .default('asAsked')
        .describe('Withhold the caller ID (RFC 3323, `Privacy: id`) where the caller asks for it, or always'),
    })
    .prefault({}),
  callerNumber: callerNumberSchema
    .optional()
    .describe('Caller ID of calls without one of their own; absent: the bridge’s own default'),
  calledNumberRules: numberRules.describe('How the called number is written for this gateway'),
  callerNumberRules: numberRules.describe('How the caller ID is written for this gateway'),
  codecs: z
    .array(codecNameSchema)
    .min(1)
    .default([...defaultCodecOrder])
    .describe('Codecs that may be offered, best first'),
  dtmf: z
    .enum(['rfc4733', 'info'])
    .default('rfc4733')
    .describe('How pressed digits travel: RFC 4733 events where the gateway answered them, or always SIP INFO'),
  srtp: z
    .enum(['off', 'offered', 'required'])
    .default('off')
    .describe('Encrypted audio by SDES keys (RFC 4568). The keys stand in the SDP: use it with TLS'),
  audioSource: z
    .enum(['negotiated', 'sameAddress', 'any'])
    .default('sameAddress')
    .describe(
      'Whose audio is taken: from the very address and port of the SDP; any port of that address; or whoever sends first, for gateways behind NAT',
    ),
  media: z
    .enum(['relay', 'direct'])
    .default('relay')
    .describe('`direct`: for gateways that speak WebRTC, audio goes between them and the browser'),
  prefixes: z
    .array(prefixSchema)
    .min(1)
    .max(100_000)
    .default(['+'])
    .describe('E.164 numbers that begin like one of these go here; `+` is every number'),
  priority: z
    .number()
    .int()
    .min(0)
    .max(1000)
    .default(1)
    .describe('Among gateways that serve a number equally well the lowest is tried first'),
  weight: z.number().int().min(1).max(1000).default(10).describe('Share among gateways of the same priority'),
  maxCalls: z.number().int().min(1).optional().describe('Calls at once, in both directions; absent: no bound'),
  maxCallsPerSecond: z.number().min(0.1).max(10_000).optional().describe('New calls per second; absent: no bound'),
  costs: z.array(gatewayCostSchema).max(100_000).default([]).describe('What calls cost us there, by prefix'),
  region: z.string().min(1).max(100).nullable().default(null).describe('Where it stands, as in `callServer.region`'),
  hours: ruleWhenSchema.nullable().default(null).describe('When it may be used; null: always'),
  timeouts: z
    .strictObject({
      firstResponseMs: durationMs.optional().describe('Without any answer for so long it is given up for the next'),
      progressMs: durationMs.optional().describe('The same for one that said 100 and neither rings nor answers'),
      ringMs: durationMs.optional().describe('How long it may ring'),
    })
    .prefault({})
    .describe('Where they are not those of `calls`'),
  probes: z
    .strictObject({
      isOn: z.boolean().default(true).describe('Ask it by OPTIONS whether it lives'),
      acceptedStatuses: z
        .array(z.number().int().min(200).max(699))
        .min(1)
        .max(100)
        .nullable()
        .default(null)
        .describe('Answers that show it can take calls; null: any but 408 and 503'),
    })
    .prefault({}),
});

const hasAccountIfItRegisters = (gateway: { registration: unknown; credentials?: unknown }) =>
  gateway.registration === null || gateway.credentials != null;
const noAccount = { error: 'expected credentials, since the gateway is registered with', path: ['credentials'] };

const gatewayFields = gatewayBase.extend({
  credentials: gatewayCredentialsSchema.optional(),
  tls: z.strictObject({ ...tlsFields, privateKey: privateKeySchema.nullable().default(null) }).prefault({}),
  incoming: z
    .strictObject({
      ...incomingFields,
      credentials: incomingCredentialsSchema
        .optional()
        .describe('Its calls may come from any address, when they prove this name and password'),
    })
    .prefault({}),
});

/** A gateway to the telephone network, or a trunk, with its secrets. */
export const gatewayDraftSchema = gatewayFields.refine(hasAccountIfItRegisters, noAccount);
export type GatewayDraft = z.infer<typeof gatewayDraftSchema>;

/** As the config's `seed` has it. */
export const gatewaySeedSchema = gatewayDraftSchema.safeExtend({ id: gatewayIdSchema.and(slugSchema) });
export type GatewaySeed = z.infer<typeof gatewaySeedSchema>;

/** As it is kept. Its secrets leave the bridge for that gateway only. */
export const gatewaySchema = gatewayDraftSchema.safeExtend({ id: gatewayIdSchema, ...keptFields });
export type Gateway = z.infer<typeof gatewaySchema>;

const keepsPassword = { password: secretText.optional().describe('Absent: the present one stays') };

/** `PUT /admin/gateways/:id`, and with an id `POST /admin/gateways`. An absent secret keeps the present one. */
const gatewayWriteFields = gatewayBase.extend({
  credentials: gatewayCredentialsSchema.extend(keepsPassword).nullable().optional(),
  tls: z
    .strictObject({
      ...tlsFields,
      privateKey: privateKeySchema.nullable().optional().describe('Absent: the present one stays; null: none'),
    })
    .prefault({}),
  incoming: z
    .strictObject({
      ...incomingFields,
      credentials: incomingCredentialsSchema.extend(keepsPassword).nullable().optional(),
    })
    .prefault({}),
});
export const gatewayWriteSchema = gatewayWriteFields.refine(
  ({ registration, credentials }) => registration === null || credentials !== null,
  noAccount,
);
export type GatewayWrite = z.infer<typeof gatewayWriteSchema>;
export const gatewayCreateSchema = gatewayWriteSchema.safeExtend({ id: gatewayIdSchema.and(slugSchema) });
export type GatewayCreate = z.infer<typeof gatewayCreateSchema>;

/** As people read it: without secrets. */
export const gatewayViewSchema = gatewayBase.extend({
  id: gatewayIdSchema,
  credentials: gatewayCredentialsSchema.omit({ password: true }).extend({ hasPassword: z.boolean() }).nullable(),
  tls: z.strictObject({ ...tlsFields, hasPrivateKey: z.boolean() }),
  incoming: z.strictObject({
    ...incomingFields,
    credentials: z.strictObject({ userName: z.string(), hasPassword: z.boolean() }).nullable(),
  }),
  ...keptFields,
});
export type GatewayView = z.infer<typeof gatewayViewSchema>;
