import { z } from 'zod';
import { callServerIdSchema } from '../../domain/index.ts';
import { brandSchema } from '../brand.ts';
import { signedInUserSchema } from '../sessionTopic.ts';

/** `POST /api/v1/session`: by user name and password, or by a sign-in link's token, which works once. */
export const signInRequestSchema = z.union([
  z.strictObject({ userName: z.string().min(1).max(100), password: z.string().min(1).max(1000) }),
  z.strictObject({ signInToken: z.string().min(20).max(200) }),
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
