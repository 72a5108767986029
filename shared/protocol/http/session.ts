import { z } from 'zod';
import { callServerIdSchema } from '../../domain/index.ts';
import { brandSchema } from '../brand.ts';
import { signedInUserSchema } from '../sessionTopic.ts';

/**
 * `POST /api/v1/session`: by user name and password; by a sign-in link's token, which works once; by a token that a host
 * application signed for its user; or by an embed key, as an anonymous visitor. The last two get no cookie: whoever holds the
 * token or the key asks again.
 */
export const signInRequestSchema = z.union([
  z.strictObject({ userName: z.string().min(1).max(100), password: z.string().min(1).max(1000) }),
  z.strictObject({ signInToken: z.string().min(20).max(200) }),
  z.strictObject({ hostToken: z.string().min(20).max(8000) }),
  z.strictObject({
    embedKey: z.string().min(8).max(100),
    visitorId: z.string().min(8).max(64).optional().describe('Kept by the page, so that a visitor stays the same one'),
    frameTicket: z
      .string()
      .max(1000)
      .optional()
      .describe('What the embed page was given when it was framed by a page of an allowed origin'),
  }),
]);
export type SignInRequest = z.infer<typeof signInRequestSchema>;

/**
 * Answer of `POST /api/v1/session` and `POST /api/v1/session/refresh`. The refresh token goes into a cookie
 * (HttpOnly, SameSite=Strict) that only those two paths and `DELETE /api/v1/session` get.
 */
export const sessionGrantSchema = z.object({
  accessToken: z.string(),
  /** Milliseconds since the epoch. */
  expiresAtMs: z.number().int(),
  user: signedInUserSchema,
  brand: brandSchema,
  /** The call server that the load balancer chose; socket.io connects to `url`. */
  callServer: z.object({ id: callServerIdSchema, url: z.url() }),
});
export type SessionGrant = z.infer<typeof sessionGrantSchema>;
