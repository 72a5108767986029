import { groupDraftSchema, groupSchema, groupSeedSchema } from '../../../shared/admin/index.ts';
import type { Administration } from '../../administration/index.ts';
import type { Endpoint } from '../endpoints/index.ts';
import { entityEndpoints, plainCreation } from './entityEndpoints.ts';

export function groupEndpoints({ groups }: Pick<Administration, 'groups'>): readonly Endpoint[] {
  return entityEndpoints(groups, plainCreation(groups, { body: groupSeedSchema, view: groupSchema }), {
    path: 'groups',
    tag: 'Groups',
    names: { one: 'Group', many: 'Groups' },
    noun: 'a group',
    id: groupSchema.shape.id,
    write: groupDraftSchema,
    view: groupSchema,
    changeErrors: ['inUse'],
  });
}
