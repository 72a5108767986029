import { z } from 'zod';
import {
  brandDraftSchema,
  brandSettingsSchema,
  embedKeyDraftSchema,
  embedKeySchema,
  groupDraftSchema,
  groupSchema,
  rateDraftSchema,
  rateIdSchema,
  rateSchema,
  ruleDraftSchema,
  ruleSchema,
  ruleSeedSchema,
  signingKeyDraftSchema,
  signingKeyViewSchema,
  signingKeyWriteSchema,
  slugSchema,
  userViewSchema,
  userWriteSchema,
} from '../../../shared/admin/index.ts';

/** A new rule may leave its id to the bridge. */
const ruleCreateSchema = z.union([ruleDraftSchema, ruleSeedSchema]);

/** The bridge says the same, once it sees the key. */
const signingKeyCreateSchema = signingKeyWriteSchema.refine(
  ({ algorithm, publicKey = '' }) => algorithm === 'HS256' || publicKey.trim() !== '',
  { path: ['publicKey'], error: 'expected the public key, as PEM or JWK' },
);

/**
 * What is edited: its path below `/api/v1/admin`, how one reads, what `POST` and `PUT` take. Forms check with the schemas by
 * which the bridge checks.
 */
export const entityKinds = {
  users: { path: '/users', entity: userViewSchema, create: userWriteSchema, write: userWriteSchema },
  groups: {
    path: '/groups',
    entity: groupSchema,
    create: groupDraftSchema.safeExtend({ id: slugSchema }),
    write: groupDraftSchema,
  },
  rules: { path: '/rules', entity: ruleSchema, create: ruleCreateSchema, write: ruleDraftSchema },
  rates: {
    path: '/rates',
    entity: rateSchema,
    create: rateDraftSchema.safeExtend({ id: rateIdSchema }),
    write: rateDraftSchema,
  },
  brands: {
    path: '/brands',
    entity: brandSettingsSchema,
    create: brandDraftSchema.safeExtend({ id: slugSchema }),
    write: brandDraftSchema,
  },
  embedKeys: {
    path: '/embed-keys',
    entity: embedKeySchema,
    create: embedKeyDraftSchema,
    write: embedKeyDraftSchema,
  },
  signingKeys: {
    path: '/signing-keys',
    entity: signingKeyViewSchema,
    create: signingKeyCreateSchema,
    write: signingKeyDraftSchema,
  },
} as const;

export type EntityKind = keyof typeof entityKinds;
export type EntityOf<Kind extends EntityKind> = z.output<(typeof entityKinds)[Kind]['entity']>;
/** What a person writes, as `POST` takes it. */
export type CreateOf<Kind extends EntityKind> = z.input<(typeof entityKinds)[Kind]['create']>;
/** What a person writes, as `PUT` takes it. */
export type WriteOf<Kind extends EntityKind> = z.input<(typeof entityKinds)[Kind]['write']>;
