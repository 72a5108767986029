import type { TFunction } from 'i18next';
import type { Explanation, LimitUse } from '../../../shared/admin/index.ts';
import { describeError } from '../../session/index.ts';
import { createCountryNames, describeDuration } from '../words/index.ts';
import type { RuleLook } from './foldRules.ts';

/** Who calls, as the person who asked would call them. */
export type CallerName = string;

/** What a rule is called: its name, else its id; the embed key itself has none. */
export function ruleTitle({ ruleId, name }: Pick<RuleLook, 'ruleId' | 'name'>, t: TFunction): string {
  if (ruleId === null) return t('admin.explain.keyItself');
  return name ?? t('admin.explain.unnamed', { id: ruleId });
}

/** The decision in sentences: what, because of what, and what the caller is told. */
export function describeDecision(explanation: Explanation, caller: CallerName, t: TFunction, locale: string): string {
  const { decision, destination, error } = explanation;
  const decisive = explanation.rules.find(({ isMatch }) => isMatch);
  const rule = decisive === undefined ? null : t('admin.explain.theRule', { name: ruleTitle(decisive, t) });
  if (decision === 'allow') {
    if (destination?.isEmergency) return t('admin.explain.decision.allowedEmergency');
    const values = { caller, number: destination?.formatted ?? '' };
    if (rule === null || decisive?.ruleId === null) return t('admin.explain.decision.allowedByKey', values);
    return t('admin.explain.decision.allowedBy', { ...values, rule });
  }
  const sentences = [
    decisive?.action === 'deny' && rule !== null && t('admin.explain.decision.refusedBy', { rule }),
    error !== null && t('admin.explain.decision.told', { sentence: describeError(error, t) }),
    error?.retryAfterMs !== undefined &&
      t('admin.explain.decision.retry', { duration: describeDuration(error.retryAfterMs, locale) }),
  ];
  return sentences.filter((sentence) => sentence !== false).join(' ');
}

export interface Fact {
  readonly name: string;
  readonly value: string;
}

export function listFacts(explanation: Explanation, t: TFunction, locale: string): readonly Fact[] {
  const { destination, callerNumber, maxDurationMs, cost, decision } = explanation;
  const facts: Fact[] = [
    { name: t('admin.explain.number'), value: destination?.formatted ?? t('admin.explain.notANumber') },
    ...(destination ? [{ name: t('admin.explain.kindOfNumber'), value: describeKind(destination, t, locale) }] : []),
  ];
  if (decision === 'deny') return facts;
  return [
    ...facts,
    { name: t('admin.explain.shownNumber'), value: callerNumber ?? t('admin.explain.shownByGateway') },
    {
      name: t('admin.explain.longest'),
      value: maxDurationMs === null ? t('admin.explain.noLongest') : describeDuration(maxDurationMs, locale),
    },
    { name: t('admin.explain.cost'), value: cost === null ? t('admin.explain.noCost') : describeCost(cost, t, locale) },
  ];
}

function describeKind(destination: NonNullable<Explanation['destination']>, t: TFunction, locale: string): string {
  if (destination.isEmergency) return t('admin.explain.emergency');
  const kind = t(`admin.rules.oneOfType.${destination.type}`);
  const { country } = destination;
  return country === null ? kind : t('admin.explain.inCountry', { kind, country: createCountryNames(locale)(country) });
}

function describeCost(cost: NonNullable<Explanation['cost']>, t: TFunction, locale: string): string {
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency: cost.currency, maximumFractionDigits: 6 });
  const values = { price: money.format(cost.pricePerMinute), prefix: cost.prefix };
  if (cost.connectionFee === 0) return t('admin.explain.costText', values);
  return t('admin.explain.costWithFee', { ...values, fee: money.format(cost.connectionFee) });
}

/** "1 of 2", in the unit of the limit. */
export function describeUse({ limit, used, allowed }: LimitUse, t: TFunction, locale: string): string {
  const write = (amount: number) =>
    limit === 'maxDurationMs'
      ? describeDuration(amount, locale)
      : new Intl.NumberFormat(locale, { maximumFractionDigits: limit === 'minutesPerDay' ? 1 : 6 }).format(amount);
  return t('admin.explain.used', { used: write(used), allowed: write(allowed) });
}
