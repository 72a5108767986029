import type { TFunction } from 'i18next';
import type { z } from 'zod';

/** What is wrong with a setting, as a sentence for the person who wrote it. */
export function describeIssue(issue: z.core.$ZodIssue, draft: unknown, t: TFunction): string {
  const text = textFor(issue, t);
  const value = valueAt(draft, issue.path);
  // In a list it must be said which one.
  const isInList = issue.path.some((step) => typeof step === 'number');
  return isInList && typeof value === 'string' && value !== '' ? t('admin.form.inList', { value, text }) : text;
}

/** The bridge's own words for what it expected. */
export function describeExpectation(expected: string, t: TFunction): string {
  const bare = expected.replace(/^expected /i, '').replace(/\.$/, '');
  return t('admin.form.expected', { expected: bare });
}

function textFor(issue: z.core.$ZodIssue, t: TFunction): string {
  // The schemas of this project say themselves what they expect.
  if (issue.message.startsWith('expected ')) return describeExpectation(issue.message, t);
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int' ? t('admin.form.whole') : t('admin.form.missing');
    case 'too_small':
      return tooSmall(issue, t);
    case 'too_big':
      return tooBig(issue, t);
    case 'invalid_value':
      return t('admin.form.missing');
    case 'invalid_format':
      return issue.format === 'url' ? t('admin.form.url') : t('admin.form.invalid');
    default:
      return t('admin.form.invalid');
  }
}

function tooSmall({ origin, minimum }: z.core.$ZodIssueTooSmall, t: TFunction): string {
  const count = Number(minimum);
  if (origin === 'array' || origin === 'set') return t('admin.form.emptyList');
  if (origin === 'string') return count <= 1 ? t('admin.form.missing') : t('admin.form.tooShort', { count });
  return t('admin.form.tooSmall', { count });
}

function tooBig({ origin, maximum }: z.core.$ZodIssueTooBig, t: TFunction): string {
  const count = Number(maximum);
  if (origin === 'array' || origin === 'set') return t('admin.form.tooMany', { count });
  if (origin === 'string') return t('admin.form.tooLong', { count });
  return t('admin.form.tooBig', { count });
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inside, step) =>
      typeof inside === 'object' && inside !== null ? (inside as Record<PropertyKey, unknown>)[step] : undefined,
    value,
  );
}
