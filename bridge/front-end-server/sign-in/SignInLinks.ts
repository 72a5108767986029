import { z } from 'zod';
import { type UserId, userIdSchema } from '../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { Clock } from '../../observability/index.ts';
import type { Collection } from '../../storage/index.ts';
import { hashSecret, newSecret } from '../tokens/secretToken.ts';

/** A sign-in link that was not used yet. Its id is the hash of its token. */
export const signInLinkSchema = z.strictObject({
  id: z.string().min(1),
  userId: userIdSchema,
  expiresAtMs: z.number().int(),
});
export type SignInLink = z.infer<typeof signInLinkSchema>;

export interface SignInLinksDeps {
  readonly links: Collection<SignInLink>;
  readonly clock: Pick<Clock, 'now'>;
  readonly randomBytes: (size: number) => Uint8Array;
  /** Milliseconds. */
  readonly ttlMs: number;
}

/** Tokens that sign a person in once, without a password. */
export class SignInLinks {
  readonly #deps: SignInLinksDeps;

  constructor(deps: SignInLinksDeps) {
    this.#deps = deps;
  }

  /** Resolves with the token, which is kept nowhere. */
  async create(userId: UserId): Promise<string> {
    const token = newSecret(this.#deps.randomBytes);
    await this.#deps.links.put({
      id: hashSecret(token),
      userId,
      expiresAtMs: this.#deps.clock.now() + this.#deps.ttlMs,
    });
    return token;
  }

  /** Whose it is, without using it up; undefined when it was used, ran out or never was. */
  async find(token: string): Promise<UserId | undefined> {
    const link = await this.#deps.links.get(hashSecret(token));
    return link !== undefined && link.expiresAtMs > this.#deps.clock.now() ? link.userId : undefined;
  }

  /** @throws DialbridgeError `signInLinkUsed` when it was used, ran out or never was. */
  async redeem(token: string): Promise<UserId> {
    const link = await this.#deps.links.get(hashSecret(token));
    // Of two who come at once, the delete lets only one through.
    const isMine = link !== undefined && (await this.#deps.links.delete(link.id));
    if (!isMine || link.expiresAtMs <= this.#deps.clock.now()) throw new DialbridgeError('signInLinkUsed');
    return link.userId;
  }

  /** Ends every link of a user. */
  async endUser(userId: UserId): Promise<void> {
    const open = (await this.#deps.links.list()).filter((link) => link.userId === userId);
    for (const { id } of open) await this.#deps.links.delete(id);
  }

  /** Deletes what has run out. Resolves with how many. */
  async removeExpired(): Promise<number> {
    const expired = (await this.#deps.links.list()).filter((link) => link.expiresAtMs <= this.#deps.clock.now());
    for (const { id } of expired) await this.#deps.links.delete(id);
    return expired.length;
  }
}

/** The link to open. The token stands behind the `#`, so that it is never sent to a server before the page does so. */
export function signInUrl(origin: string, token: string): string {
  return `${origin}/#sign-in=${token}`;
}
