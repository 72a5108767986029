import { embedKeyDraftSchema, embedKeySchema } from '../../../shared/admin/index.ts';
import type { Administration } from '../../administration/index.ts';
import type { Endpoint } from '../endpoints/index.ts';
import { entityEndpoints, plainCreation } from './entityEndpoints.ts';

export function embedKeyEndpoints({ embedKeys }: Pick<Administration, 'embedKeys'>): readonly Endpoint[] {
  return entityEndpoints(
    embedKeys,
    plainCreation(embedKeys, {
      body: embedKeyDraftSchema,
      view: embedKeySchema,
      description: 'Its id is the key that goes into the page.',
    }),
    {
      path: 'embed-keys',
      tag: 'Embed keys',
      names: { one: 'EmbedKey', many: 'EmbedKeys' },
      noun: 'an embed key',
      id: embedKeySchema.shape.id,
      write: embedKeyDraftSchema,
      view: embedKeySchema,
      changeErrors: ['inUse'],
    },
  );
}
