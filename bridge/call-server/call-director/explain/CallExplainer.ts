import type { ExplainRequest, Explanation, Rule } from '../../../../shared/admin/index.ts';
import { DialbridgeError, toWireError } from '../../../../shared/errors/index.ts';
import type { ZoneClocks } from '../../../calendar/index.ts';
import { Days } from '../../../calendar/index.ts';
import type { Clock } from '../../../observability/index.ts';
import { type GatewaySelection, type ProxyServer, whyNoGateway } from '../../../proxy-server/index.ts';
import type { UsageStore } from '../../../storage/index.ts';
import type { Authorization } from '../Authorization.ts';
import { type CallFacts, type FactSources, gatherFacts } from '../decision/CallFacts.ts';
import { decideCall } from '../decision/decideCall.ts';
import { toRefusal } from '../limits/index.ts';
import { priceOf } from '../rates/amounts.ts';
import type { RateBook } from '../rates/RateBook.ts';
import { type CompiledRule, compileRules } from '../rules/CompiledRule.ts';
import { judgeByRules } from '../rules/judgeByRules.ts';
import type { RuleBook } from '../rules/RuleBook.ts';
import { DecisionRecorder } from './DecisionRecorder.ts';
import { describeSteps } from './describeSteps.ts';
import { limitUses } from './limitUses.ts';
import { type CallerSources, toCallRequest } from './toCallRequest.ts';

export interface CallExplainerDeps {
  readonly users: FactSources['users'] & CallerSources['users'];
  readonly brands: FactSources['brands'] & CallerSources['brands'];
  readonly embedKeys: FactSources['embedKeys'];
  readonly ruleBook: Pick<RuleBook, 'ordered'>;
  readonly rateBook: Pick<RateBook, 'rateOf'>;
  readonly clocks: ZoneClocks;
  readonly usage: Pick<UsageStore, 'check' | 'read'>;
  readonly proxyServer: Pick<ProxyServer, 'select'>;
  readonly clock: Pick<Clock, 'now'>;
}

export interface CallExplainerOptions {
  /** Of the rates, ISO 4217. */
  readonly currency: string;
}

/** What became of the question whether the call may be made. */
interface Answer {
  readonly authorization: Authorization | null;
  readonly selection: GatewaySelection | null;
  readonly error: DialbridgeError | null;
}

/**
 * "May this caller call this number now, from here?" Decides as a call is decided, by the same code, and tells what was looked at. It
 * goes through the rules one by one where a call takes the index, so that each can be shown, and asks for room where a call takes it.
 */
export class CallExplainer {
  readonly #deps: CallExplainerDeps;
  readonly #options: CallExplainerOptions;

  constructor(deps: CallExplainerDeps, options: CallExplainerOptions) {
    this.#deps = deps;
    this.#options = options;
  }

  /** @throws DialbridgeError `invalidSetting` where there is no such caller */
  async explain(request: ExplainRequest): Promise<Explanation> {
    const atMs = request.atMs ?? this.#deps.clock.now();
    const facts = await gatherFacts(await toCallRequest(request, this.#deps), this.#deps, atMs);
    const recorder = new DecisionRecorder(new Set(request.draft?.put.map(({ id }) => id)));
    const answer = await this.#answer(facts, this.#rulesOf(request.draft), recorder);
    return this.#explanation(facts, recorder, answer);
  }

  /** As intake decides on a call: authorize, limits, gateways. */
  async #answer(facts: CallFacts, rules: readonly CompiledRule[], recorder: DecisionRecorder): Promise<Answer> {
    const { rateBook, clocks, usage, proxyServer } = this.#deps;
    const { atMs } = facts;
    let authorization: Authorization | null = null;
    let selection: GatewaySelection | null = null;
    try {
      authorization = decideCall(
        facts,
        {
          judge: (query) => judgeByRules(rules, query, (compiled, miss) => recorder.ruleLooked(compiled, miss, query)),
          rateOf: (e164) => rateBook.rateOf(e164),
          // Of its own: the question may be about another day than calls are.
          dayOf: (timeZone, ms) => new Days(clocks).dayOf(timeZone, ms),
        },
        recorder,
      );
      const { claims, price, calledNumber, gatewayIds, called, caller } = authorization;
      const refusal = claims.length > 0 ? await usage.check({ atMs, claims, price }) : null;
      if (refusal) throw toRefusal(refusal, atMs);
      recorder.begin('gateways');
      selection = await proxyServer.select({
        ...{ calledNumber, gatewayIds, caller, atMs },
        type: called.type,
        codecs: null,
      });
      if (selection.candidates.length === 0)
        throw new DialbridgeError(whyNoGateway(selection), { details: { number: called.formatted } });
      return { authorization, selection, error: null };
    } catch (error) {
      if (error instanceof DialbridgeError) return { authorization, selection, error };
      throw error;
    }
  }

  async #explanation(facts: CallFacts, recorder: DecisionRecorder, answer: Answer): Promise<Explanation> {
    const { called, claims, rules, maxDurationMs } = recorder;
    const { authorization, selection, error } = answer;
    const rate = called === null || called.isEmergency ? undefined : this.#deps.rateBook.rateOf(called.e164);
    const price = rate === undefined ? null : priceOf(rate);
    const candidates = selection?.candidates ?? [];
    return {
      decision: error === null ? 'allow' : 'deny',
      error: error && toWireError(error),
      atMs: facts.atMs,
      destination: called && {
        e164: called.e164,
        formatted: called.formatted,
        country: called.country,
        type: called.type,
        isEmergency: called.isEmergency,
      },
      steps: describeSteps({
        facts,
        steps: recorder.steps,
        error,
        called,
        authorization,
        firstGateway: candidates[0]?.id ?? null,
        hasLimits: claims.length > 0,
      }),
      rules,
      matchedRuleId: rules.find(({ isMatch }) => isMatch)?.ruleId ?? null,
      limits: await limitUses(this.#deps.usage, { claims, price, atMs: facts.atMs }),
      maxDurationMs,
      cost: rate
        ? {
            prefix: rate.id,
            pricePerMinute: rate.pricePerMinute,
            connectionFee: rate.connectionFee,
            currency: this.#options.currency,
          }
        : null,
      callerNumber: authorization?.callerNumber ?? null,
      gateways: {
        candidates: candidates.map(({ id, name = null }) => ({ id, name })),
        steps: (selection?.steps ?? []).map(({ dropped, ...step }) => ({ ...step, dropped: [...dropped] })),
      },
    };
  }

  #rulesOf(draft: ExplainRequest['draft']): readonly CompiledRule[] {
    const { ruleBook, clocks } = this.#deps;
    if (!draft) return ruleBook.ordered;
    const rules = new Map<string, Rule>(ruleBook.ordered.map(({ rule }) => [rule.id, rule]));
    for (const id of draft.delete) rules.delete(id);
    for (const rule of draft.put) rules.set(rule.id, rule);
    return compileRules([...rules.values()], clocks, ruleBook.ordered);
  }
}
