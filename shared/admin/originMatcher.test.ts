import { describe, expect, it } from 'vitest';
import { originPatternSchema } from './kept.ts';
import { originMatcher } from './originMatcher.ts';

const patterns = ['https://example.com', 'https://*.shop.example', 'http://127.0.0.1:8080', 'https://odd.example:443'];

describe('originMatcher', () => {
  const matches = originMatcher(patterns.map((pattern) => originPatternSchema.parse(pattern)));

  it.each([
    'https://example.com',
    'https://a.shop.example',
    'https://b.a.shop.example',
    'http://127.0.0.1:8080',
    'https://odd.example',
  ])('knows %s', (origin) => expect(matches(origin)).toBe(true));

  it.each([
    ['another scheme', 'http://example.com'],
    ['another port', 'https://example.com:8443'],
    ['a host below one without a wildcard', 'https://www.example.com'],
    ['the host above a wildcard', 'https://shop.example'],
    ['a look-alike in front', 'https://evil-example.com'],
    ['a look-alike in front of a wildcard', 'https://evilshop.example'],
    ['a look-alike behind', 'https://example.com.evil.org'],
    ['a wildcard’s host with another port', 'https://a.shop.example:444'],
    ['a user name that looks like the host', 'https://example.com@evil.org'],
    ['a path', 'https://example.com/'],
    ['a usual port that browsers never write', 'https://example.com:443'],
    ['capital letters that browsers never write', 'https://EXAMPLE.com'],
    ['a host with a dot at its end', 'https://example.com.'],
    ['the pattern itself', 'https://*.shop.example'],
    ['two origins', 'https://example.com https://evil.org'],
    ['the word of sandboxed pages', 'null'],
    ['nothing', ''],
  ])('does not take %s', (_, origin) => expect(matches(origin)).toBe(false));

  it('takes no origin at all without a pattern', () => {
    expect(originMatcher([])('https://example.com')).toBe(false);
  });
});

describe('originPatternSchema', () => {
  it.each([
    'https://example.com:65536',
    'https://Example.com',
    'https://example.com/',
    'https://*',
    'https://*.',
    'https://a.*.example',
    'ftp://example.com',
    'example.com',
    'null',
    '*',
  ])('refuses %s', (pattern) => expect(originPatternSchema.safeParse(pattern).success).toBe(false));
});
