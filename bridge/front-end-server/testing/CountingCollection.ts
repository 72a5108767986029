import type { Entity } from '../../storage/index.ts';
import { MemoryCollection } from '../../storage/memory/index.ts';

/** A collection for tests that counts its reads, to see what an operation costs. */
export class CountingCollection<T extends Entity> extends MemoryCollection<T> {
  readonly reads = { get: 0, list: 0 };

  override get(id: string): Promise<T | undefined> {
    this.reads.get += 1;
    return super.get(id);
  }

  override list(): Promise<readonly T[]> {
    this.reads.list += 1;
    return super.list();
  }
}
