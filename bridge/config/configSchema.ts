import { isIP, isIPv6 } from 'node:net';
import { z } from 'zod';
import {
  embedKeySeedSchema,
  gatewaySeedSchema,
  groupSeedSchema,
  numberSeedSchema,
  rateSeedSchema,
  routeSeedSchema,
  ruleSeedSchema,
} from '../../shared/admin/index.ts';
import { callServerIdSchema } from '../../shared/domain/index.ts';
import { signingKeySeedSchema, userSeedSchema } from '../front-end-server/index.ts';
import { defaultBrandSchema, seededBrandSchema } from './brandConfig.ts';
import { crossCheck } from './crossCheck.ts';
import { probesSchema, regionsSchema } from './probesConfig.ts';

const port = z.number().int().min(0).max(65535);
const durationMs = z.number().int().min(1).max(2_147_483_647);
const ipAddress = z.string().refine((text) => isIP(text) !== 0, 'expected an IPv4 or IPv6 address');
const dnsServer = z
  .string()
  .refine(
    (text) => isIP(text) !== 0 || isAddressWithPort(text),
    'expected an IP address, or one with a port such as 192.0.2.1:53 or [2001:db8::1]:53',
  );
const hostName = z.string().min(1).max(253);
const day = 24 * 3_600_000;

const http = z.strictObject({
  host: hostName.default('127.0.0.1').describe('Address at which pages and the API are served.'),
  port: port.default(8080).describe('Port of pages and API; 0 picks a free one, which the `ready` line tells.'),
  publicUrl: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null)
    .describe('Address under which people reach the bridge, where a reverse proxy stands in front; null: as listened.'),
  tls: z
    .strictObject({
      certFile: z.string().min(1).describe('PEM file with the certificate and its chain.'),
      keyFile: z.string().min(1).describe('PEM file with the private key.'),
    })
    .optional(),
  trustProxy: z
    .boolean()
    .default(false)
    .describe('Believe the `X-Forwarded-*` headers. Only behind a reverse proxy that sets them.'),
});

const sip = z.strictObject({
  listen: z
    .array(z.strictObject({ transport: z.enum(['udp', 'tcp', 'tls']), host: ipAddress, port }))
    .min(1)
    .default([
      { transport: 'udp', host: '127.0.0.1', port: 5070 },
      { transport: 'tcp', host: '127.0.0.1', port: 5070 },
    ])
    .describe(
      'Where SIP is listened for and sent from: `{ transport: "udp", "tcp" or "tls", host, port }`; port 0 picks one. `tls` needs `sip.tls`.',
    ),
  announcedHost: hostName
    .nullable()
    .default(null)
    .describe('Host that gateways are told in Via and Contact, where the bridge is behind NAT; null: as listened.'),
  tls: z
    .strictObject({
      certFile: z
        .string()
        .min(1)
        .describe('PEM file with the certificate and its chain that gateways are shown which call us by TLS.'),
      keyFile: z.string().min(1).describe('PEM file with its private key.'),
    })
    .optional(),
  strangers: z
    .enum(['drop', 'refuse'])
    .default('drop')
    .describe(
      'What SIP requests get that come from no gateway: nothing at all, which tells scanners nothing, or 403. They are counted either way.',
    ),
  dnsServers: z
    .array(dnsServer)
    .max(10)
    .default([])
    .describe(
      'DNS servers that gateways’ names are looked up at, as `address` or `address:port`; empty: the system’s.',
    ),
});

const media = z.strictObject({
  listenAddress: ipAddress.default('127.0.0.1').describe('IP address at which browsers and gateways send audio.'),
  announcedAddress: hostName
    .nullable()
    .default(null)
    .describe('Address told to browsers and gateways instead, where the bridge is behind NAT.'),
  extraListenAddresses: z
    .array(z.strictObject({ listenAddress: ipAddress, announcedAddress: hostName.nullable().default(null) }))
    .default([])
    .describe('Further addresses, e.g. IPv6 beside IPv4: `{ listenAddress, announcedAddress }`.'),
  portRange: z
    .tuple([port.min(1), port.min(1)])
    .default([40000, 49999])
    .describe('First and last UDP port towards gateways, inclusive. A call uses two.'),
  browserPort: port
    .nullable()
    .default(null)
    .describe(
      'First of the ports that browsers reach; worker n takes UDP and TCP port `browserPort + n`. 0: ports that the system picks. null: 0 on a loopback `listenAddress`, else 21000.',
    ),
  workers: z
    .number()
    .int()
    .min(1)
    .max(256)
    .nullable()
    .default(null)
    .describe('Number of mediasoup workers; null: one per core.'),
  workerBin: z
    .string()
    .min(1)
    .optional()
    .describe('Path of the mediasoup worker; absent: the one that the set-up provided.'),
});

const calls = z.strictObject({
  ringTimeoutMs: durationMs.default(60_000).describe('How long it may ring before the call ends with "no answer".'),
  firstResponseTimeoutMs: durationMs
    .default(1500)
    .describe('A gateway that has answered the INVITE with nothing at all for so long is given up for the next.'),
  progressTimeoutMs: durationMs
    .default(20_000)
    .describe('The same for one that said 100 and then neither rings nor answers.'),
  reconnectWindowMs: durationMs
    .default(30_000)
    .describe('How long a call is held for a browser that went away (reload, network change).'),
  maxDurationMs: durationMs
    .default(4 * 3_600_000)
    .describe(
      'An answered call is ended after this time; it is warned a minute before. Rules and embed keys may allow less.',
    ),
  dtmfToneMs: z.number().int().min(70).max(6000).default(120).describe('Length of each keypad tone.'),
  dtmfGapMs: z.number().int().min(30).max(6000).default(80).describe('Pause between keypad tones.'),
  callerNumber: z
    .string()
    .regex(/^\+?\d{1,15}$/, 'expected up to 15 digits, with or without a +')
    .nullable()
    .default(null)
    .describe(
      'Number shown to the called party where neither rule, user, token, embed key nor brand has a caller ID and the gateway has no `callerNumber` of its own; null: none.',
    ),
});

const auth = z.strictObject({
  accessTokenTtlMs: durationMs.default(600_000).describe('Life of an access token; clients refresh it by themselves.'),
  refreshTtlMs: z
    .number()
    .int()
    .min(1)
    .max(3650 * day)
    .default(30 * day)
    .describe('How long somebody stays signed in without using the bridge.'),
  signInLinkTtlMs: durationMs.default(day).describe('Life of a sign-in link that was never opened.'),
});

const billing = z.strictObject({
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'expected three capital letters (ISO 4217)')
    .default('USD')
    .describe('Currency of the rates and of limits of cost (ISO 4217). It is named, never converted.'),
});

const callServer = z.strictObject({
  id: callServerIdSchema
    .default(callServerIdSchema.parse('main'))
    .describe('Name of this call server in records. Keep it over restarts: calls open at a crash are closed by it.'),
  region: z
    .string()
    .min(1)
    .max(100)
    .default('default')
    .describe('Where it stands; people get the nearest call server.'),
  maxCalls: z.number().int().min(1).nullable().default(null).describe('Calls at once that it takes; null: no bound.'),
});

const seed = z.strictObject({
  users: z
    .array(userSeedSchema)
    .default([])
    .describe('First users: `{ userName, password or passwordFile, displayName, role, ... }`; see below.'),
  groups: z.array(groupSeedSchema).default([]).describe('First groups of users; see below.'),
  gateways: z.array(gatewaySeedSchema).default([]).describe('First gateways to the telephone network; see below.'),
  routes: z
    .array(routeSeedSchema)
    .default([])
    .describe('First routes: which gateways numbers go to, in which order; see below.'),
  numbers: z
    .array(numberSeedSchema)
    .default([])
    .describe('First numbers at which people of the bridge are called; see below.'),
  rules: z
    .array(ruleSeedSchema)
    .default([])
    .describe('First rules of who may call where; see below. Without a rule no call is allowed.'),
  rates: z
    .array(rateSeedSchema)
    .default([])
    .describe('First prices of calls by prefix, for limits of cost; see below.'),
  brands: z
    .array(seededBrandSchema)
    .default([])
    .describe('Further brands, each with host names of its own; see [BRANDING.md](BRANDING.md).'),
  embedKeys: z
    .array(embedKeySeedSchema)
    .default([])
    .describe('First keys by which anonymous visitors of other sites may call; see below.'),
  signingKeys: z
    .array(signingKeySeedSchema)
    .default([])
    .describe('First keys by which host applications sign tokens for their users; see below.'),
});

/** `dialbridge.config.json` as written; `{}` is valid. Every key carries its meaning, from which docs/CONFIGURATION.md is generated. */
export const configSchema = z
  .strictObject({
    dataDir: z
      .string()
      .min(1)
      .default('./data')
      .describe('Folder of everything that the bridge keeps. One bridge per folder.'),
    http: http.prefault({}),
    sip: sip.prefault({}),
    media: media.prefault({}),
    calls: calls.prefault({}),
    probes: probesSchema.prefault({}),
    brand: defaultBrandSchema.prefault({}),
    auth: auth.prefault({}),
    billing: billing.prefault({}),
    callServer: callServer.prefault({}),
    regions: regionsSchema,
    log: z
      .strictObject({
        level: z
          .enum(['debug', 'info', 'warn', 'error', 'silent'])
          .default('info')
          .describe('Least weight of a line that is logged.'),
      })
      .prefault({}),
    demoGateway: z
      .boolean()
      .optional()
      .describe('Run the demo gateway on loopback. Absent: exactly when no gateway is seeded.'),
    seed: seed.prefault({}),
  })
  .superRefine(crossCheck);

/** What the file says, defaults filled in. */
export type WrittenConfig = z.output<typeof configSchema>;

function isAddressWithPort(text: string): boolean {
  const match = /^(?:\[([^\]]+)\]|([\d.]+)):(\d{1,5})$/.exec(text);
  const [, six, four, portText] = match ?? [];
  const isAddress = six === undefined ? isIP(four ?? '') === 4 : isIPv6(six);
  return isAddress && Number(portText) >= 1 && Number(portText) <= 65_535;
}
