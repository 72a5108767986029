import type { GroupId } from '../../../../shared/domain/index.ts';
import { type User, userSchema } from '../../../front-end-server/index.ts';

/** Of the group `support`. */
export function makeUser(userName: string, change: Partial<User> = {}): User {
  return userSchema.parse({
    id: userName,
    userName,
    displayName: userName.toUpperCase(),
    role: 'user',
    passwordHash: null,
    createdAtMs: 1,
    groups: ['support' as GroupId],
    revision: 1,
    updatedAtMs: 1,
    ...change,
  });
}
