import type { UserView, UserWrite } from '../../../shared/admin/index.ts';
import type { UserId } from '../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { User } from '../../front-end-server/index.ts';
import type { Actor } from '../editing/Actor.ts';
import type { AuditTrail } from '../editing/AuditTrail.ts';
import type { EntityEditor } from '../editing/EntityEditor.ts';

export interface UserSessionsDeps {
  readonly users: EntityEditor<User, UserWrite, UserView>;
  /** Ends every sign-in of the user, everywhere, and the calls with them. */
  readonly signOutEverywhere: (userId: UserId) => Promise<void>;
  /** Makes a link that signs the user in once; `origin` is where people reach the bridge. */
  readonly createSignInLink: (
    user: User,
    origin: string,
  ) => Promise<{ readonly url: string; readonly expiresAtMs: number }>;
  readonly trail: AuditTrail;
}

/** Ends and opens sign-ins of others. Whoever may edit a user may do this, and nobody else: a link is as good as a password. */
export class UserSessions {
  readonly #deps: UserSessionsDeps;

  constructor(deps: UserSessionsDeps) {
    this.#deps = deps;
  }

  /** @throws DialbridgeError `notFound`, `forbidden` */
  async signOutEverywhere(actor: Actor, userId: UserId): Promise<void> {
    const { users, trail, signOutEverywhere } = this.#deps;
    const user = await users.findEditable(actor, userId);
    const entry = { ...entryOf(user), action: 'signOutEverywhere' as const, after: null };
    await trail.around(actor, entry, () => signOutEverywhere(user.id));
  }

  /** @throws DialbridgeError `notFound`, `forbidden`, `accountDisabled` */
  async createSignInLink(
    actor: Actor,
    userId: UserId,
    origin: string,
  ): Promise<{ readonly url: string; readonly expiresAtMs: number }> {
    const { users, trail, createSignInLink } = this.#deps;
    const user = await users.findEditable(actor, userId);
    if (!user.isEnabled) throw new DialbridgeError('accountDisabled');
    const entry = { ...entryOf(user), action: 'create' as const, after: { signInLinkFor: user.userName } };
    return trail.around(actor, entry, () => createSignInLink(user, origin));
  }
}

function entryOf({ id, brandId }: User) {
  return { kind: 'session', entityId: id, brandId, before: null } as const;
}
