import { z } from 'zod';
import {
  type AuditedKind,
  brandDraftSchema,
  brandSettingsSchema,
  embedKeyDraftSchema,
  embedKeySchema,
  gatewayCreateSchema,
  gatewayViewSchema,
  gatewayWriteSchema,
  groupDraftSchema,
  groupSchema,
  numberDraftSchema,
  numberSchema,
  numberSeedSchema,
  rateDraftSchema,
  rateIdSchema,
  rateSchema,
  routeCreateSchema,
  routeDraftSchema,
  routeSchema,
  ruleDraftSchema,
  ruleSchema,
  ruleSeedSchema,
  signingKeyDraftSchema,
  signingKeyViewSchema,
  signingKeyWriteSchema,
  slugSchema,
  userViewSchema,
  userWriteSchema,
  webhookDraftSchema,
  webhookSchema,
} from '../../../shared/admin/index.ts';

/** A new rule may leave its id to the bridge. */
const ruleCreateSchema = z.union([ruleDraftSchema, ruleSeedSchema]);

/** The bridge says the same, once it sees the key. */
const signingKeyCreateSchema = signingKeyWriteSchema.refine(
  ({ algorithm, publicKey = '' }) => algorithm === 'HS256' || publicKey.trim() !== '',
  { path: ['publicKey'], error: 'expected the public key, as PEM or JWK' },
);

/**
 * What is edited: its path below `/api/v1/admin`, its name in the audit log, how one reads, what `POST` and `PUT` take. Forms check with the schemas by
 * which the bridge checks.
 */
export const entityKinds = {
  users: { path: '/users', audited: 'user', entity: userViewSchema, create: userWriteSchema, write: userWriteSchema },
  groups: {
    path: '/groups',
    audited: 'group',
    entity: groupSchema,
    create: groupDraftSchema.safeExtend({ id: slugSchema }),
    write: groupDraftSchema,
  },
  rules: { path: '/rules', audited: 'rule', entity: ruleSchema, create: ruleCreateSchema, write: ruleDraftSchema },
  rates: {
    path: '/rates',
    audited: 'rate',
    entity: rateSchema,
    create: rateDraftSchema.safeExtend({ id: rateIdSchema }),
    write: rateDraftSchema,
  },
  brands: {
    path: '/brands',
    audited: 'brand',
    entity: brandSettingsSchema,
    create: brandDraftSchema.safeExtend({ id: slugSchema }),
    write: brandDraftSchema,
  },
  embedKeys: {
    path: '/embed-keys',
    audited: 'embedKey',
    entity: embedKeySchema,
    create: embedKeyDraftSchema,
    write: embedKeyDraftSchema,
  },
  signingKeys: {
    path: '/signing-keys',
    audited: 'signingKey',
    entity: signingKeyViewSchema,
    create: signingKeyCreateSchema,
    write: signingKeyDraftSchema,
  },
  webhooks: {
    path: '/webhooks',
    audited: 'webhook',
    entity: webhookSchema,
    create: webhookDraftSchema,
    write: webhookDraftSchema,
  },
  gateways: {
    path: '/gateways',
    audited: 'gateway',
    entity: gatewayViewSchema,
    create: gatewayCreateSchema,
    write: gatewayWriteSchema,
  },
  routes: {
    path: '/routes',
    audited: 'route',
    entity: routeSchema,
    create: routeCreateSchema,
    write: routeDraftSchema,
  },
  numbers: {
    path: '/numbers',
    audited: 'number',
    entity: numberSchema,
    create: numberSeedSchema,
    write: numberDraftSchema,
  },
} as const satisfies Readonly<Record<string, KindOfEntity>>;

interface KindOfEntity {
  readonly path: string;
  /** What the audit log calls it. */
  readonly audited: AuditedKind;
  readonly entity: z.ZodType;
  readonly create: z.ZodType;
  readonly write: z.ZodType;
}

export type EntityKind = keyof typeof entityKinds;
export type EntityOf<Kind extends EntityKind> = z.output<(typeof entityKinds)[Kind]['entity']>;
/** What a person writes, as `POST` takes it. */
export type CreateOf<Kind extends EntityKind> = z.input<(typeof entityKinds)[Kind]['create']>;
/** What a person writes, as `PUT` takes it. */
export type WriteOf<Kind extends EntityKind> = z.input<(typeof entityKinds)[Kind]['write']>;
