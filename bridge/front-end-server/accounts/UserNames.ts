import type { UserId } from '../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { Clock } from '../../observability/index.ts';
import type { Collection } from '../../storage/index.ts';
import type { User } from './User.ts';
import { foldUserName, type UserNameClaim } from './UserNameClaim.ts';

export interface UserNamesDeps {
  readonly users: Pick<Collection<User>, 'get'>;
  readonly userNames: Collection<UserNameClaim>;
  readonly clock: Pick<Clock, 'now'>;
}

/** How long the writing of a user may take after the claim of the name, in milliseconds. */
const longestWritingMs = 60_000;

/** Which name is whose, without regard to case. A name is claimed before the user who bears it is written. */
export class UserNames {
  readonly #deps: UserNamesDeps;
  readonly #startedAtMs: number;

  constructor(deps: UserNamesDeps) {
    this.#deps = deps;
    this.#startedAtMs = deps.clock.now();
  }

  /** Costs two reads, however many users there are. */
  async find(userName: string): Promise<User | undefined> {
    const name = foldUserName(userName);
    const claim = name === '' ? undefined : await this.#deps.userNames.get(name);
    const user = claim && (await this.#deps.users.get(claim.userId));
    return user && foldUserName(user.userName) === name ? user : undefined;
  }

  /** @throws DialbridgeError `nameTaken` when another user has the name or is about to */
  async claim(userName: string, userId: UserId): Promise<void> {
    const { userNames, clock } = this.#deps;
    const id = foldUserName(userName);
    if (id === '') throw new DialbridgeError('badRequest', { details: { detail: 'the user name is empty' } });
    const mine = { id, userId, claimedAtMs: clock.now() };
    if (await userNames.add(mine)) return;
    const bearer = await this.find(userName);
    const holder = await userNames.update(id, (present) => {
      const isFree = present === undefined || (bearer === undefined && this.#isLeftOver(present));
      return isFree ? mine : present;
    });
    if (holder?.userId !== userId) throw new DialbridgeError('nameTaken', { details: { name: userName.trim() } });
  }

  /** Gives the name back unless the user bears it. */
  async release(userName: string, userId: UserId): Promise<void> {
    const id = foldUserName(userName);
    const user = await this.#deps.users.get(userId);
    if (user !== undefined && foldUserName(user.userName) === id) return;
    await this.#deps.userNames.update(id, (present) => (present?.userId === userId ? undefined : present));
  }

  /** A claim that nobody bears: its user is being written right now, or never will be because the bridge died meanwhile. */
  #isLeftOver({ claimedAtMs }: UserNameClaim): boolean {
    return claimedAtMs < this.#startedAtMs || claimedAtMs + longestWritingMs <= this.#deps.clock.now();
  }
}
