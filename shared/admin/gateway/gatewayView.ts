import { z } from 'zod';
import { gatewayIdSchema } from '../../domain/index.ts';
import { keptFields } from '../kept.ts';
import { gatewayCredentialsSchema } from './account.ts';
import { gatewaySettings } from './gatewaySettings.ts';
import { incomingFields } from './incoming.ts';
import { tlsFields } from './tls.ts';

/** As people read it: without secrets. */
export const gatewayViewSchema = gatewaySettings.extend({
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
