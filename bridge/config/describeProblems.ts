import type { z } from 'zod';
import { describeExpected } from '../../shared/errors/index.ts';
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

function isSecret(path: readonly PropertyKey[]): boolean {
  return /password|credentials|secret|publicKey/i.test(path.map(String).join('.'));
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
