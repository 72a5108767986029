import { type UserId, userIdSchema } from '../../shared/domain/index.ts';
import { DialbridgeError } from '../../shared/errors/index.ts';
import type { SignedInUser } from '../../shared/protocol/index.ts';
import type { Clock } from '../observability/index.ts';
import type { Collection } from '../storage/index.ts';
import type { PasswordHasher } from './PasswordHasher.ts';
import { readablePassword } from './readablePassword.ts';
import { type User, type UserSeed, userSeedSchema } from './User.ts';
import { foldUserName, type UserNameClaim } from './UserNameClaim.ts';

export interface UsersDeps {
  readonly users: Collection<User>;
  readonly userNames: Collection<UserNameClaim>;
  readonly hasher: PasswordHasher;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly randomBytes: (size: number) => Uint8Array;
}

/** A first account, whose password is told once and kept by nobody. */
export interface FirstOperator {
  readonly user: User;
  readonly password: string;
}

/** The people who can sign in. */
export class Users {
  readonly #deps: UsersDeps;

  constructor(deps: UsersDeps) {
    this.#deps = deps;
  }

  get(id: UserId): Promise<User | undefined> {
    return this.#deps.users.get(id);
  }

  /** Case doesn't matter. Costs two reads, however many users there are. */
  async findByName(userName: string): Promise<User | undefined> {
    const name = foldUserName(userName);
    const claim = name === '' ? undefined : await this.#deps.userNames.get(name);
    return claim && (await this.#deps.users.get(claim.userId));
  }

  /** The user with this name and password, else undefined; takes the same time whichever of the two is wrong. */
  async authenticate(userName: string, password: string): Promise<User | undefined> {
    const user = await this.findByName(userName);
    const isRight = await this.#deps.hasher.verify(user?.passwordHash ?? undefined, password);
    if (!isRight || user === undefined) return undefined;
    if (user.passwordHash !== null && this.#deps.hasher.isOutdated(user.passwordHash))
      await this.#rehash(user, password);
    return user;
  }

  /** @throws DialbridgeError `conflict` when the name is taken. */
  async add(seed: UserSeed): Promise<User> {
    const user = await this.#addUnlessNamed(seed);
    if (user === undefined) throw new DialbridgeError('conflict');
    return user;
  }

  /** Adds those whose name nobody has; who is there already stays as is. Resolves with the added ones. */
  async seed(seeds: readonly UserSeed[]): Promise<readonly User[]> {
    const added: User[] = [];
    for (const seed of seeds) {
      if (await this.findByName(seed.userName)) continue;
      const user = await this.#addUnlessNamed(seed);
      if (user) added.push(user);
    }
    return added;
  }

  /** Makes the operator's account when there is no user at all. Call it after `seed`. */
  async createFirstOperator(): Promise<FirstOperator | undefined> {
    if ((await this.#deps.users.list()).length > 0) return undefined;
    const password = readablePassword(this.#deps.randomBytes);
    const user = await this.#addUnlessNamed(
      userSeedSchema.parse({ userName: 'operator', displayName: 'Operator', role: 'operator', password }),
    );
    return user && { user, password };
  }

  async #addUnlessNamed(seed: UserSeed): Promise<User | undefined> {
    const { users, userNames, hasher, clock, newId } = this.#deps;
    const passwordHash = await hasher.hash(seed.password);
    const userName = seed.userName.trim();
    const name = foldUserName(userName);
    if (name === '') throw new DialbridgeError('badRequest', { details: { detail: 'the user name is empty' } });
    const id = userIdSchema.parse(newId());
    if (!(await userNames.add({ id: name, userId: id }))) {
      // A claim without its user is what a crash between the two writes left: it is taken over.
      const claim = await userNames.get(name);
      if (claim && (await users.get(claim.userId))) return undefined;
      await userNames.put({ id: name, userId: id });
    }
    const { brandId, groups, callerNumbers, isEnabled, role } = seed;
    const user: User = {
      id,
      userName,
      displayName: seed.displayName ?? userName,
      role,
      brandId,
      groups,
      callerNumbers,
      isEnabled,
      revision: 1,
      updatedAtMs: clock.now(),
      passwordHash,
      createdAtMs: clock.now(),
    };
    await users.put(user);
    return user;
  }

  async #rehash(user: User, password: string): Promise<void> {
    const passwordHash = await this.#deps.hasher.hash(password);
    // Only if nobody changed the password meanwhile.
    await this.#deps.users.update(user.id, (present) =>
      present?.passwordHash === user.passwordHash ? { ...present, passwordHash } : present,
    );
  }
}

/** What a client may know of a user. */
export function toSignedInUser({ id, userName, displayName, role }: User): SignedInUser {
  return { id, userName, displayName, role };
}
