import type { BrandId, UserId } from '../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { User, VerifiedAccess } from '../../front-end-server/index.ts';

/** The roles that may look at anything here at all. */
export const administrativeRoles = ['operator', 'brandManager', 'auditor'] as const;
export type AdministrativeRole = (typeof administrativeRoles)[number];

/** Who looks or edits, from where, and how far that reaches. */
export interface Actor {
  readonly userId: UserId;
  readonly userName: string;
  readonly role: AdministrativeRole;
  /** The only brand that is seen and edited; null: all. */
  readonly brandId: BrandId | null;
  /** IP address. */
  readonly address: string;
}

export interface ActorsDeps {
  readonly users: { get(id: UserId): Promise<User | undefined> };
}

/** Tells what somebody who is signed in may do here: by the account as it is now, not as it was when the token was made. */
export class Actors {
  readonly #deps: ActorsDeps;

  constructor(deps: ActorsDeps) {
    this.#deps = deps;
  }

  /** @throws DialbridgeError `forbidden`; `accountDisabled`; `unauthenticated` when the account is gone */
  async of({ user, entry }: Pick<VerifiedAccess, 'user' | 'entry'>, address: string): Promise<Actor> {
    // A host application's users have no account here, whatever name or id its tokens give them.
    if (entry.kind !== 'account') throw new DialbridgeError('forbidden');
    const account = await this.#deps.users.get(user.id);
    if (account === undefined) throw new DialbridgeError('unauthenticated');
    if (!account.isEnabled) throw new DialbridgeError('accountDisabled');
    const role = administrativeRoles.find((one) => one === account.role);
    if (role === undefined) throw new DialbridgeError('forbidden');
    // Without a brand of their own there is nothing that a brand manager may see.
    if (role === 'brandManager' && account.brandId === null) throw new DialbridgeError('forbidden');
    const brandId = role === 'operator' ? null : account.brandId;
    return { userId: account.id, userName: account.userName, role, brandId, address };
  }
}

/** Whether something of this brand (null: of none in particular) is the actor's own. */
export function isOwn({ brandId }: Actor, of: BrandId | null): boolean {
  return brandId === null || brandId === of;
}

/** @throws DialbridgeError `forbidden` for who only reads. */
export function demandEditor({ role }: Actor): void {
  if (role === 'auditor') throw new DialbridgeError('forbidden');
}

/** @throws DialbridgeError `forbidden` for everybody else. */
export function demandOperator({ role }: Actor): void {
  if (role !== 'operator') throw new DialbridgeError('forbidden');
}

/** @throws DialbridgeError `forbidden` for who is bound to a brand. */
export function demandUnbound({ brandId }: Actor): void {
  if (brandId !== null) throw new DialbridgeError('forbidden');
}
