import { z } from 'zod';
import {
  keptFields,
  type SigningKeyDraft,
  type SigningKeyView,
  signingKeyDraftSchema,
  slugSchema,
} from '../../../shared/admin/index.ts';
import { signingKeyIdSchema } from '../../../shared/domain/index.ts';
import { invalidSetting, type SettingProblem } from '../../../shared/errors/index.ts';
import { newSecret } from '../tokens/secretToken.ts';
import { readPublicKey, toPem } from './readPublicKey.ts';

/** What proves a host application's tokens: one of the two, by the algorithm. */
const material = {
  /** PEM (SPKI); null for HS256. */
  publicKey: z.string().nullable(),
  /** HS256: its UTF-8 bytes are the key. Needed in clear to check a token; never told again. */
  secret: z.string().nullable(),
} as const;

/** A key with which a host application signs tokens, as stored. */
export const signingKeySchema = signingKeyDraftSchema.extend({
  id: signingKeyIdSchema,
  ...material,
  createdAtMs: z.number().int(),
  lastUsedAtMs: z.number().int().nullable().default(null),
  ...keptFields,
});
export type SigningKey = z.infer<typeof signingKeySchema>;
export type SigningKeyMaterial = Pick<SigningKey, 'publicKey' | 'secret'>;

/** In the config's `seed.signingKeys`: with a public key, or for HS256 with a secret that the host application has too. */
export const signingKeySeedSchema = signingKeyDraftSchema
  .extend({
    id: signingKeyIdSchema.and(slugSchema),
    publicKey: z.string().max(10_000).optional(),
    // RFC 7518 section 3.2: at least as long as the hash.
    secret: z.string().min(32, 'expected at least 32 characters').max(1000).optional(),
  })
  .superRefine((seed, context) => {
    const problem = findMaterialProblem(seed);
    if (problem) context.addIssue({ code: 'custom', path: [problem.key], message: problem.expected });
  });
export type SigningKeySeed = z.infer<typeof signingKeySeedSchema>;

type Written = Pick<SigningKeyDraft, 'algorithm'> & { readonly publicKey?: string | undefined };

/**
 * What is kept of a key that is registered: its public key as PEM, or for HS256 a new secret of 256 random bits.
 * @throws DialbridgeError `invalidSetting` with what was expected of `publicKey`
 */
export function makeSigningKeyMaterial(
  written: Written,
  randomBytes: (size: number) => Uint8Array,
): SigningKeyMaterial {
  if (written.algorithm === 'HS256' && written.publicKey === undefined) {
    return { publicKey: null, secret: newSecret(randomBytes) };
  }
  const problem = findMaterialProblem({ ...written, ...(written.algorithm === 'HS256' && { secret: 'made by us' }) });
  if (problem) throw invalidSetting([problem]);
  return toMaterial(written);
}

/** Of a seed, which the schema has checked. */
export function toMaterial({
  algorithm,
  publicKey,
  secret,
}: Written & { secret?: string | undefined }): SigningKeyMaterial {
  if (algorithm === 'HS256') return { publicKey: null, secret: secret ?? null };
  const read = readPublicKey(publicKey ?? '', algorithm);
  return { publicKey: 'key' in read ? toPem(read.key) : null, secret: null };
}

/** What operators see of it. */
export function toSigningKeyView({ secret: _, ...view }: SigningKey): SigningKeyView {
  return view;
}

function findMaterialProblem({
  algorithm,
  publicKey,
  secret,
}: Written & { readonly secret?: string | undefined }): SettingProblem | undefined {
  if (algorithm === 'HS256') {
    if (publicKey !== undefined) return { key: 'publicKey', expected: 'expected none: HS256 has a secret' };
    return secret === undefined ? { key: 'secret', expected: 'expected a secret for HS256' } : undefined;
  }
  if (secret !== undefined) return { key: 'secret', expected: `expected none: ${algorithm} has a public key` };
  if (publicKey === undefined) return { key: 'publicKey', expected: `expected the public key for ${algorithm}` };
  const read = readPublicKey(publicKey, algorithm);
  return 'key' in read ? undefined : { key: 'publicKey', expected: read.expected };
}
