import type { Rule } from '../../../shared/admin/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { CallClient } from '../CallServer.ts';
import { matchRule, type OrderedRule } from './matchRule.ts';
import { type Destination, parseDestination } from './parseDestination.ts';

export interface CallRequest {
  readonly client: Pick<CallClient, 'user' | 'brand'>;
  /** As the person wrote it. */
  readonly destination: string;
}

export interface Authorization {
  readonly called: Destination;
  /** Same as `called.e164`: what goes to the gateway. */
  readonly calledNumber: Destination['e164'];
  readonly matchedRule: Rule;
}

export interface CallAuthorizerDeps {
  readonly ruleBook: { readonly ordered: readonly OrderedRule[] };
}

/** Says whether a person may make a call. Default deny. Synchronous and free of waiting: it stands on the dial path. */
export class CallAuthorizer {
  readonly #deps: CallAuthorizerDeps;

  constructor(deps: CallAuthorizerDeps) {
    this.#deps = deps;
  }

  /** @throws DialbridgeError `notAPhoneNumber`, `emergencyNotServed`, `noRuleAllows`, `ruleDenies` */
  authorize({ client, destination }: CallRequest): Authorization {
    const called = parseDestination(destination, client.brand.defaultCountry);
    const matchedRule = matchRule(this.#deps.ruleBook.ordered, { userName: client.user.userName, e164: called.e164 });
    if (matchedRule?.action !== 'allow') {
      const code = matchedRule === undefined ? 'noRuleAllows' : 'ruleDenies';
      throw new DialbridgeError(code, { details: { number: called.formatted } });
    }
    return { called, calledNumber: called.e164, matchedRule };
  }
}
