import type { Days } from '../../calendar/index.ts';
import type { Clock } from '../../observability/index.ts';
import type { Authorization, CallRequest } from './Authorization.ts';
import { type FactSources, gatherFacts } from './decision/CallFacts.ts';
import { type DecisionKnowledge, decideCall } from './decision/decideCall.ts';
import type { RateBook } from './rates/RateBook.ts';
import { judgeByRules } from './rules/judgeByRules.ts';
import type { RuleBook } from './rules/RuleBook.ts';

export interface CallAuthorizerDeps extends FactSources {
  readonly ruleBook: Pick<RuleBook, 'index'>;
  readonly rateBook: Pick<RateBook, 'rateOf'>;
  readonly days: Pick<Days, 'dayOf'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** Says whether a person may make a call. Default deny. It stands on the dial path: all that it asks is in memory. */
export class CallAuthorizer {
  readonly #deps: CallAuthorizerDeps;
  readonly #knowledge: DecisionKnowledge;

  constructor(deps: CallAuthorizerDeps) {
    this.#deps = deps;
    const { ruleBook, rateBook, days } = deps;
    this.#knowledge = {
      judge: (query) => judgeByRules(ruleBook.index.candidates(query), query),
      rateOf: (e164) => rateBook.rateOf(e164),
      dayOf: (timeZone, atMs) => days.dayOf(timeZone, atMs),
    };
  }

  /**
   * @throws DialbridgeError `accountDisabled`, `embedKeyInvalid`, `originNotAllowed`, `notAPhoneNumber`, `emergencyNotServed`,
   * `destinationNotAllowed`, `ruleDenies`, `noRuleAllows`, `highRiskNumber`, `outsideHours` (with `retryAfterMs` where it is known),
   * `callerNumberNotAllowed`, `noRateForNumber`
   */
  async authorize(request: CallRequest): Promise<Authorization> {
    const facts = await gatherFacts(request, this.#deps, this.#deps.clock.now());
    return decideCall(facts, this.#knowledge);
  }
}
