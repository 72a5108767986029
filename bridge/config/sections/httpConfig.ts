import { z } from 'zod';
import { hostName, port } from './configFields.ts';

export const httpSchema = z.strictObject({
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
