import { z } from 'zod';

/** A secret by which access tokens are signed, as stored. Its id is the `kid` of their header (RFC 7515 section 4.1.4). */
export const tokenKeySchema = z.strictObject({
  id: z.string().min(1).max(100),
  /** At least 32 random bytes in base64url (RFC 7518 section 3.2). */
  secret: z.string().min(43),
  createdAtMs: z.number().int(),
  /** Signs from then on; every process knows it by then. */
  activeFromMs: z.number().int(),
  /** Its last token has run out by then; null: it is the newest. */
  retiresAtMs: z.number().int().nullable(),
});
export type TokenKey = z.infer<typeof tokenKeySchema>;
