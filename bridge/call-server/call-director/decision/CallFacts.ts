import type { BrandSettings, EmbedKey } from '../../../../shared/admin/index.ts';
import type { BrandId, EmbedKeyId, UserId } from '../../../../shared/domain/index.ts';
import { addressKey, type Entry, foldUserName, type User } from '../../../front-end-server/index.ts';
import type { CallRequest } from '../Authorization.ts';
import type { RuleCaller } from '../rules/missOf.ts';

/** Who calls, with all that a decision asks of them. */
export type Caller =
  | { readonly kind: 'account'; readonly account: Pick<User, 'isEnabled' | 'groups' | 'callerNumbers'> | undefined }
  | { readonly kind: 'hostUser'; readonly grants: Extract<Entry, { kind: 'hostToken' }> }
  | {
      readonly kind: 'visitor';
      readonly key: EmbedKey | undefined;
      /** They are on a page that the key allows, or on one of ours that was framed by such a page when they came in. */
      readonly isOnItsPage: boolean;
    };

/** Everything that a decision looks at but rules and rates, found before: the decision itself waits for nothing. */
export interface CallFacts {
  readonly caller: Caller;
  /** As rules see them. */
  readonly ruleCaller: RuleCaller;
  /** Whose use is counted by limits for each caller. */
  readonly callerKey: string;
  readonly brand: BrandSettings;
  readonly address: string;
  /** Of the page that the caller is on; null: no page. */
  readonly origin: string | null;
  readonly destination: string;
  /** Caller ID that was asked for. */
  readonly callerNumber: string | null;
  readonly atMs: number;
}

/** Where the facts are known; all of it is in memory. */
export interface FactSources {
  readonly users: { get(id: UserId): Promise<User | undefined> };
  readonly brands: { settings(id: BrandId): BrandSettings };
  readonly embedKeys: {
    get(id: EmbedKeyId): EmbedKey | undefined;
    isPageOf(key: EmbedKey, origin: string): boolean;
  };
}

export async function gatherFacts(request: CallRequest, sources: FactSources, atMs: number): Promise<CallFacts> {
  const { client, destination, callerNumber = null } = request;
  const { entry, address } = client;
  const brand = sources.brands.settings(client.brand.id);
  const common = { brand, address, destination, callerNumber, atMs };
  if (entry.kind === 'embedKey') {
    const key = sources.embedKeys.get(entry.embedKeyId);
    const isOnItsPage = entry.isFramed === true || (key !== undefined && sources.embedKeys.isPageOf(key, entry.origin));
    return {
      ...common,
      caller: { kind: 'visitor', key, isOnItsPage },
      ruleCaller: { userName: null, groups: [], embedKeyId: entry.embedKeyId },
      callerKey: visitorKey(address),
      origin: entry.origin,
    };
  }
  const userName = foldUserName(client.user.userName);
  const named = { ...common, callerKey: client.user.id, origin: client.origin };
  if (entry.kind === 'hostToken') {
    return {
      ...named,
      caller: { kind: 'hostUser', grants: entry },
      ruleCaller: { userName, groups: entry.groups, embedKeyId: null },
    };
  }
  const account = await sources.users.get(client.user.id);
  return {
    ...named,
    caller: { kind: 'account', account },
    ruleCaller: { userName, groups: account?.groups ?? [], embedKeyId: null },
  };
}

/** Visitors of one place on the network count as one: they could be as many as they like. */
export function visitorKey(address: string): string {
  return `visitor:${addressKey(address)}`;
}
