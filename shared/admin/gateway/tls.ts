import { z } from 'zod';
import { hostSchema } from './address.ts';

const pem = (label: RegExp, what: string) => z.string().max(100_000).regex(label, `expected PEM text with a ${what}`);
const certificateLabel = /-----BEGIN CERTIFICATE-----/;

export const tlsFields = {
  isVerified: z.boolean().default(true).describe('Check the gateway’s certificate. false only for tests'),
  serverName: hostSchema
    .nullable()
    .default(null)
    .describe('Name that the certificate must have; null: `host` (RFC 5922)'),
  ca: pem(certificateLabel, 'certificate')
    .nullable()
    .default(null)
    .describe('Certificates of the authorities that the gateway’s may come from (PEM); null: the usual public ones'),
  certificate: pem(certificateLabel, 'certificate')
    .nullable()
    .default(null)
    .describe('Our own certificate and its chain (PEM), where the gateway wants one'),
} as const;
export const privateKeySchema = pem(/-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/, 'private key');
