import { z } from 'zod';
import { gatewayIdSchema } from '../../domain/index.ts';
import { slugSchema } from '../kept.ts';
import { gatewayCredentialsSchema, secretText } from './account.ts';
import { noAccount } from './gateway.ts';
import { gatewaySettings } from './gatewaySettings.ts';
import { incomingCredentialsSchema, incomingFields } from './incoming.ts';
import { privateKeySchema, tlsFields } from './tls.ts';

const keepsPassword = { password: secretText.optional().describe('Absent: the present one stays') };

/** `PUT /admin/gateways/:id`, and with an id `POST /admin/gateways`. An absent secret keeps the present one. */
const gatewayWriteFields = gatewaySettings.extend({
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
