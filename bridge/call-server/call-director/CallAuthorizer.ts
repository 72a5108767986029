import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { Authorization, CallRequest } from './Authorization.ts';
import { matchRule, type OrderedRule } from './matchRule.ts';
import { parseDestination } from './parseDestination.ts';

export interface CallAuthorizerDeps {
  readonly ruleBook: { readonly ordered: readonly OrderedRule[] };
}

/** Says whether a person may make a call. Default deny. It stands on the dial path and waits for no storage that can be kept in memory. */
export class CallAuthorizer {
  readonly #deps: CallAuthorizerDeps;

  constructor(deps: CallAuthorizerDeps) {
    this.#deps = deps;
  }

  /** @throws DialbridgeError `notAPhoneNumber`, `emergencyNotServed`, `noRuleAllows`, `ruleDenies` */
  async authorize({ client, destination }: CallRequest): Promise<Authorization> {
    const called = parseDestination(destination, client.brand.defaultCountry);
    const matchedRule = matchRule(this.#deps.ruleBook.ordered, { userName: client.user.userName, e164: called.e164 });
    if (matchedRule?.action !== 'allow') {
      const code = matchedRule === undefined ? 'noRuleAllows' : 'ruleDenies';
      throw new DialbridgeError(code, { details: { number: called.formatted } });
    }
    return {
      called,
      calledNumber: called.e164,
      isEmergency: false,
      gatewayIds: null,
      matchedRule,
      callerNumber: null,
      maxDurationMs: null,
      claims: [],
      price: null,
    };
  }
}
