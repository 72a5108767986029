import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** What a schema wanted where it found something else, in words for a person: `expected at least 8 characters`. */
export function describeExpected(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${articled(issue.expected)}`;
    case 'invalid_value':
      return `expected ${anyOf(issue.values)}`;
    case 'too_small':
      return `expected at least ${amount(issue.minimum, issue.origin)}`;
    case 'too_big':
      return `expected at most ${amount(issue.maximum, issue.origin)}`;
    case 'invalid_union':
      return describeUnion(issue);
    case 'invalid_format':
      return formats[issue.format] ?? issue.message;
    case 'unrecognized_keys':
      return 'expected no such key';
    default:
      return issue.message;
  }
}

function describeUnion(issue: Extract<Issue, { code: 'invalid_union' }>): string {
  if (issue.message.startsWith('expected')) return issue.message;
  if ('options' in issue && Array.isArray(issue.options)) return `expected ${anyOf(issue.options)}`;
  const expected = new Set(issue.errors.flat().map(describeExpected));
  return [...expected].join(' or ').replaceAll(' or expected ', ' or ');
}

/** Those of the library's own formats whose sentence would not say what to write. */
const formats: Readonly<Record<string, string>> = {
  url: 'expected a URL such as https://phone.example.com',
  ipv4: 'expected an IPv4 address',
  ipv6: 'expected an IPv6 address',
  date: 'expected a date such as 2026-12-25',
};

function anyOf(values: readonly unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join(' or ');
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
