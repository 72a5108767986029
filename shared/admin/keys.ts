import { z } from 'zod';
import { brandIdSchema, embedKeyIdSchema, groupIdSchema, signingKeyIdSchema } from '../domain/index.ts';
import { callerNumberSchema, keptFields, originPatternSchema, plainText, prefixSchema, slugSchema } from './kept.ts';
import { limitsSchema, sharedLimitsSchema } from './limits.ts';

/**
 * A publishable key by which anonymous visitors of somebody's pages may call. It allows what it names, unless a rule that is
 * met first says otherwise; nothing makes it reach further.
 */
export const embedKeyDraftSchema = z.strictObject({
  name: plainText(200),
  brandId: brandIdSchema,
  isEnabled: z.boolean().default(true),
  origins: z.array(originPatternSchema).min(1).max(100).describe('Pages on which it works'),
  destinations: z
    .array(
      z.strictObject({ number: prefixSchema, isPrefix: z.boolean().default(false), label: plainText(100).optional() }),
    )
    .min(1)
    .max(1000)
    .describe('Numbers (E.164) that may be called, or with `isPrefix` all that begin like this'),
  visitorName: plainText(100).default('Website visitor').describe('Name shown to the called party'),
  callerNumber: callerNumberSchema.nullable().default(null),
  limits: limitsSchema
    .default({ callsAtOnce: 1, callsPerMinute: 3, maxDurationMs: 3_600_000 })
    .describe('For each visitor (IP address)'),
  sharedLimits: sharedLimitsSchema.default({ callsAtOnce: 10 }).describe('For all visitors of this key together'),
});
export type EmbedKeyDraft = z.infer<typeof embedKeyDraftSchema>;

/** As the config's `seed` has it. */
export const embedKeySeedSchema = embedKeyDraftSchema.extend({
  id: embedKeyIdSchema.and(slugSchema.min(8)),
});
export type EmbedKeySeed = z.infer<typeof embedKeySeedSchema>;

export const embedKeySchema = embedKeyDraftSchema.extend({
  id: embedKeyIdSchema,
  createdAtMs: z.number().int(),
  ...keptFields,
});
export type EmbedKey = z.infer<typeof embedKeySchema>;

/** A key with which a host application signs tokens for its own users (JWT, RFC 7519). */
export const signingKeyDraftSchema = z.strictObject({
  name: plainText(200),
  brandId: brandIdSchema.describe('Tokens may name this brand and no other'),
  isEnabled: z.boolean().default(true),
  algorithm: z.enum(['EdDSA', 'ES256', 'HS256']),
  issuer: z.string().min(1).max(300).describe('Value of `iss`'),
  audience: z.string().min(1).max(300).default('dialbridge').describe('Value of `aud`'),
  maxLifetimeMs: z
    .number()
    .int()
    .min(10_000)
    .max(86_400_000)
    .default(3_600_000)
    .describe('Tokens that live longer (`exp` − `iat`) are refused'),
  groups: z.array(groupIdSchema).max(1000).default([]).describe('Groups that its tokens may put their users into'),
  origins: z
    .array(originPatternSchema)
    .max(100)
    .default([])
    .describe('Pages of other origins that may use its tokens; none: only pages of the bridge, and programs'),
});
export type SigningKeyDraft = z.infer<typeof signingKeyDraftSchema>;

/** `POST /admin/signing-keys`: for EdDSA and ES256 the public key; for HS256 none: the answer has the secret, once. */
export const signingKeyWriteSchema = signingKeyDraftSchema.extend({
  publicKey: z.string().max(10_000).optional().describe('PEM (SPKI) or JWK in JSON; for EdDSA and ES256'),
});
export type SigningKeyWrite = z.infer<typeof signingKeyWriteSchema>;

export const signingKeyViewSchema = signingKeyDraftSchema.extend({
  id: signingKeyIdSchema,
  publicKey: z.string().nullable().describe('PEM; null for HS256, whose secret is shown once'),
  createdAtMs: z.number().int(),
  lastUsedAtMs: z.number().int().nullable(),
  ...keptFields,
});
export type SigningKeyView = z.infer<typeof signingKeyViewSchema>;

/** What a host application's token may say of its user, besides `iss`, `aud`, `sub`, `iat`, `exp` (RFC 7519 section 4.1). */
export const hostTokenClaimsSchema = z.object({
  brand: brandIdSchema,
  name: plainText(200).describe('Display name'),
  userName: plainText(100).optional().describe('Name that rules and From use; absent: `sub`'),
  grants: z
    .object({
      groups: z.array(groupIdSchema).max(100).default([]),
      destinations: z
        .array(prefixSchema)
        .min(1)
        .max(100)
        .optional()
        .describe('The user may call numbers with these prefixes only'),
      callerNumbers: z.array(callerNumberSchema).min(1).max(100).optional(),
    })
    .prefault({}),
});
export type HostTokenClaims = z.infer<typeof hostTokenClaimsSchema>;
