import type { Group, NumberDestination } from '../../../../shared/admin/index.ts';
import type { BrandId, GroupId } from '../../../../shared/domain/index.ts';
import type { User } from '../../../front-end-server/index.ts';
import type { Collection } from '../../../storage/index.ts';

/** Somebody who may be rung. */
export type Callee = Pick<User, 'id' | 'userName' | 'displayName'>;

export interface CalledPeople {
  /** In the order of ringing, where they ring in turn. */
  readonly people: readonly Callee[];
  /** null: a person alone. */
  readonly groupName: string | null;
}

export interface CalleesDeps {
  readonly users: {
    findByName(userName: string): Promise<User | undefined>;
    membersOf(groupId: GroupId): Promise<readonly User[]>;
  };
  readonly groups: Pick<Collection<Group>, 'get'>;
}

/** Who stands behind a destination: accounts that are switched on, and of the number's brand or of every one. */
export class Callees {
  readonly #deps: CalleesDeps;

  constructor(deps: CalleesDeps) {
    this.#deps = deps;
  }

  /** In whose name a telephone is called; whether they may is asked elsewhere. */
  account(userName: string): Promise<User | undefined> {
    return this.#deps.users.findByName(userName);
  }

  async of(destination: Exclude<NumberDestination, { kind: 'telephone' }>, brandId: BrandId): Promise<CalledPeople> {
    const { users, groups } = this.#deps;
    const mayBeRung = (user: User) => user.isEnabled && (user.brandId === null || user.brandId === brandId);
    if (destination.kind === 'user') {
      const user = await users.findByName(destination.userName);
      return { people: user && mayBeRung(user) ? [user] : [], groupName: null };
    }
    const [group, members] = await Promise.all([groups.get(destination.groupId), users.membersOf(destination.groupId)]);
    return { people: members.filter(mayBeRung), groupName: group?.name ?? destination.groupId };
  }
}
