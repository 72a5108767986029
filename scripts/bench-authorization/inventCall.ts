import type { CallRequest } from '../../bridge/call-server/call-director/index.ts';
import type { User } from '../../bridge/front-end-server/index.ts';
import type { EmbedKey } from '../../shared/admin/index.ts';
import { type BrandId, userIdSchema } from '../../shared/domain/index.ts';
import { type Dice, inventDestination } from './inventData.ts';

export interface Callers {
  readonly users: readonly User[];
  readonly embedKeys: readonly EmbedKey[];
}

/** Anybody calls anywhere; one in ten is a visitor by an embed key. */
export function inventCall(dice: Dice, { users, embedKeys }: Callers): CallRequest {
  return dice.below(10) === 0 ? inventVisit(dice, embedKeys) : inventUserCall(dice, users);
}

export function inventUserCall(dice: Dice, users: readonly User[]): CallRequest {
  const user = dice.pick(users);
  return {
    client: {
      user,
      brand: { id: user.brandId ?? ('brand-0' as BrandId) },
      entry: { kind: 'account' },
      address: inventAddress(dice),
      origin: 'https://phone.example',
    },
    destination: inventDestination(dice),
  };
}

function inventVisit(dice: Dice, embedKeys: readonly EmbedKey[]): CallRequest {
  const key = dice.pick(embedKeys);
  const origin = key.origins[0]?.replace('*', 'www') ?? '';
  const user = { id: userIdSchema.parse('visitor'), userName: 'visitor', displayName: 'Visitor' };
  return {
    client: {
      user: { ...user, role: 'visitor' },
      brand: { id: key.brandId },
      entry: { kind: 'embedKey', embedKeyId: key.id, origin },
      address: inventAddress(dice),
      origin,
    },
    destination: inventDestination(dice),
  };
}

function inventAddress(dice: Dice): string {
  return [dice.below(200) + 11, dice.below(256), dice.below(256), dice.below(256)].join('.');
}
