import { z } from 'zod';
import { gatewayIdSchema } from '../../domain/index.ts';
import { keptFields, slugSchema } from '../kept.ts';
import { gatewayCredentialsSchema } from './account.ts';
import { gatewaySettings } from './gatewaySettings.ts';
import { incomingCredentialsSchema, incomingFields } from './incoming.ts';
import { privateKeySchema, tlsFields } from './tls.ts';

const hasAccountIfItRegisters = (gateway: { registration: unknown; credentials?: unknown }) =>
  gateway.registration === null || gateway.credentials != null;
export const noAccount = { error: 'expected credentials, since the gateway is registered with', path: ['credentials'] };

const gatewayFields = gatewaySettings.extend({
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
