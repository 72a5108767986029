import type { TFunction } from 'i18next';
import type { z } from 'zod';
import { describeIssues, type SettingProblem } from '../../../shared/errors/index.ts';

type Issue = z.core.$ZodIssue;

/** What is wrong with a draft: where, and as sentences for the person who wrote it. */
export function describeDraft(issues: readonly Issue[], draft: unknown, t: TFunction): readonly SettingProblem[] {
  return issues.flatMap((issue) => {
    const text = textFor(issue, t);
    const problems =
      text === null
        ? describeIssues([issue]).map(({ key, expected }) => ({ key, expected: describeExpectation(expected, t) }))
        : [{ key: issue.path.join('.'), expected: text }];
    return problems.map(({ key, expected }) => ({ key, expected: inList(key, expected, draft, t) }));
  });
}

/** One problem of a draft as a sentence. */
export function describeIssue(issue: Issue, draft: unknown, t: TFunction): string {
  return describeDraft([issue], draft, t)[0]?.expected ?? issue.message;
}

/** All that the bridge refused, as sentences. */
export function describeRefusal(details: Readonly<Record<string, string>>, t: TFunction): readonly SettingProblem[] {
  const { key = '', expected = '', problems } = details;
  const lines = problems?.split('\n').map((line) => {
    const end = line.indexOf(': ');
    return { key: line.slice(0, end), expected: line.slice(end + 2) };
  });
  return (lines ?? [{ key, expected }]).map((line) => ({ ...line, expected: describeExpectation(line.expected, t) }));
}

/** The words of schemas, which begin with "expected". */
export function describeExpectation(expected: string, t: TFunction): string {
  return t('admin.form.expected', { expected: expected.replace(/^expected /i, '').replace(/\.$/, '') });
}

/** A plainer sentence than the schema's; null where the schema's own is the better one. */
function textFor(issue: Issue, t: TFunction): string | null {
  if (issue.message.startsWith('expected ')) return null;
  switch (issue.code) {
    case 'invalid_type':
      if (issue.expected === 'int') return t('admin.form.whole');
      return issue.input === undefined || issue.input === null || issue.input === '' ? t('admin.form.missing') : null;
    case 'invalid_value':
      return t('admin.form.missing');
    case 'too_small':
      return tooSmall(issue, t);
    case 'too_big':
      return tooBig(issue, t);
    default:
      return null;
  }
}

function tooSmall({ origin, minimum }: z.core.$ZodIssueTooSmall, t: TFunction): string {
  const count = Number(minimum);
  if (origin === 'array') return t('admin.form.emptyList');
  if (origin === 'string') return count <= 1 ? t('admin.form.missing') : t('admin.form.tooShort', { count });
  return t('admin.form.tooSmall', { count });
}

function tooBig({ origin, maximum }: z.core.$ZodIssueTooBig, t: TFunction): string {
  const count = Number(maximum);
  if (origin === 'array') return t('admin.form.tooMany', { count });
  if (origin === 'string') return t('admin.form.tooLong', { count });
  return t('admin.form.tooBig', { count });
}

/** In a list of texts it must be said which one. */
function inList(key: string, text: string, draft: unknown, t: TFunction): string {
  const steps = key.split('.');
  const value = steps.reduce<unknown>(
    (inside, step) => (typeof inside === 'object' && inside !== null ? Reflect.get(inside, step) : undefined),
    draft,
  );
  const isInList = steps.some((step) => /^\d+$/.test(step));
  return isInList && typeof value === 'string' && value !== '' ? t('admin.form.inList', { value, text }) : text;
}
