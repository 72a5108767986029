import type { Rule, RuleDraft } from '../../../shared/admin/index.ts';
import type { NumberType } from '../../../shared/domain/index.ts';
import { type HoursFieldsAt, hoursFieldsOf, hoursInputOf } from '../hours/index.ts';
import { type LimitFields, limitFieldsOf, limitsInputOf } from '../limits/index.ts';

/** A rule while it is written, by the paths of its settings. Lists that are empty mean no such condition. */
export interface RuleFields extends LimitFields, HoursFieldsAt<'when'> {
  readonly name: string;
  readonly isEnabled: boolean;
  readonly action: RuleDraft['action'];
  readonly 'from.users': readonly string[];
  readonly 'from.groups': readonly string[];
  readonly 'from.embedKeys': readonly string[];
  /** `visitors`: everybody without an account; `accounts`: everybody with one. */
  readonly 'from.anonymous': 'visitors' | 'accounts' | null;
  readonly 'from.brands': readonly string[];
  readonly 'from.addresses': readonly string[];
  readonly 'from.origins': readonly string[];
  readonly 'to.prefix': readonly string[];
  readonly 'to.countries': readonly string[];
  readonly 'to.types': readonly NumberType[];
  readonly callerNumbers: readonly string[];
  /** Null: of a new rule, which gets one by its place. */
  readonly order: number | null;
  readonly place: 'last' | 'first';
}

/** A new rule for a brand (null: for all).  */
export function newRuleFields(brandId: string | null = null): RuleFields {
  return {
    name: '',
    isEnabled: true,
    action: 'allow',
    'from.users': [],
    'from.groups': [],
    'from.embedKeys': [],
    'from.anonymous': null,
    'from.brands': brandId === null ? [] : [brandId],
    'from.addresses': [],
    'from.origins': [],
    'to.prefix': [],
    'to.countries': [],
    'to.types': [],
    ...hoursFieldsOf('when', null),
    ...limitFieldsOf({}, {}),
    callerNumbers: [],
    order: null,
    place: 'last',
  };
}

export function ruleFieldsOf(rule: Rule): RuleFields {
  const { from = {}, to = {}, when, limits = {}, sharedLimits = {} } = rule;
  return {
    ...newRuleFields(),
    name: rule.name ?? '',
    isEnabled: rule.isEnabled,
    action: rule.action,
    'from.users': from.users ?? [],
    'from.groups': from.groups ?? [],
    'from.embedKeys': from.embedKeys ?? [],
    'from.anonymous': from.anonymous === undefined ? null : from.anonymous ? 'visitors' : 'accounts',
    'from.brands': from.brands ?? [],
    'from.addresses': from.addresses ?? [],
    'from.origins': from.origins ?? [],
    'to.prefix': [to.prefix ?? []].flat(),
    'to.countries': to.countries ?? [],
    'to.types': to.types ?? [],
    ...hoursFieldsOf('when', when),
    ...limitFieldsOf(limits, sharedLimits),
    callerNumbers: rule.callerNumbers ?? [],
    order: rule.order,
  };
}

/** The orders of the first and of the last rule. */
export interface OrderBounds {
  readonly first: number;
  readonly last: number;
}

/** What the fields say, for the schema to check. */
export function ruleInputOf(fields: RuleFields, bounds: OrderBounds = { first: 0, last: 0 }) {
  const newOrder = fields.place === 'first' ? bounds.first - 1 : bounds.last + 1;
  const isAllow = fields.action === 'allow';
  const anonymous = fields['from.anonymous'];
  const { limits, sharedLimits } = limitsInputOf(fields);
  const when = hoursInputOf('when', fields);
  return {
    ...(fields.name.trim() !== '' && { name: fields.name }),
    isEnabled: fields.isEnabled,
    order: fields.order ?? newOrder,
    action: fields.action,
    ...unlessEmpty('from', {
      ...listIfAny('users', fields['from.users']),
      ...listIfAny('groups', fields['from.groups']),
      ...listIfAny('embedKeys', fields['from.embedKeys']),
      ...(anonymous !== null && { anonymous: anonymous === 'visitors' }),
      ...listIfAny('brands', fields['from.brands']),
      ...listIfAny('addresses', fields['from.addresses']),
      ...listIfAny('origins', fields['from.origins']),
    }),
    ...unlessEmpty('to', {
      ...listIfAny('prefix', fields['to.prefix']),
      ...listIfAny('countries', fields['to.countries']),
      ...listIfAny('types', fields['to.types']),
    }),
    ...(when !== null && { when }),
    ...(isAllow && unlessEmpty('limits', limits)),
    ...(isAllow && unlessEmpty('sharedLimits', sharedLimits)),
    ...(isAllow && listIfAny('callerNumbers', fields.callerNumbers)),
  };
}

function listIfAny(key: string, list: readonly string[]): Record<string, string[]> {
  return list.length === 0 ? {} : { [key]: [...list] };
}

function unlessEmpty(key: string, value: object): Record<string, object> {
  return Object.keys(value).length === 0 ? {} : { [key]: value };
}
