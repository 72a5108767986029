import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { Collection } from '../../storage/index.ts';
import type { KeptEntity } from './EntityKind.ts';

/**
 * Puts and deletes many at once, all or none. `present`: what the change was made from.
 * @throws DialbridgeError `conflict` where one of them is not as it was then
 */
export async function changeAll<Kept extends KeptEntity>(
  collection: Pick<Collection<Kept>, 'updateAll'>,
  change: {
    readonly present: readonly Kept[];
    readonly put: readonly Kept[];
    readonly deleted?: readonly Kept['id'][];
  },
): Promise<void> {
  const { present, put, deleted = [] } = change;
  const known = new Map(present.map(({ id, revision }) => [id, revision]));
  await collection.updateAll((now) => {
    const touched = [...put.map(({ id }) => id), ...deleted];
    if (touched.some((id) => now.get(id)?.revision !== known.get(id))) throw new DialbridgeError('conflict');
    const after = new Map(now);
    for (const entity of put) after.set(entity.id, entity);
    for (const id of deleted) after.delete(id);
    return after;
  });
}
