import { z } from 'zod';
import { callServerIdSchema } from '../../shared/domain/index.ts';
import { crossCheck } from './crossCheck.ts';
import { authSchema } from './sections/authConfig.ts';
import { defaultBrandSchema } from './sections/brandConfig.ts';
import { callsSchema } from './sections/callsConfig.ts';
import { httpSchema } from './sections/httpConfig.ts';
import { mediaSchema } from './sections/mediaConfig.ts';
import { probesSchema, regionsSchema } from './sections/probesConfig.ts';
import { recordsSchema } from './sections/recordsConfig.ts';
import { seedSchema } from './sections/seedConfig.ts';
import { sipSchema } from './sections/sipConfig.ts';
import { webhooksSchema } from './sections/webhooksConfig.ts';

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

/** `dialbridge.config.json` as written; `{}` is valid. Every key carries its meaning, from which docs/CONFIGURATION.md is generated. */
export const configSchema = z
  .strictObject({
    dataDir: z
      .string()
      .min(1)
      .default('./data')
      .describe('Folder of everything that the bridge keeps. One bridge per folder.'),
    http: httpSchema.prefault({}),
    sip: sipSchema.prefault({}),
    media: mediaSchema.prefault({}),
    calls: callsSchema.prefault({}),
    records: recordsSchema.prefault({}),
    metrics: z
      .strictObject({
        token: z
          .string()
          .min(16)
          .nullable()
          .default(null)
          .describe(
            'What Prometheus shows as bearer token at `/metrics`, which is not there without it (null). Better as `DIALBRIDGE_METRICS_TOKEN_FILE`.',
          ),
      })
      .prefault({}),
    webhooks: webhooksSchema.prefault({}),
    probes: probesSchema.prefault({}),
    brand: defaultBrandSchema.prefault({}),
    auth: authSchema.prefault({}),
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
    seed: seedSchema.prefault({}),
  })
  .superRefine(crossCheck);

/** What the file says, defaults filled in. */
export type WrittenConfig = z.output<typeof configSchema>;
