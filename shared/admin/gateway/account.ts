import { z } from 'zod';

export const secretText = z.string().max(1000);

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
