import type { UserWrite } from '../../../shared/admin/index.ts';
import type { UserId } from '../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { User, UserQuery } from '../../front-end-server/index.ts';
import type { Collection } from '../../storage/index.ts';
import type { Accounts } from '../accounts/AccountStore.ts';
import { type Page, pageOf } from '../editing/Page.ts';

/** The front-end server's users without its hashing: a password's hash is the password backwards. */
export class FakeAccounts implements Accounts {
  readonly #users: Collection<User>;

  constructor(users: Collection<User>) {
    this.#users = users;
  }

  async findByName(userName: string): Promise<User | undefined> {
    return (await this.#users.list()).find((user) => user.userName.toLowerCase() === userName.toLowerCase());
  }

  async page({ q = '', brandId, ...page }: UserQuery): Promise<Page<User>> {
    const found = (await this.#users.list()).filter(
      (user) => user.userName.includes(q) && (brandId === undefined || user.brandId === brandId),
    );
    return pageOf(found, ({ userName, id }) => [userName, id], page);
  }

  async add({ password, ...draft }: UserWrite, id: UserId): Promise<User> {
    const user = { ...draft, id, passwordHash: hash(password), createdAtMs: 1, revision: 1, updatedAtMs: 1 };
    await this.#users.put(user);
    return user;
  }

  async edit(id: UserId, { password, ...draft }: UserWrite, revision: number): Promise<{ readonly after: User }> {
    const before = await this.#users.get(id);
    if (before?.revision !== revision) throw new DialbridgeError('conflict');
    const passwordHash = hash(password) ?? before.passwordHash;
    const after = { ...before, ...draft, passwordHash, revision: revision + 1 };
    await this.#users.put(after);
    return { after };
  }

  async remove(id: UserId, revision: number): Promise<void> {
    if ((await this.#users.get(id))?.revision !== revision) throw new DialbridgeError('conflict');
    await this.#users.delete(id);
  }
}

function hash(password: string | undefined): string | null {
  return password === undefined ? null : [...password].reverse().join('');
}
