import type { Limits, Rule, RuleDraft, TimeWindow, Weekday } from '../../../shared/admin/index.ts';
import type { NumberType } from '../../../shared/domain/index.ts';

/** One line of the hours. */
export interface WindowRow {
  /** For React alone. */
  readonly key: number;
  readonly days: readonly Weekday[];
  readonly from: string;
  readonly to: string;
}

/** As a person writes them: the longest call is in minutes. Null: no such limit. */
export type LimitFields = Readonly<Record<keyof Limits, number | null>>;

/** A rule while it is written. Lists that are empty mean no such condition. */
export interface RuleForm {
  readonly name: string;
  readonly isEnabled: boolean;
  readonly action: RuleDraft['action'];
  readonly users: readonly string[];
  readonly groups: readonly string[];
  readonly embedKeys: readonly string[];
  /** `visitors`: everybody without an account; `accounts`: everybody with one. */
  readonly anonymous: 'any' | 'visitors' | 'accounts';
  readonly brands: readonly string[];
  readonly addresses: readonly string[];
  readonly origins: readonly string[];
  readonly prefixes: readonly string[];
  readonly countries: readonly string[];
  readonly types: readonly NumberType[];
  readonly hasHours: boolean;
  readonly timeZone: string;
  readonly windows: readonly WindowRow[];
  readonly exceptDates: readonly string[];
  readonly limits: LimitFields;
  readonly sharedLimits: LimitFields;
  readonly callerNumbers: readonly string[];
}

const msPerMinute = 60_000;

const noLimits: LimitFields = {
  callsAtOnce: null,
  callsPerMinute: null,
  minutesPerDay: null,
  costPerDay: null,
  maxDurationMs: null,
};

const workingHours: Omit<WindowRow, 'key'> = {
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  from: '08:00',
  to: '18:00',
};

/** A form for a new rule; its hours begin in the time zone of the person. */
export function emptyRuleForm(timeZone: string, action: RuleDraft['action'] = 'allow'): RuleForm {
  return {
    name: '',
    isEnabled: true,
    action,
    users: [],
    groups: [],
    embedKeys: [],
    anonymous: 'any',
    brands: [],
    addresses: [],
    origins: [],
    prefixes: [],
    countries: [],
    types: [],
    hasHours: false,
    timeZone,
    windows: [{ key: 1, ...workingHours }],
    exceptDates: [],
    limits: noLimits,
    sharedLimits: noLimits,
    callerNumbers: [],
  };
}

export function ruleFormOf(rule: Rule, timeZone: string): RuleForm {
  const { from = {}, to = {}, when } = rule;
  const empty = emptyRuleForm(timeZone, rule.action);
  return {
    ...empty,
    name: rule.name ?? '',
    isEnabled: rule.isEnabled,
    users: from.users ?? [],
    groups: from.groups ?? [],
    embedKeys: from.embedKeys ?? [],
    anonymous: from.anonymous === undefined ? 'any' : from.anonymous ? 'visitors' : 'accounts',
    brands: from.brands ?? [],
    addresses: from.addresses ?? [],
    origins: from.origins ?? [],
    prefixes: [to.prefix ?? []].flat(),
    countries: to.countries ?? [],
    types: to.types ?? [],
    ...(when && {
      hasHours: true,
      timeZone: when.timeZone,
      windows: when.windows.map((window, index) => ({ key: index + 1, ...window })),
      exceptDates: when.exceptDates,
    }),
    limits: limitFieldsOf(rule.limits),
    sharedLimits: limitFieldsOf(rule.sharedLimits),
    callerNumbers: rule.callerNumbers ?? [],
  };
}

/** What the form says, for the schema to check: its paths are those that the bridge names in `invalidSetting`. */
export function ruleInputOf(form: RuleForm, order: number) {
  const isAllow = form.action === 'allow';
  return {
    ...(form.name.trim() !== '' && { name: form.name }),
    isEnabled: form.isEnabled,
    order,
    action: form.action,
    ...unlessEmpty('from', {
      ...listIfAny('users', form.users),
      ...listIfAny('groups', form.groups),
      ...listIfAny('embedKeys', form.embedKeys),
      ...(form.anonymous !== 'any' && { anonymous: form.anonymous === 'visitors' }),
      ...listIfAny('brands', form.brands),
      ...listIfAny('addresses', form.addresses),
      ...listIfAny('origins', form.origins),
    }),
    ...unlessEmpty('to', {
      ...listIfAny('prefix', form.prefixes),
      ...listIfAny('countries', form.countries),
      ...listIfAny('types', form.types),
    }),
    ...(form.hasHours && { when: whenInputOf(form) }),
    ...(isAllow && unlessEmpty('limits', limitsInputOf(form.limits))),
    ...(isAllow && unlessEmpty('sharedLimits', limitsInputOf({ ...form.sharedLimits, maxDurationMs: null }))),
    ...(isAllow && listIfAny('callerNumbers', form.callerNumbers)),
  };
}

export function addWindow(windows: readonly WindowRow[]): readonly WindowRow[] {
  const used = new Set(windows.flatMap(({ days }) => days));
  const key = Math.max(0, ...windows.map((window) => window.key)) + 1;
  const weekend = (['sat', 'sun'] as const).filter((day) => !used.has(day));
  return [...windows, { key, ...workingHours, ...(windows.length > 0 && weekend.length > 0 && { days: weekend }) }];
}

function whenInputOf({ timeZone, windows, exceptDates }: RuleForm) {
  const plain = windows.map(({ days, from, to }): TimeWindow => ({ days: [...days], from, to }));
  return { timeZone, windows: plain, exceptDates: [...exceptDates] };
}

function limitFieldsOf(limits: Limits = {}): LimitFields {
  return {
    callsAtOnce: limits.callsAtOnce ?? null,
    callsPerMinute: limits.callsPerMinute ?? null,
    minutesPerDay: limits.minutesPerDay ?? null,
    costPerDay: limits.costPerDay ?? null,
    maxDurationMs: limits.maxDurationMs === undefined ? null : limits.maxDurationMs / msPerMinute,
  };
}

function limitsInputOf(fields: LimitFields): Record<string, number> {
  const limits: Record<string, number> = {};
  for (const [name, amount] of Object.entries(fields)) {
    if (amount !== null) limits[name] = name === 'maxDurationMs' ? Math.round(amount * msPerMinute) : amount;
  }
  return limits;
}

function listIfAny(key: string, list: readonly string[]): Record<string, string[]> {
  return list.length === 0 ? {} : { [key]: [...list] };
}

function unlessEmpty(key: string, value: object): Record<string, object> {
  return Object.keys(value).length === 0 ? {} : { [key]: value };
}
