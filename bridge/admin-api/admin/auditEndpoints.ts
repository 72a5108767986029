import { z } from 'zod';
import { auditEntrySchema, auditedKindSchema } from '../../../shared/admin/index.ts';
import { brandIdSchema, userIdSchema } from '../../../shared/domain/index.ts';
import { type Administration, administrativeRoles } from '../../administration/index.ts';
import { defineEndpoint, type Endpoint } from '../endpoints/index.ts';
import { adminPath, pageQuery, pageSchema } from './entityEndpoints.ts';

const querySchema = z.strictObject({
  kind: auditedKindSchema.optional().describe('Only changes of this kind of thing'),
  entityId: z.string().max(300).optional().describe('Only changes of the one with this id'),
  actorId: userIdSchema.optional().describe('Only changes by this user'),
  brandId: brandIdSchema.optional().describe('Only changes of what is of this brand'),
  ...pageQuery,
});

export function auditEndpoints({ trail }: Pick<Administration, 'trail'>): readonly Endpoint[] {
  return [
    defineEndpoint({
      method: 'get',
      path: `${adminPath}/audit`,
      operationId: 'listAuditEntries',
      tag: 'Audit log',
      summary: 'Lists who changed what, the newest first',
      caller: 'administrator',
      roles: administrativeRoles,
      query: querySchema,
      answer: { status: 200, description: 'One page of entries', schema: pageSchema(auditEntrySchema) },
      handle: ({ caller, query }) => trail.page(caller, query),
    }),
  ];
}
