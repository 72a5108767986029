import { describe, expect, it } from 'vitest';
import type { BrandId } from '../../../shared/domain/index.ts';
import { pageUsers, type UserQuery } from './pageUsers.ts';
import { type User, userSchema } from './User.ts';

const make = (userName: string, more: Partial<User> = {}): User =>
  userSchema.parse({
    id: userName,
    userName,
    displayName: `${userName} Example`,
    role: 'user',
    passwordHash: null,
    createdAtMs: 1,
    ...more,
  });

/** In no order. */
const numbered = Array.from({ length: 250 }, (_, index) => make(`user-${String((index * 97) % 250).padStart(3, '0')}`));

function namesOf(users: readonly User[], query: UserQuery): string[] {
  return pageUsers(users, query).items.map(({ userName }) => userName);
}

describe('pages of users', () => {
  it.each([1, 7, 100, 249, 250, 251])('of %i go through all of them once, by name', (limit) => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = pageUsers(numbered, { limit, ...(cursor !== null && { cursor }) });
      expect(page.items.length).toBeLessThanOrEqual(limit);
      seen.push(...page.items.map(({ userName }) => userName));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(numbered.map(({ userName }) => userName).toSorted());
  });

  it('find by a part of either name without regard to case, and by brand', () => {
    const acme = 'acme' as BrandId;
    const users = [make('Bob', { brandId: acme }), make('alice', { displayName: 'Ǻlice Öster' }), make('carol')];
    expect(namesOf(users, { limit: 10, q: 'BO' })).toEqual(['Bob']);
    expect(namesOf(users, { limit: 10, q: 'öst' })).toEqual(['alice']);
    expect(namesOf(users, { limit: 10, q: 'example' })).toEqual(['Bob', 'carol']);
    expect(namesOf(users, { limit: 10, q: 'nobody' })).toEqual([]);
    expect(namesOf(users, { limit: 10, brandId: acme })).toEqual(['Bob']);
    expect(namesOf(users, { limit: 10 })).toEqual(['alice', 'Bob', 'carol']);
  });

  it('go on behind the last one although it is gone, and end on a cursor that is none', () => {
    const { nextCursor } = pageUsers(numbered, { limit: 3 });
    const rest = numbered.filter(({ userName }) => userName !== 'user-002');
    expect(namesOf(rest, { limit: 2, cursor: nextCursor ?? '' })).toEqual(['user-003', 'user-004']);
    expect(namesOf(numbered, { limit: 2, cursor: '%%%' })).toHaveLength(2);
  });
});
