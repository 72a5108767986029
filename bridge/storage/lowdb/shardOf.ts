/**
 * The shard of an entity: FNV-1a (draft-eastlake-fnv) of the two bytes of each UTF-16 code unit of its id, the lower first. The
 * place of what is kept depends on it: it never changes.
 */
export function shardOf(id: string, shards: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index += 1) {
    const unit = id.charCodeAt(index);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >> 8), 0x01000193);
  }
  // Its upper bits are the better mixed ones.
  return ((hash ^ (hash >>> 16)) >>> 0) % shards;
}

export function shardFileName(number: number): string {
  return `${String(number).padStart(3, '0')}.json`;
}
