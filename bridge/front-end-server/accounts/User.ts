import { z } from 'zod';
import { keptFields, userDraftSchema } from '../../../shared/admin/index.ts';
import { userIdSchema } from '../../../shared/domain/index.ts';
import { userRoleSchema } from '../../../shared/protocol/index.ts';

const { brandId, groups, callerNumbers, isEnabled } = userDraftSchema.shape;
const userSettings = { brandId, groups, callerNumbers, isEnabled } as const;

/** A person who can sign in, as stored. */
export const userSchema = z.strictObject({
  id: userIdSchema,
  /** Unique without regard to case. */
  userName: z.string().min(1).max(100),
  displayName: z.string().min(1).max(200),
  role: userRoleSchema,
  /** argon2id in PHC string format; null: no password, so that nobody signs in by one. */
  passwordHash: z.string().nullable(),
  createdAtMs: z.number().int(),
  ...userSettings,
  ...keptFields,
});
export type User = z.infer<typeof userSchema>;

/** A person in the config's `seed.users`. The password is hashed at once and never kept. */
export const userSeedSchema = z.strictObject({
  userName: z.string().min(1).max(100),
  password: z.string().min(8, 'expected at least 8 characters'),
  displayName: z.string().min(1).max(200).optional(),
  role: userRoleSchema.exclude(['visitor']).default('user'),
  ...userSettings,
});
export type UserSeed = z.infer<typeof userSeedSchema>;
