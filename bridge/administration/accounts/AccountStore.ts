import type { UserWrite } from '../../../shared/admin/index.ts';
import type { UserId } from '../../../shared/domain/index.ts';
import type { User, UserQuery } from '../../front-end-server/index.ts';
import type { Collection } from '../../storage/index.ts';
import type { EntityStore, ListQuery } from '../editing/EntityKind.ts';
import type { Page } from '../editing/Page.ts';

/** What the front-end server's users are asked for: it knows of names, passwords and who is signed in. */
export interface Accounts {
  findByName(userName: string): Promise<User | undefined>;
  page(query: UserQuery): Promise<Page<User>>;
  /** @throws DialbridgeError `nameTaken` */
  add(write: UserWrite, id: UserId): Promise<User>;
  /** Without a password the present one stays. @throws DialbridgeError `notFound`, `conflict`, `nameTaken`, `lastOperator` */
  edit(id: UserId, write: UserWrite, revision: number): Promise<{ readonly after: User }>;
  /** @throws DialbridgeError `notFound`, `conflict`, `lastOperator` */
  remove(id: UserId, revision: number): Promise<unknown>;
}

export interface AccountStoreDeps {
  readonly users: Pick<Collection<User>, 'get' | 'list'>;
  readonly accounts: Accounts;
}

/** Users, written by the room that owns them. */
export class AccountStore implements EntityStore<User, UserWrite> {
  readonly #deps: AccountStoreDeps;

  constructor(deps: AccountStoreDeps) {
    this.#deps = deps;
  }

  get(id: string): Promise<User | undefined> {
    return this.#deps.users.get(id);
  }

  list(): Promise<readonly User[]> {
    return this.#deps.users.list();
  }

  page(query: ListQuery): Promise<Page<User>> {
    const { q, brandId, limit, cursor } = query;
    return this.#deps.accounts.page({
      limit,
      ...(q !== undefined && { q }),
      ...(brandId !== undefined && { brandId }),
      ...(cursor !== undefined && { cursor }),
    });
  }

  add({ id }: User, write: UserWrite): Promise<User> {
    return this.#deps.accounts.add(write, id);
  }

  async replace({ id, revision }: User, _after: User, write: UserWrite): Promise<User> {
    return (await this.#deps.accounts.edit(id, write, revision)).after;
  }

  async remove({ id, revision }: User): Promise<void> {
    await this.#deps.accounts.remove(id, revision);
  }
}
