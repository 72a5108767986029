import { describe, expect, it } from 'vitest';
import type { EmbedKeyId, SigningKeyId, UserId } from '../../../shared/domain/index.ts';
import type { VerifiedAccess } from '../tokens/AccessTokens.ts';
import { callerNumbersOf } from './callerNumbersOf.ts';
import type { User } from './User.ts';

const brand = { callerNumbers: ['+12025550100', '+12025550101'] };
const user = { id: 'u1' as UserId, userName: 'alice', displayName: 'Alice', role: 'user' as const };

async function numbersOf(entry: VerifiedAccess['entry'], own: readonly string[] = []): Promise<readonly string[]> {
  const account = { callerNumbers: [...own] } as unknown as User;
  return callerNumbersOf({ users: { get: async () => account } }, { user, entry }, brand);
}

const hostToken = (callerNumbers: string[] | null) => {
  const signingKeyId = 'crm' as SigningKeyId;
  return { kind: 'hostToken' as const, signingKeyId, groups: [], destinations: null, callerNumbers };
};

describe('the caller IDs that somebody may choose from', () => {
  it('are those of the account, else of the brand', async () => {
    expect(await numbersOf({ kind: 'account' }, ['+12025550199'])).toEqual(['+12025550199']);
    expect(await numbersOf({ kind: 'account' })).toEqual(brand.callerNumbers);
  });

  it('are those that a host application grants, else of the brand', async () => {
    expect(await numbersOf(hostToken(['+4930123456']))).toEqual(['+4930123456']);
    expect(await numbersOf(hostToken(null), ['+12025550199'])).toEqual(brand.callerNumbers);
  });

  it('are none for a visitor', async () => {
    const embedKeyId = 'pk_shop-1234' as EmbedKeyId;
    expect(await numbersOf({ kind: 'embedKey', embedKeyId, origin: 'https://shop.example' })).toEqual([]);
  });
});
