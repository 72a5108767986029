import type { z } from 'zod';
import { type ConfigProblem, formatKey } from './ConfigError.ts';
import { knownNamesAt, listConfigKeys } from './configKeys.ts';
import { suggestName } from './suggestName.ts';

type Issue = z.core.$ZodIssue;

/**
 * Says of each finding of the schema what was expected and what was found in `written`, and where that was not the file:
 * `origins` has the environment variable of each key that came from one.
 */
export function describeProblems(
  issues: readonly Issue[],
  written: unknown,
  origins: ReadonlyMap<string, string>,
): readonly ConfigProblem[] {
  return issues.flatMap((issue) =>
    (issue.code === 'unrecognized_keys'
      ? issue.keys.map((name) => describeUnknownKey(issue.path, name))
      : [{ key: formatKey(issue.path), message: describeIssue(issue, written) }]
    ).map(({ key, message }) => ({ key, message: message + describeOrigin(issue.path, origins) })),
  );
}

function describeOrigin(path: readonly PropertyKey[], origins: ReadonlyMap<string, string>): string {
  const name = path.map((_, index) => origins.get(formatKey(path.slice(0, index + 1)))).find(Boolean);
  return name === undefined ? '' : ` (in ${name})`;
}

function describeUnknownKey(path: readonly PropertyKey[], name: string): ConfigProblem {
  const known = knownNamesAt(path);
  const near = suggestName(name, known);
  const elsewhere = listConfigKeys().find((key) => key.path.at(-1) === name);
  const hint =
    near !== undefined
      ? `did you mean "${formatKey([...path, near])}"?`
      : elsewhere !== undefined
        ? `did you mean "${formatKey(elsewhere.path)}"?`
        : `expected one of ${known.join(', ')}`;
  return { key: formatKey([...path, name]), message: `unknown key; ${hint}` };
}

function describeIssue(issue: Issue, written: unknown): string {
  const found = valueAt(written, issue.path);
  const isCrossCheck = issue.code === 'custom' && (found === undefined || typeof found === 'object');
  return isCrossCheck || isSecret(issue.path)
    ? describeExpected(issue)
    : `${describeExpected(issue)}, found ${describeFound(found)}`;
}

function describeExpected(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${articled(issue.expected)}`;
    case 'invalid_value':
      return `expected ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'too_small':
      return `expected at least ${amount(issue.minimum, issue.origin)}`;
    case 'too_big':
      return `expected at most ${amount(issue.maximum, issue.origin)}`;
    case 'invalid_union':
      return [...new Set(issue.errors.flat().map(describeExpected))].join(' or ').replaceAll(' or expected ', ' or ');
    case 'invalid_format':
      return issue.format === 'url' ? 'expected a URL such as https://phone.example.com' : issue.message;
    default:
      return issue.message;
  }
}

function articled(expected: string): string {
  switch (expected) {
    case 'int':
      return 'a whole number';
    case 'number':
      return 'a number';
    case 'string':
      return 'a text';
    case 'boolean':
      return 'true or false';
    case 'array':
    case 'tuple':
      return 'a list';
    case 'object':
      return 'an object';
    default:
      return expected;
  }
}

function amount(bound: number | bigint, origin: string): string {
  if (origin === 'string') return `${bound} character${bound === 1 ? '' : 's'}`;
  if (origin === 'array') return `${bound} entr${bound === 1 ? 'y' : 'ies'}`;
  return String(bound);
}

function isSecret(path: readonly PropertyKey[]): boolean {
  return /password|credentials/i.test(path.map(String).join('.'));
}

function describeFound(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}

export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (here, step) => (typeof here === 'object' && here !== null ? Reflect.get(here, step) : undefined),
    value,
  );
}
