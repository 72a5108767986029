import { z } from 'zod';
import { brandIdSchema, groupIdSchema, userIdSchema } from '../domain/index.ts';
import { userRoleSchema } from '../protocol/index.ts';
import { callerNumberSchema, keptFields, plainText, slugSchema } from './kept.ts';

export const passwordSchema = z.string().min(8, 'expected at least 8 characters').max(1000);

/** Users as operators see and write them; the password's hash stays inside. */
export const userDraftSchema = z.strictObject({
  userName: plainText(100),
  displayName: plainText(200),
  role: userRoleSchema.exclude(['visitor']).default('user'),
  brandId: brandIdSchema
    .nullable()
    .default(null)
    .describe('The brand under whose pages the user signs in; null: under any. A brand manager must have one'),
  groups: z.array(groupIdSchema).max(1000).default([]),
  callerNumbers: z
    .array(callerNumberSchema)
    .max(100)
    .default([])
    .describe('Caller IDs of this user, the usual one first'),
  isEnabled: z.boolean().default(true).describe('false: can’t sign in; signing in elsewhere ends at once'),
});
export type UserDraft = z.infer<typeof userDraftSchema>;

/** `POST /admin/users` and `PUT /admin/users/:id`. On a change an absent password keeps the present one. */
export const userWriteSchema = userDraftSchema.extend({ password: passwordSchema.optional() });
export type UserWrite = z.infer<typeof userWriteSchema>;

export const userViewSchema = userDraftSchema.extend({
  id: userIdSchema,
  hasPassword: z.boolean(),
  createdAtMs: z.number().int(),
  ...keptFields,
});
export type UserView = z.infer<typeof userViewSchema>;

export const groupDraftSchema = z.strictObject({
  name: plainText(200),
  brandId: brandIdSchema.nullable().default(null).describe('null: of every brand'),
});
export type GroupDraft = z.infer<typeof groupDraftSchema>;
/** As the config's `seed` has it. */
export const groupSeedSchema = groupDraftSchema.extend({ id: groupIdSchema.and(slugSchema) });
export type GroupSeed = z.infer<typeof groupSeedSchema>;

export const groupSchema = groupSeedSchema.extend(keptFields);
export type Group = z.infer<typeof groupSchema>;
