import type { Rate, Rule } from '../../../../shared/admin/index.ts';
import { highRiskNumberTypes } from '../../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../../shared/errors/index.ts';
import type { UsageDay } from '../../../storage/index.ts';
import type { Authorization } from '../Authorization.ts';
import { CallRefusal } from '../CallRefusal.ts';
import { type Destination, parseDestination } from '../numbers/parseDestination.ts';
import { priceOf } from '../rates/amounts.ts';
import { readAddress } from '../rules/AddressRanges.ts';
import type { RuleVerdict } from '../rules/judgeByRules.ts';
import type { RuleQuery } from '../rules/missOf.ts';
import type { CallFacts } from './CallFacts.ts';
import { demandGoodCaller, demandWithinBounds, destinationOfKey } from './callerBounds.ts';
import { callerNumbersOf } from './callerNumbersOf.ts';
import { claimsOf } from './claimsOf.ts';
import type { DecisionTrace } from './DecisionTrace.ts';

/** What a decision asks besides the facts. */
export interface DecisionKnowledge {
  judge(query: RuleQuery): RuleVerdict;
  rateOf(e164: string): Rate | undefined;
  dayOf(timeZone: string, atMs: number): UsageDay;
}

/**
 * Whether the call may be made, and within what limits: caller, number, emergency, bounds of the caller's entry, rules, caller ID,
 * price. Pure but for `trace`, which Explain listens at. Limits are claimed here and counted by the usage store.
 *
 * @throws DialbridgeError that says why not
 */
export function decideCall(
  facts: CallFacts,
  knowledge: DecisionKnowledge,
  trace: DecisionTrace | null = null,
): Authorization {
  trace?.begin('caller');
  demandGoodCaller(facts);
  trace?.begin('number');
  const called = parseDestination(facts.destination, facts.brand.defaultCountry);
  trace?.numberRead(called);
  trace?.begin('emergency');
  if (called.isEmergency) return emergencyCall(facts, called);
  trace?.begin('bounds');
  demandWithinBounds(facts, called);
  trace?.begin('rules');
  const rule = allowingRule({ facts, called, knowledge, trace });
  trace?.begin('callerNumber');
  const callerNumber = callerNumberOf(facts, rule);
  trace?.begin('limits');
  return {
    ...common(facts, called),
    ...limitsOf({ facts, called, knowledge, rule, trace }),
    matchedRule: rule,
    callerNumber,
  };
}

interface Weighing {
  readonly facts: CallFacts;
  readonly called: Destination;
  readonly knowledge: DecisionKnowledge;
  readonly trace: DecisionTrace | null;
}

function common({ brand, ruleCaller }: CallFacts, called: Destination) {
  const caller = { brandId: brand.id, groups: ruleCaller.groups };
  return { called, calledNumber: called.e164, isEmergency: called.isEmergency, caller, gatewayIds: null } as const;
}

/** Decided by the brand's setting alone. A visitor's whereabouts and name are unknown to everybody, and so is who would be helped. */
function emergencyCall(facts: CallFacts, called: Destination): Authorization {
  const { brand, caller } = facts;
  // +49 110 means nothing to a gateway elsewhere.
  const isAbroad = called.country !== brand.defaultCountry;
  if (caller.kind === 'visitor' || brand.emergency.mode === 'refuse' || isAbroad)
    throw new DialbridgeError('emergencyNotServed');
  const [usual = null, ...others] = callerNumbersOf(facts, null);
  // Nothing that was asked for may cost the call.
  const callerNumber = facts.callerNumber !== null && others.includes(facts.callerNumber) ? facts.callerNumber : usual;
  return {
    ...common(facts, called),
    gatewayIds: brand.emergency.gatewayIds,
    matchedRule: null,
    callerNumber,
    maxDurationMs: null,
    claims: [],
    price: null,
  };
}

/** Null: the embed key itself allows the call. */
function allowingRule({ facts, called, knowledge, trace }: Weighing): Rule | null {
  const { caller, ruleCaller, brand, address, origin, atMs } = facts;
  const query: RuleQuery = {
    caller: ruleCaller,
    brandId: brand.id,
    address: readAddress(address),
    origin,
    called,
    atMs,
  };
  const verdict = knowledge.judge(query);
  if (verdict.matched?.action === 'allow') return verdict.matched;
  if (verdict.matched || caller.kind !== 'visitor' || !caller.key) throw refusalBy(verdict, called, atMs);
  // A number that stands there in full was meant; a prefix opens no expensive ones, just as in a rule.
  const isMeant = destinationOfKey(caller.key, called)?.isPrefix === false;
  const isAllowed = isMeant || !highRiskNumberTypes.includes(called.type);
  trace?.keyAsked(caller.key, isAllowed);
  if (isAllowed) return null;
  throw new DialbridgeError('highRiskNumber', { details: { number: called.formatted } });
}

function refusalBy({ matched, nearMiss }: RuleVerdict, called: Destination, atMs: number): DialbridgeError {
  const details = { number: called.formatted };
  if (matched) return new CallRefusal('ruleDenies', { details, evidence: { ruleId: matched.id } });
  if (nearMiss?.kind === 'highRisk') return new DialbridgeError('highRiskNumber', { details });
  if (nearMiss?.kind !== 'time') return new DialbridgeError('noRuleAllows', { details });
  const { opensAtMs } = nearMiss;
  return new DialbridgeError('outsideHours', {
    details,
    ...(opensAtMs !== null && { retryAfterMs: opensAtMs - atMs }),
  });
}

function callerNumberOf(facts: CallFacts, rule: Rule | null): string | null {
  const allowed = callerNumbersOf(facts, rule);
  const { callerNumber: asked } = facts;
  if (asked === null) return allowed[0] ?? null;
  if (!allowed.includes(asked)) throw new DialbridgeError('callerNumberNotAllowed', { details: { number: asked } });
  return asked;
}

function limitsOf({ facts, called, knowledge, rule, trace }: Weighing & { readonly rule: Rule | null }) {
  const { caller, callerKey, brand, atMs } = facts;
  const key = caller.kind === 'visitor' ? (caller.key ?? null) : null;
  const scoped = claimsOf({ rule, key, callerKey, day: knowledge.dayOf(brand.timeZone, atMs) });
  const claims = scoped.map(({ claim }) => claim);
  const durations = [rule?.limits?.maxDurationMs, key?.limits.maxDurationMs].filter((ms) => ms !== undefined);
  const maxDurationMs = durations.length > 0 ? Math.min(...durations) : null;
  trace?.limited(scoped, maxDurationMs);
  const rate = knowledge.rateOf(called.e164);
  if (rate === undefined && claims.some(({ limits }) => limits.costMicrosPerDay !== undefined))
    throw new DialbridgeError('noRateForNumber', { details: { number: called.formatted } });
  if (rate === undefined) return { claims, maxDurationMs, price: null };
  return { claims, maxDurationMs, price: priceOf(rate), ratePrefix: rate.id };
}
