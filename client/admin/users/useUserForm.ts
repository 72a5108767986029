import type { UserView } from '../../../shared/admin/index.ts';
import { useAccess } from '../access.ts';
import { useEntityForm } from '../form/index.ts';

type Role = UserView['role'];

export interface UserFields {
  readonly displayName: string;
  readonly userName: string;
  readonly role: Role | null;
  readonly brandId: string | null;
  readonly groups: readonly string[];
  readonly callerNumbers: readonly string[];
  readonly isEnabled: boolean;
  /** How a new user gets in first. */
  readonly signIn: 'password' | 'link';
  /** Empty: the present one stays. */
  readonly password: string;
}

export function useUserForm(user: UserView | null, onSaved: (user: UserView, fields: UserFields) => void) {
  const { ownBrandId } = useAccess();
  const form = useEntityForm<'users', UserFields>({
    kind: 'users',
    entity: user,
    fieldsOf: (entity) => fieldsOf(entity, ownBrandId),
    draftOf: (fields) => draftOf(fields, user === null),
    onSaved: (saved) => onSaved(saved, form.fields),
  });
  return form;
}

function fieldsOf(user: UserView | null, ownBrandId: string | null): UserFields {
  return {
    displayName: user?.displayName ?? '',
    userName: user?.userName ?? '',
    role: user?.role ?? 'user',
    brandId: user === null ? ownBrandId : user.brandId,
    groups: user?.groups ?? [],
    callerNumbers: user?.callerNumbers ?? [],
    isEnabled: user?.isEnabled ?? true,
    signIn: 'password',
    password: '',
  };
}

function draftOf({ signIn, password, ...draft }: UserFields, isNew: boolean): unknown {
  const hasPassword = isNew ? signIn === 'password' : password !== '';
  return { ...draft, ...(hasPassword && { password }) };
}
