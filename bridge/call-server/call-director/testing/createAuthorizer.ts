import {
  type BrandSettings,
  brandSettingsSchema,
  type EmbedKey,
  originMatcher,
  type Rate,
  type Rule,
} from '../../../../shared/admin/index.ts';
import { Days, ZoneClocks } from '../../../calendar/index.ts';
import type { User } from '../../../front-end-server/index.ts';
import type { Clock } from '../../../observability/index.ts';
import { CallAuthorizer, type CallAuthorizerDeps } from '../CallAuthorizer.ts';
import { PrefixSet } from '../numbers/PrefixSet.ts';
import { compileRules } from '../rules/CompiledRule.ts';
import type { RuleBook } from '../rules/RuleBook.ts';
import { RuleIndex } from '../rules/RuleIndex.ts';

export interface KnownToAuthorizer {
  readonly clock: Pick<Clock, 'now'>;
  readonly rules?: readonly Rule[];
  readonly rates?: readonly Rate[];
  /** The rest of these are as an ordinary account's. */
  readonly users?: readonly (Pick<User, 'id'> & Partial<User>)[];
  /** false: nobody but those has an account. */
  readonly isEverybodyKnown?: boolean;
  /** Whatever its id: that of everybody. */
  readonly brand?: Partial<BrandSettings>;
  readonly embedKeys?: readonly EmbedKey[];
}

/** An authorizer that knows what it is given; anybody whom `users` doesn't name has an enabled account. */
export function createAuthorizer(known: KnownToAuthorizer): CallAuthorizer {
  return new CallAuthorizer(authorizerDeps(known));
}

export function authorizerDeps(
  known: KnownToAuthorizer,
): Omit<CallAuthorizerDeps, 'ruleBook'> & { readonly ruleBook: Pick<RuleBook, 'ordered' | 'index'> } {
  const { clock, rules = [], rates = [], users = [], brand = {}, embedKeys = [], isEverybodyKnown = true } = known;
  const settings = brandSettingsSchema.parse({ id: 'b1', name: 'Brand', ...brand });
  const clocks = new ZoneClocks();
  const ordered = compileRules(rules, clocks);
  const prefixes = new PrefixSet(rates.map(({ id }) => id));
  return {
    ruleBook: { ordered, index: new RuleIndex(ordered) },
    rateBook: { rateOf: (e164) => rates.find(({ id }) => id === prefixes.longestOf(e164)) },
    days: new Days(clocks),
    users: {
      get: async (id) => {
        const user = users.find((one) => one.id === id) ?? (isEverybodyKnown ? { id } : undefined);
        return user && account(user);
      },
    },
    brands: { settings: (id) => ({ ...settings, id }) },
    embedKeys: {
      get: (id) => embedKeys.find((key) => key.id === id),
      isPageOf: (key, origin) => originMatcher(key.origins)(origin),
    },
    clock,
  };
}

function account(user: Pick<User, 'id'> & Partial<User>): User {
  return {
    userName: user.id,
    displayName: user.id,
    role: 'user',
    passwordHash: null,
    createdAtMs: 0,
    brandId: null,
    groups: [],
    callerNumbers: [],
    isEnabled: true,
    revision: 1,
    updatedAtMs: 0,
    ...user,
  };
}
