import { z } from 'zod';
import { codecNameSchema, defaultCodecOrder } from '../../domain/index.ts';
import { callerNumberSchema, plainText, prefixSchema } from '../kept.ts';
import { amountSchema } from '../limits.ts';
import { ruleWhenSchema } from '../rule.ts';
import { addressFields, gatewayAddressSchema, hostSchema } from './address.ts';
import { numberRules } from './numberRule.ts';

const durationMs = z.number().int().min(100).max(600_000);

/** What calls through this gateway cost us. The longest prefix counts. */
export const gatewayCostSchema = z.strictObject({
  prefix: prefixSchema,
  pricePerMinute: amountSchema,
  connectionFee: amountSchema.default(0),
});
export type GatewayCost = z.infer<typeof gatewayCostSchema>;

/** Everything but what has secrets in it. */
export const gatewaySettings = z.strictObject({
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
    .describe(
      'Which way the audio of calls to it goes: `relay`: by the bridge; `direct`: between it and the browser, for gateways that speak WebRTC (ICE, DTLS-SRTP). They learn the browser’s network addresses. Calls from it go by the bridge',
    ),
  inCall: z
    .strictObject({
      transfer: z
        .enum(['auto', 'refer', 'bridge'])
        .default('auto')
        .describe(
          'How calls are passed on: by REFER (RFC 3515), by us with two calls that are joined, or `auto`: by REFER where its Allow header has it, and else, or where it is refused, by us',
        ),
      followsReferrals: z
        .boolean()
        .default(true)
        .describe('Its REFER is followed, where the person may call that number; otherwise it is refused'),
      sessionExpiresSeconds: z
        .number()
        .int()
        .min(90)
        .max(86_400)
        .nullable()
        .default(null)
        .describe(
          'Ask for session timers (RFC 4028), so that neither side holds a dead call; null: only where it asks',
        ),
      hasHoldMusic: z.boolean().default(true).describe('Music while a call is on hold; otherwise silence'),
    })
    .prefault({}),
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
