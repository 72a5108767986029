import { type EmbedKey, originMatcher } from '../../../shared/admin/index.ts';
import type { EmbedKeyId } from '../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { Clock, Logger } from '../../observability/index.ts';
import { type Collection, CollectionMirror } from '../../storage/index.ts';

export interface EmbedKeysDeps {
  readonly embedKeys: Pick<Collection<EmbedKey>, 'list'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The embed keys in memory; a change made elsewhere counts within half a second, one of one's own after `reload`. */
export class EmbedKeys {
  readonly #mirror: CollectionMirror<EmbedKey>;
  /** By what is kept, so that each is made once for as long as its key does not change. */
  readonly #matchers = new WeakMap<EmbedKey, (origin: string) => boolean>();

  static async create({ embedKeys, ...deps }: EmbedKeysDeps): Promise<EmbedKeys> {
    return new EmbedKeys(
      await CollectionMirror.create({ ...deps, collection: embedKeys, name: 'the embed keys', intervalMs: 500 }),
    );
  }

  private constructor(mirror: CollectionMirror<EmbedKey>) {
    this.#mirror = mirror;
  }

  /** Also one that is switched off. */
  get(id: EmbedKeyId): EmbedKey | undefined {
    return this.#mirror.get(id);
  }

  get entities(): ReadonlyMap<string, EmbedKey> {
    return this.#mirror.entities;
  }

  /** @throws DialbridgeError `embedKeyInvalid` for one that is not there or is switched off */
  demand(id: EmbedKeyId): EmbedKey {
    const key = this.get(id);
    if (!key?.isEnabled) throw new DialbridgeError('embedKeyInvalid');
    return key;
  }

  /** Whether the key works on pages of this origin. */
  isPageOf(key: EmbedKey, origin: string): boolean {
    const matches = this.#matchers.get(key) ?? originMatcher(key.origins);
    this.#matchers.set(key, matches);
    return matches(origin);
  }

  reload(): Promise<void> {
    return this.#mirror.reload();
  }

  close(): void {
    this.#mirror.close();
  }
}
