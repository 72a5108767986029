import type { BrandId, UserId } from '../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { Clock } from '../../observability/index.ts';
import type { Collection } from '../../storage/index.ts';
import type { RefreshSession } from './RefreshSession.ts';
import { hashSecret, newSecret } from './secretToken.ts';

export interface RefreshSessionsDeps {
  readonly sessions: Collection<RefreshSession>;
  readonly clock: Pick<Clock, 'now'>;
  readonly newId: () => string;
  readonly randomBytes: (size: number) => Uint8Array;
  /** How long a session lives without being used, in milliseconds. */
  readonly ttlMs: number;
  /**
   * How long a token that was just used may come once more, in milliseconds: two tabs share one cookie, and an answer can get
   * lost. Default 30000.
   */
  readonly graceMs?: number;
}

export interface RefreshGrant {
  readonly familyId: string;
  readonly userId: UserId;
  readonly brandId: BrandId;
  /** For the cookie; never stored. */
  readonly refreshToken: string;
  readonly expiresAtMs: number;
}

/** A used token came again: it was copied. Its family has ended; what was opened by it is still to be ended. */
export class RefreshTokenReused extends DialbridgeError {
  readonly familyId: string;

  constructor(familyId: string) {
    super('sessionExpired');
    this.familyId = familyId;
  }
}

/** More tabs than this at the same moment share a token. */
const maxCurrent = 8;

/**
 * Rotating refresh tokens (RFC 9700 section 4.14.2): each is used once; one that comes again after its grace was copied, and
 * ends the whole family, for the thief and for the owner.
 */
export class RefreshSessions {
  readonly #deps: RefreshSessionsDeps;

  constructor(deps: RefreshSessionsDeps) {
    this.#deps = deps;
  }

  async start(userId: UserId, brandId: BrandId): Promise<RefreshGrant> {
    const now = this.#deps.clock.now();
    const secret = newSecret(this.#deps.randomBytes);
    const session: RefreshSession = {
      id: this.#deps.newId(),
      userId,
      brandId,
      current: [hashSecret(secret)],
      superseded: null,
      createdAtMs: now,
      expiresAtMs: now + this.#deps.ttlMs,
    };
    await this.#deps.sessions.put(session);
    return toGrant(session, secret);
  }

  /**
   * Takes a token and gives the next. @throws DialbridgeError `sessionExpired` when it is unknown or too old, as
   * `RefreshTokenReused` when it was used before
   */
  async rotate(refreshToken: string): Promise<RefreshGrant> {
    const { familyId, hash } = readToken(refreshToken);
    const now = this.#deps.clock.now();
    const secret = newSecret(this.#deps.randomBytes);
    const next = hashSecret(secret);
    let isAlive = false;
    const session = await this.#deps.sessions.update(familyId, (present) => {
      isAlive = present !== undefined && present.expiresAtMs > now;
      return present !== undefined && isAlive ? this.#advance(present, hash, next, now) : undefined;
    });
    if (session === undefined) throw isAlive ? new RefreshTokenReused(familyId) : new DialbridgeError('sessionExpired');
    return toGrant(session, secret);
  }

  /** Ends the family of a token; resolves with its id, or undefined when there is none (any more). */
  async end(refreshToken: string): Promise<string | undefined> {
    const { familyId, hash } = readToken(refreshToken);
    let ended = false;
    await this.#deps.sessions.update(familyId, (present) => {
      // Whoever holds any recent token of the family may end it; a made-up one does nothing.
      ended = present !== undefined && [...present.current, ...(present.superseded?.hashes ?? [])].includes(hash);
      return ended ? undefined : present;
    });
    return ended ? familyId : undefined;
  }

  /** Ends every family of a user. */
  async endUser(userId: UserId): Promise<void> {
    await this.#deps.sessions.updateAll((present) => {
      const kept = [...present].filter(([, session]) => session.userId !== userId);
      return kept.length === present.size ? present : new Map(kept);
    });
  }

  /** Deletes what has run out. Resolves with how many. */
  async removeExpired(): Promise<number> {
    const now = this.#deps.clock.now();
    const expired = (await this.#deps.sessions.list()).filter((session) => session.expiresAtMs <= now);
    for (const { id } of expired) {
      await this.#deps.sessions.update(id, (present) => (present && present.expiresAtMs <= now ? undefined : present));
    }
    return expired.length;
  }

  #advance(present: RefreshSession, hash: string, next: string, now: number): RefreshSession | undefined {
    const expiresAtMs = now + this.#deps.ttlMs;
    if (present.current.includes(hash)) {
      const graceUntilMs = now + (this.#deps.graceMs ?? 30_000);
      return { ...present, current: [next], superseded: { hashes: present.current, graceUntilMs }, expiresAtMs };
    }
    const isLatecomer = present.superseded?.hashes.includes(hash) && now < present.superseded.graceUntilMs;
    // Which of the two answers reaches the browser's one cookie last is not ours to know: both tokens hold.
    return isLatecomer
      ? { ...present, current: [...present.current.slice(1 - maxCurrent), next], expiresAtMs }
      : undefined;
  }
}

function toGrant({ id, userId, brandId, expiresAtMs }: RefreshSession, secret: string): RefreshGrant {
  return { familyId: id, userId, brandId, refreshToken: `${id}.${secret}`, expiresAtMs };
}

function readToken(refreshToken: string): { familyId: string; hash: string } {
  const [familyId, secret, ...rest] = refreshToken.split('.');
  if (!familyId || !secret || rest.length > 0 || refreshToken.length > 200) throw new DialbridgeError('sessionExpired');
  return { familyId, hash: hashSecret(secret) };
}
