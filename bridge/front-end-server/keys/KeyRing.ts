import { type Clock, drop, type Logger, type Timer } from '../../observability/index.ts';
import { type Collection, CollectionMirror } from '../../storage/index.ts';
import { newSecret } from '../tokens/secretToken.ts';
import type { TokenKey } from './TokenKey.ts';

export interface KeyRingDeps {
  readonly tokenKeys: Collection<TokenKey>;
  /** Secret of the first key: the one of before there was a ring, so that its tokens stay good. 32 random bytes in base64url. */
  readonly firstSecret: string;
  /** How long the longest-lived token lives, in milliseconds. */
  readonly longestLifeMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly newId: () => string;
  readonly randomBytes: (size: number) => Uint8Array;
}

/** A key as operators see it. */
export interface AccessKeyView {
  readonly id: string;
  readonly createdAtMs: number;
  /** `current`: signs, or will within two seconds. `retiring`: only checks tokens that it signed before. */
  readonly state: 'current' | 'retiring';
  /** Milliseconds since the epoch; null for the current one. */
  readonly retiresAtMs: number | null;
}

/** Id of the first key. Tokens of before there was a ring name no key, and mean this one. */
const firstKeyId = 'initial';
/** A new key signs only after this time, when every process has read it, in milliseconds: twice the mirror's interval. */
const leadMs = 2000;
/** For clocks that differ, and for tokens whose end is rounded up to the full second, in milliseconds. */
const slackMs = 5000;
const forgetIntervalMs = 60_000;

/**
 * The secrets that sign access tokens and frame tickets. `rotate` makes a new one; those before go on checking what they
 * signed until the last of it has run out, so nobody is signed out.
 */
export class KeyRing {
  readonly #deps: KeyRingDeps;
  readonly #mirror: CollectionMirror<TokenKey>;
  #timer: Timer | undefined;

  static async create(deps: KeyRingDeps): Promise<KeyRing> {
    const { tokenKeys, firstSecret, clock, logger } = deps;
    const now = clock.now();
    await tokenKeys.updateAll((present) => {
      const first = { id: firstKeyId, secret: firstSecret, createdAtMs: now, activeFromMs: now, retiresAtMs: null };
      return present.size > 0 ? present : new Map([[firstKeyId, first]]);
    });
    const mirror = { collection: tokenKeys, clock, logger, name: 'the token keys' };
    const ring = new KeyRing(deps, await CollectionMirror.create<TokenKey>(mirror));
    ring.#forgetRetired();
    return ring;
  }

  private constructor(deps: KeyRingDeps, mirror: CollectionMirror<TokenKey>) {
    this.#deps = deps;
    this.#mirror = mirror;
  }

  /** The key that signs now. */
  get current(): TokenKey {
    const now = this.#deps.clock.now();
    const [current] = [...this.#mirror.entities.values()]
      .filter(({ activeFromMs }) => activeFromMs <= now)
      .toSorted((a, b) => b.activeFromMs - a.activeFromMs);
    if (current === undefined) throw new Error('There is no key for access tokens.');
    return current;
  }

  /** The key by the `kid` of a token; undefined when there is none (any more). */
  get(kid: string | undefined): TokenKey | undefined {
    const key = this.#mirror.get(kid ?? firstKeyId);
    return key && !hasRetired(key, this.#deps.clock.now()) ? key : undefined;
  }

  /** Newest first. */
  list(): readonly AccessKeyView[] {
    const now = this.#deps.clock.now();
    return [...this.#mirror.entities.values()]
      .filter((key) => !hasRetired(key, now))
      .toSorted((a, b) => b.activeFromMs - a.activeFromMs)
      .map(({ id, createdAtMs, retiresAtMs }) => ({
        id,
        createdAtMs,
        state: retiresAtMs === null ? 'current' : 'retiring',
        retiresAtMs,
      }));
  }

  /** Makes a new current key; those before retire when their last token has run out. */
  async rotate(): Promise<void> {
    const { tokenKeys, clock, longestLifeMs, newId, randomBytes, logger } = this.#deps;
    const now = clock.now();
    const id = newId();
    const secret = newSecret(randomBytes);
    const retiresAtMs = now + leadMs + longestLifeMs + slackMs;
    await tokenKeys.updateAll((present) => {
      const kept = [...present.values()].filter((key) => !hasRetired(key, now));
      const retiring = kept.map((key) => ({ ...key, retiresAtMs: key.retiresAtMs ?? retiresAtMs }));
      // After every other one, also when two are made at the same moment.
      const activeFromMs = Math.max(now + leadMs, ...kept.map((key) => key.activeFromMs + 1));
      const next = { id, secret, createdAtMs: now, activeFromMs, retiresAtMs: null };
      return new Map([...retiring, next].map((key) => [key.id, key]));
    });
    await this.#mirror.reload();
    logger.info({ keyId: id }, 'Made a new key for access tokens');
  }

  close(): void {
    this.#deps.clock.clearTimeout(this.#timer);
    this.#mirror.close();
  }

  /** A secret that is of no more use should not lie about. Whichever process is first deletes it. */
  #forgetRetired(): void {
    const { tokenKeys, clock, logger } = this.#deps;
    for (const key of this.#mirror.entities.values()) {
      if (hasRetired(key, clock.now())) drop(tokenKeys.delete(key.id), logger, 'removing a retired token key');
    }
    this.#timer = clock.setTimeout(() => this.#forgetRetired(), forgetIntervalMs);
    this.#timer.unref();
  }
}

function hasRetired({ retiresAtMs }: TokenKey, nowMs: number): boolean {
  return retiresAtMs !== null && retiresAtMs <= nowMs;
}
