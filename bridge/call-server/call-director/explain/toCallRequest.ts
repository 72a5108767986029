import type { EmbedKey, ExplainRequest } from '../../../../shared/admin/index.ts';
import { type BrandId, type EmbedKeyId, signingKeyIdSchema, userIdSchema } from '../../../../shared/domain/index.ts';
import { type DialbridgeError, invalidSetting } from '../../../../shared/errors/index.ts';
import type { User } from '../../../front-end-server/index.ts';
import type { CallRequest } from '../Authorization.ts';

/** Where it is looked up who is asked about. */
export interface CallerSources {
  readonly users: { findByName(userName: string): Promise<User | undefined> };
  readonly brands: { has(id: BrandId): boolean; readonly defaultId: BrandId };
  readonly embedKeys: { get(id: EmbedKeyId): EmbedKey | undefined };
}

/** The call as its caller would ask for it. @throws DialbridgeError `invalidSetting` where there is no such caller */
export async function toCallRequest(request: ExplainRequest, sources: CallerSources): Promise<CallRequest> {
  const { destination, callerNumber } = request;
  return {
    client: await toClient(request, sources),
    destination,
    ...(callerNumber !== undefined && { callerNumber }),
  };
}

async function toClient(
  { caller, brandId, address, origin }: ExplainRequest,
  { users, brands, embedKeys }: CallerSources,
): Promise<CallRequest['client']> {
  if (caller.kind === 'visitor') {
    const key = embedKeys.get(caller.embedKeyId);
    if (!key) throw unknown('caller.embedKeyId', 'an embed key that there is');
    // Where no page is given, any that the key allows will do.
    const page = origin ?? key.origins[0]?.replace('://*.', '://www.') ?? '';
    const user = { id: userIdSchema.parse('visitor'), userName: 'visitor', displayName: key.visitorName };
    return {
      user: { ...user, role: 'visitor' },
      brand: { id: key.brandId },
      entry: { kind: 'embedKey', embedKeyId: key.id, origin: page },
      address,
      origin: page,
    };
  }
  if (caller.kind === 'hostUser') {
    const { userName, groups } = caller;
    if (!brands.has(caller.brandId)) throw unknown('caller.brandId', 'a brand that there is');
    return {
      // Whom its token would speak for is known to the host application alone: somebody who has not called yet.
      user: { id: userIdSchema.parse(`host:${userName}`), userName, displayName: userName, role: 'user' },
      brand: { id: caller.brandId },
      entry: {
        kind: 'hostToken',
        signingKeyId: signingKeyIdSchema.parse('any'),
        groups,
        destinations: null,
        callerNumbers: null,
      },
      address,
      origin,
    };
  }
  const user = await users.findByName(caller.userName);
  if (!user) throw unknown('caller.userName', 'the name of a user');
  if (brandId !== undefined && !brands.has(brandId)) throw unknown('brandId', 'a brand that there is');
  return {
    user,
    brand: { id: user.brandId ?? brandId ?? brands.defaultId },
    entry: { kind: 'account' },
    address,
    origin,
  };
}

function unknown(key: string, what: string): DialbridgeError {
  return invalidSetting([{ key, expected: `expected ${what}` }]);
}
