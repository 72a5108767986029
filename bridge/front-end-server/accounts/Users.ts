import type { UserDraft, UserWrite } from '../../../shared/admin/index.ts';
import { type BrandId, type GroupId, type UserId, userIdSchema } from '../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { SignedInUser } from '../../../shared/protocol/index.ts';
import type { Clock } from '../../observability/index.ts';
import type { Collection } from '../../storage/index.ts';
import type { UserEndReason } from '../tokens/Revocations.ts';
import type { PasswordHasher } from './PasswordHasher.ts';
import { pageUsers, type UserPage, type UserQuery } from './pageUsers.ts';
import { readablePassword } from './readablePassword.ts';
import { type User, type UserSeed, userSeedSchema } from './User.ts';
import { foldUserName, type UserNameClaim } from './UserNameClaim.ts';
import { UserNames } from './UserNames.ts';

export interface UsersDeps {
  readonly users: Collection<User>;
  readonly userNames: Collection<UserNameClaim>;
  readonly hasher: PasswordHasher;
  /** Hears of each user whose tokens say what is not so any more. */
  readonly revocations: { endUser(userId: UserId, reason: UserEndReason): Promise<void> };
  readonly clock: Pick<Clock, 'now'>;
  readonly newId: () => string;
  readonly randomBytes: (size: number) => Uint8Array;
}

type NewUser = Omit<UserWrite, 'displayName'> & { readonly displayName?: string | undefined };

/** A first account, whose password is told once and kept by nobody. */
export interface FirstOperator {
  readonly user: User;
  readonly password: string;
}

/** What was there before a change, and what is there now. */
export interface UserChange {
  readonly before: User;
  readonly after: User;
}

/** The people who can sign in. */
export class Users {
  readonly #deps: UsersDeps;
  readonly #names: UserNames;

  constructor(deps: UsersDeps) {
    this.#deps = deps;
    this.#names = new UserNames(deps);
  }

  get(id: UserId): Promise<User | undefined> {
    return this.#deps.users.get(id);
  }

  /** Case doesn't matter. Costs two reads, however many users there are. */
  findByName(userName: string): Promise<User | undefined> {
    return this.#names.find(userName);
  }

  /** Who is in the group, by user name. Looks at each user once. */
  async membersOf(groupId: GroupId): Promise<readonly User[]> {
    const members = (await this.#deps.users.list()).filter(({ groups }) => groups.includes(groupId));
    return members.toSorted((a, b) => (foldUserName(a.userName) < foldUserName(b.userName) ? -1 : 1));
  }

  /** By user name. The cursor of a page is good however much was changed since. */
  async page(query: UserQuery): Promise<UserPage> {
    return pageUsers(await this.#deps.users.list(), query);
  }

  /**
   * The user with this name and password who may sign in under this brand, else undefined; takes the same time whichever is
   * wrong. @throws DialbridgeError `accountDisabled`, only to who has the right password
   */
  async authenticate(userName: string, password: string, brandId: BrandId): Promise<User | undefined> {
    const user = await this.findByName(userName);
    const isRight = await this.#deps.hasher.verify(user?.passwordHash ?? undefined, password);
    if (!isRight || user === undefined || !isOfBrand(user, brandId)) return undefined;
    if (!user.isEnabled) throw new DialbridgeError('accountDisabled');
    if (user.passwordHash !== null && this.#deps.hasher.isOutdated(user.passwordHash))
      await this.#rehash(user, password);
    return user;
  }

  /** Without a display name the user name is shown; without an id one is made. @throws DialbridgeError `nameTaken` */
  async add({ password, displayName, ...draft }: NewUser, id = this.#newId()): Promise<User> {
    const { users, clock } = this.#deps;
    const now = clock.now();
    const user: User = {
      ...draft,
      userName: draft.userName.trim(),
      displayName: displayName ?? draft.userName.trim(),
      id,
      passwordHash: await this.#hash(password),
      createdAtMs: now,
      revision: 1,
      updatedAtMs: now,
    };
    await this.#names.claim(user.userName, user.id);
    await users.put(user);
    return user;
  }

  /**
   * Puts what was written in the place of what is there; without a password the present one stays.
   * @throws DialbridgeError `notFound`, `conflict` when it is not of this revision any more, `nameTaken`, `lastOperator`
   */
  async edit(id: UserId, { password, ...draft }: UserWrite, revision: number): Promise<UserChange> {
    const passwordHash = password === undefined ? undefined : await this.#hash(password);
    const userName = draft.userName.trim();
    const present = await this.get(id);
    const isRenamed = present !== undefined && foldUserName(present.userName) !== foldUserName(userName);
    if (isRenamed) await this.#names.claim(userName, id);
    try {
      const change = await this.#change(id, revision, (before) => ({
        ...before,
        ...draft,
        userName,
        ...(passwordHash !== undefined && { passwordHash }),
      }));
      await this.#endRights(change);
      return change;
    } finally {
      // Whichever of the two names the user does not bear now.
      if (isRenamed) for (const name of [present.userName, userName]) await this.#names.release(name, id);
    }
  }

  /** Signs the person out everywhere. @throws DialbridgeError `notFound` */
  async setPassword(id: UserId, password: string): Promise<UserChange> {
    const passwordHash = await this.#hash(password);
    const change = await this.#change(id, null, (before) => ({ ...before, passwordHash }));
    await this.#endRights(change);
    return change;
  }

  /** Resolves with who was there. @throws DialbridgeError `notFound`, `conflict`, `lastOperator` */
  async remove(id: UserId, revision: number): Promise<User> {
    let removed: User | undefined;
    const users = await this.#deps.users.get(id);
    const take = (present: User | undefined) => {
      removed = demand(present, revision);
      return undefined;
    };
    if (users && isOperator(users)) await this.#changeAll(id, take);
    else await this.#deps.users.update(id, take);
    if (removed === undefined) throw new DialbridgeError('notFound');
    await this.#names.release(removed.userName, id);
    await this.#deps.revocations.endUser(id, 'accountDisabled');
    return removed;
  }

  /** Adds those whose name nobody has; who is there already stays as is. Resolves with the added ones. */
  async seed(seeds: readonly UserSeed[]): Promise<readonly User[]> {
    const added: User[] = [];
    for (const seed of seeds) {
      if (!(await this.findByName(seed.userName))) added.push(await this.add(seed));
    }
    return added;
  }

  /** Makes the operator's account when there is no user at all. Call it after `seed`. */
  async createFirstOperator(): Promise<FirstOperator | undefined> {
    if ((await this.#deps.users.list()).length > 0) return undefined;
    const password = readablePassword(this.#deps.randomBytes);
    const seed = { userName: 'operator', displayName: 'Operator', role: 'operator', password };
    return { user: await this.add(userSeedSchema.parse(seed)), password };
  }

  /** One user with no other change in between. `revision` null: whatever it is. */
  async #change(id: UserId, revision: number | null, make: (before: User) => User): Promise<UserChange> {
    let before: User | undefined;
    const change = (present: User | undefined) => {
      before = demand(present, revision);
      return { ...make(before), revision: before.revision + 1, updatedAtMs: this.#deps.clock.now() };
    };
    const present = await this.get(id);
    // Only where an operator may cease to be one do the others have to be looked at.
    const isRisky = present !== undefined && isOperator(present) && !isOperator(make(present));
    const after = isRisky ? await this.#changeAll(id, change) : await this.#deps.users.update(id, change);
    if (before === undefined || after === undefined) throw new DialbridgeError('notFound');
    return { before, after };
  }

  async #changeAll(id: UserId, change: (present: User | undefined) => User | undefined): Promise<User | undefined> {
    await this.#deps.users.updateAll((present) => {
      const changed = new Map(present);
      const after = change(present.get(id));
      if (after === undefined) changed.delete(id);
      else changed.set(id, after);
      if (![...changed.values()].some(isOperator)) throw new DialbridgeError('lastOperator');
      return changed;
    });
    return this.get(id);
  }

  async #endRights({ before, after }: UserChange): Promise<void> {
    const { revocations } = this.#deps;
    if (before.isEnabled && !after.isEnabled) await revocations.endUser(after.id, 'accountDisabled');
    else if (before.passwordHash !== after.passwordHash) await revocations.endUser(after.id, 'signedOutEverywhere');
    else if (told.some((key) => before[key] !== after[key])) await revocations.endUser(after.id, 'rightsChanged');
  }

  #newId(): UserId {
    return userIdSchema.parse(this.#deps.newId());
  }

  async #hash(password: string | undefined): Promise<string | null> {
    return password === undefined ? null : this.#deps.hasher.hash(password);
  }

  async #rehash(user: User, password: string): Promise<void> {
    const passwordHash = await this.#deps.hasher.hash(password);
    // Only if nobody changed the password meanwhile.
    await this.#deps.users.update(user.id, (present) =>
      present?.passwordHash === user.passwordHash ? { ...present, passwordHash } : present,
    );
  }
}

/** What access tokens and connections say of a user, and which calls go by. */
const told = ['userName', 'role', 'brandId'] as const satisfies readonly (keyof UserDraft)[];

/** A user without a brand is of every one. */
export function isOfBrand({ brandId }: Pick<User, 'brandId'>, brand: BrandId): boolean {
  return brandId === null || brandId === brand;
}

/** What a client may know of a user. */
export function toSignedInUser({ id, userName, displayName, role, brandId }: User): SignedInUser {
  return { id, userName, displayName, role, brandId };
}

/** Somebody who can run the bridge. */
function isOperator({ role, isEnabled }: User): boolean {
  return role === 'operator' && isEnabled;
}

function demand(present: User | undefined, revision: number | null): User {
  if (present === undefined) throw new DialbridgeError('notFound');
  if (revision !== null && present.revision !== revision) throw new DialbridgeError('conflict');
  return present;
}
