import type { Brand } from '../../../shared/protocol/index.ts';
import type { VerifiedAccess } from '../tokens/AccessTokens.ts';
import type { Users } from './Users.ts';

/**
 * Caller IDs that somebody may choose from, the usual one first: their own, else those of their brand. A rule that allows a
 * call may narrow them down further.
 */
export async function callerNumbersOf(
  deps: { readonly users: Pick<Users, 'get'> },
  { user, entry }: Pick<VerifiedAccess, 'user' | 'entry'>,
  brand: Pick<Brand, 'callerNumbers'>,
): Promise<readonly string[]> {
  switch (entry.kind) {
    case 'account': {
      const own = (await deps.users.get(user.id))?.callerNumbers ?? [];
      return own.length > 0 ? own : brand.callerNumbers;
    }
    case 'hostToken':
      return entry.callerNumbers ?? brand.callerNumbers;
    case 'embedKey':
      return [];
  }
}
