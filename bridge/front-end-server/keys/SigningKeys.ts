import { createPublicKey, type KeyObject } from 'node:crypto';
import { originMatcher } from '../../../shared/admin/index.ts';
import type { SigningKeyId } from '../../../shared/domain/index.ts';
import { type Clock, drop, type Logger } from '../../observability/index.ts';
import { type Collection, CollectionMirror } from '../../storage/index.ts';
import type { SigningKey } from './SigningKey.ts';

export interface SigningKeysDeps {
  readonly signingKeys: Pick<Collection<SigningKey>, 'list' | 'update'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface Prepared {
  readonly verifyBy: KeyObject | Uint8Array;
  readonly matches: (origin: string) => boolean;
}

/** `lastUsedAtMs` is kept no finer than this: a write for each token would be one for each page that is opened. */
const useNotedEachMs = 60_000;

/** Host applications' keys in memory; a change made elsewhere counts within half a second, one of one's own after `reload`. */
export class SigningKeys {
  readonly #deps: SigningKeysDeps;
  readonly #mirror: CollectionMirror<SigningKey>;
  /** By what is kept, so that each is made once for as long as its key does not change. */
  readonly #prepared = new WeakMap<SigningKey, Prepared>();

  static async create(deps: SigningKeysDeps): Promise<SigningKeys> {
    const { signingKeys, clock, logger } = deps;
    const mirror = { collection: signingKeys, clock, logger, name: 'the signing keys', intervalMs: 500 };
    return new SigningKeys(deps, await CollectionMirror.create<SigningKey>(mirror));
  }

  private constructor(deps: SigningKeysDeps, mirror: CollectionMirror<SigningKey>) {
    this.#deps = deps;
    this.#mirror = mirror;
  }

  /** Also one that is switched off. */
  get(id: SigningKeyId): SigningKey | undefined {
    return this.#mirror.get(id);
  }

  get entities(): ReadonlyMap<string, SigningKey> {
    return this.#mirror.entities;
  }

  /** What its signatures are checked by. */
  verifierOf(key: SigningKey): KeyObject | Uint8Array {
    return this.#prepare(key).verifyBy;
  }

  /** Whether pages of this origin may use its tokens. */
  isPageOf(key: SigningKey, origin: string): boolean {
    return this.#prepare(key).matches(origin);
  }

  /** Notes that a token of it was good, at most once a minute; nobody waits for it, and its revision stays. */
  noteUse(key: SigningKey): void {
    const now = this.#deps.clock.now();
    if (key.lastUsedAtMs !== null && now - key.lastUsedAtMs < useNotedEachMs) return;
    const noting = this.#deps.signingKeys.update(key.id, (present) => {
      if (present === undefined) return undefined;
      const isNoted = present.lastUsedAtMs !== null && now - present.lastUsedAtMs < useNotedEachMs;
      return isNoted ? present : { ...present, lastUsedAtMs: now };
    });
    drop(noting, this.#deps.logger, 'noting the use of a signing key');
  }

  reload(): Promise<void> {
    return this.#mirror.reload();
  }

  close(): void {
    this.#mirror.close();
  }

  #prepare(key: SigningKey): Prepared {
    const present = this.#prepared.get(key);
    if (present) return present;
    const verifyBy = key.publicKey === null ? Buffer.from(key.secret ?? '', 'utf8') : createPublicKey(key.publicKey);
    const made = { verifyBy, matches: originMatcher(key.origins) };
    this.#prepared.set(key, made);
    return made;
  }
}
