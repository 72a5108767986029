import { z } from 'zod';
import { brandIdSchema, userIdSchema } from '../domain/index.ts';
import { userRoleSchema } from '../protocol/index.ts';

export const auditedKindSchema = z.enum([
  'user',
  'group',
  'rule',
  'rate',
  'gateway',
  'route',
  'number',
  'brand',
  'brandAsset',
  'embedKey',
  'signingKey',
  'accessKey',
  'session',
  'call',
  'webhook',
]);
export type AuditedKind = z.infer<typeof auditedKindSchema>;

export const auditActionSchema = z.enum([
  'create',
  'update',
  'delete',
  'reorder',
  'import',
  'rotate',
  'signOutEverywhere',
  'test',
  'hangUp',
  'redeliver',
]);
export type AuditAction = z.infer<typeof auditActionSchema>;

/** Who changed what, when, from what to what. Secrets are blanked. */
export const auditEntrySchema = z.object({
  id: z.string().min(1),
  atMs: z.number().int(),
  actor: z.object({ userId: userIdSchema, userName: z.string(), role: userRoleSchema }),
  address: z.string().describe('IP address that the change came from'),
  action: auditActionSchema,
  kind: auditedKindSchema,
  entityId: z.string().nullable().describe('null where many were changed at once'),
  brandId: brandIdSchema
    .nullable()
    .describe('Brand whose manager may read the entry; null: operators and auditors only'),
  before: z.unknown().describe('null where it was made'),
  after: z.unknown().describe('null where it was deleted'),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;
