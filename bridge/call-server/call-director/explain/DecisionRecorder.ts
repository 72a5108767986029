import type { EmbedKey, Explanation, RuleMiss } from '../../../../shared/admin/index.ts';
import type { ScopedClaim } from '../decision/claimsOf.ts';
import type { DecisionStep, DecisionTrace } from '../decision/DecisionTrace.ts';
import type { Destination } from '../numbers/parseDestination.ts';
import type { CompiledRule } from '../rules/CompiledRule.ts';
import type { RuleQuery } from '../rules/missOf.ts';
import { describeMiss } from './describeMiss.ts';

/** What is looked at once the decision is made belongs to the answer, too. */
export type ExplainedStep = DecisionStep | 'gateways';

/** Writes down what a decision looks at. */
export class DecisionRecorder implements DecisionTrace {
  readonly steps: ExplainedStep[] = [];
  readonly rules: Explanation['rules'] = [];
  readonly #draftIds: ReadonlySet<string>;
  called: Destination | null = null;
  claims: readonly ScopedClaim[] = [];
  maxDurationMs: number | null = null;

  /** `draftIds`: of rules that are only tried out. */
  constructor(draftIds: ReadonlySet<string>) {
    this.#draftIds = draftIds;
  }

  begin(step: ExplainedStep): void {
    this.steps.push(step);
  }

  numberRead(called: Destination): void {
    this.called = called;
  }

  ruleLooked(compiled: CompiledRule, miss: RuleMiss | null, query: RuleQuery): void {
    const { id, name = null, action } = compiled.rule;
    this.rules.push({
      ruleId: id,
      name,
      action,
      isMatch: miss === null,
      miss,
      text: describeMiss(compiled, miss, query),
      isDraft: this.#draftIds.has(id),
    });
  }

  keyAsked({ name }: EmbedKey, isAllowed: boolean): void {
    this.rules.push({
      ruleId: null,
      name,
      action: 'allow',
      isMatch: isAllowed,
      miss: isAllowed ? null : 'highRiskNotNamed',
      text: isAllowed
        ? 'The embed key names the number, and no rule says otherwise.'
        : 'The embed key names only the beginning of this expensive special number; such numbers must be named in full.',
      isDraft: false,
    });
  }

  limited(claims: readonly ScopedClaim[], maxDurationMs: number | null): void {
    this.claims = claims;
    this.maxDurationMs = maxDurationMs;
  }
}
