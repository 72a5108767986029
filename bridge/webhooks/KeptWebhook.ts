import { z } from 'zod';
import { type Webhook, webhookSchema } from '../../shared/admin/index.ts';

const secretSchema = z.string().regex(/^whsec_/);

/** A webhook as stored. Its secrets are needed in clear to sign, and never told again. */
export const keptWebhookSchema = webhookSchema.extend({
  secret: secretSchema,
  /** The one before; signs too until `oldSecretEndsAtMs`. */
  oldSecret: secretSchema.nullable(),
});
export type KeptWebhook = z.infer<typeof keptWebhookSchema>;

/** What operators see of it. */
export function toWebhookView({ secret: _, oldSecret: __, ...view }: KeptWebhook): Webhook {
  return view;
}

/** 256 random bits, so that nobody guesses a signature. */
export function newWebhookSecret(randomBytes: (size: number) => Uint8Array): string {
  return `whsec_${Buffer.from(randomBytes(32)).toString('base64url')}`;
}

/** What signs now: the present secret first. */
export function secretsAt({ secret, oldSecret, oldSecretEndsAtMs }: KeptWebhook, nowMs: number): readonly string[] {
  return oldSecret !== null && nowMs < (oldSecretEndsAtMs ?? 0) ? [secret, oldSecret] : [secret];
}
