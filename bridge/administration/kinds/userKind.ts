import type { UserView, UserWrite } from '../../../shared/admin/index.ts';
import { DialbridgeError, type SettingProblem } from '../../../shared/errors/index.ts';
import type { User } from '../../front-end-server/index.ts';
import { isOwn } from '../editing/Actor.ts';
import { blanked } from '../editing/AuditTrail.ts';
import type { EntityChange, EntityKind, EntityStore } from '../editing/EntityKind.ts';
import type { References } from '../editing/References.ts';

export interface UserKindDeps {
  readonly store: EntityStore<User, UserWrite>;
  readonly findByName: (userName: string) => Promise<User | undefined>;
  readonly references: References;
  readonly newId: () => string;
}

/** People with an account. A brand's manager edits those of that brand, but no operator. */
export function userKind(deps: UserKindDeps): EntityKind<User, UserWrite, UserView> {
  const { store, references, newId } = deps;
  return {
    kind: 'user',
    store,
    brandOf: ({ brandId }) => brandId,
    canEdit: (actor, user) => isOwn(actor, user.brandId) && user.role !== 'operator',
    sortKeyOf: ({ userName, id }) => [userName.toLowerCase(), id],
    textsOf: ({ userName, displayName }) => [userName, displayName],
    newId: () => newId() as User['id'],
    // The store hashes the password: here it only counts that there is another.
    make: ({ password, ...draft }, stamp, present) => ({
      ...draft,
      passwordHash: password === undefined ? (present?.passwordHash ?? null) : blanked,
      createdAtMs: present?.createdAtMs ?? stamp.updatedAtMs,
      ...stamp,
    }),
    findProblems: async (user, { actor, before }) => [
      ...findBadRole(user),
      ...(await references.brand('brandId', user.brandId)),
      ...(await references.groups('groups', user.groups, { of: user.brandId, actor, present: before?.groups ?? [] })),
      ...(await references.callerNumbers('callerNumbers', user.callerNumbers, {
        actor,
        present: before?.callerNumbers ?? [],
      })),
    ],
    demandPossible: async (change) => {
      await demandFreeName(deps, change);
      await demandOperatorLeft(deps, change);
    },
    toView: toUserView,
    toAudit: (user, before) => ({ ...toUserView(user), password: describePassword(user, before) }),
  };
}

export function toUserView({ passwordHash, ...user }: User): UserView {
  const { role } = user;
  // Visitors have no account: storage holds none, and this tells it to the types.
  if (role === 'visitor') throw new TypeError('A visitor is no account.');
  return { ...user, role, hasPassword: passwordHash !== null };
}

function findBadRole({ role, brandId }: User): readonly SettingProblem[] {
  return role === 'brandManager' && brandId === null
    ? [{ key: 'brandId', expected: 'expected a brand, since a brand manager has one' }]
    : [];
}

/** Says that it was changed, and never to what. */
function describePassword({ passwordHash }: User, before: User | null): string | null {
  if (passwordHash === null) return null;
  return before !== null && before.passwordHash !== passwordHash ? `${blanked}, changed` : blanked;
}

async function demandFreeName({ findByName }: UserKindDeps, { before, after }: EntityChange<User>): Promise<void> {
  if (after === null) return;
  const owner = await findByName(after.userName);
  if (owner === undefined || owner.id === before?.id) return;
  throw new DialbridgeError('nameTaken', { details: { name: after.userName } });
}

/** Somebody must be able to run the phone service. */
async function demandOperatorLeft({ store }: UserKindDeps, { before, after }: EntityChange<User>): Promise<void> {
  if (before === null || !canOperate(before) || (after !== null && canOperate(after))) return;
  const users = await store.list();
  if (!users.some((user) => user.id !== before.id && canOperate(user))) throw new DialbridgeError('lastOperator');
}

function canOperate({ role, isEnabled }: User): boolean {
  return role === 'operator' && isEnabled;
}
