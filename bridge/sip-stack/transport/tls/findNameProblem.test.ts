import { describe, expect, test } from 'vitest';
import { findNameProblem } from './findNameProblem.ts';

const certificate = (subjectaltname: string | undefined, CN = 'common.example') =>
  ({ subject: { CN }, subjectaltname }) as Parameters<typeof findNameProblem>[1];

describe('a certificate is for a SIP domain', () => {
  test.each([
    ['gw.example', 'DNS:gw.example'],
    ['GW.example.', 'DNS:other.example, DNS:gw.EXAMPLE'],
    ['gw.example', 'URI:sip:gw.example, DNS:host7.example'],
    ['gw.example', 'URI:sip:gw.example:5061'],
    ['eu.trunk.example', 'DNS:*.trunk.example'],
    ['192.0.2.1', 'DNS:gw.example, IP Address:192.0.2.1'],
    ['gw.example', 'URI:"sip:a,b", DNS:gw.example'],
  ])('%s where it says %s', (name, altName) => {
    expect(findNameProblem(name, certificate(altName))).toBeNull();
  });

  test.each([
    ['gw.example', 'DNS:other.example'],
    // RFC 5922 section 7.1: a DNS name doesn't count beside a SIP one.
    ['host7.example', 'URI:sip:gw.example, DNS:host7.example'],
    ['gw.example', 'URI:sip:alice@gw.example'],
    ['gw.example', 'URI:https://gw.example'],
    ['a.b.trunk.example', 'DNS:*.trunk.example'],
    ['trunk.example', 'DNS:*.trunk.example'],
    ['example', 'DNS:*'],
    ['gw.example', 'DNS:*.example'],
    ['192.0.2.1', 'DNS:192.0.2.1'],
    ['192.0.2.1', 'DNS:*.0.2.1'],
    ['common.example', 'DNS:gw.example'],
    ['evil.example', 'DNS:"gw.example, DNS:evil.example"'],
  ])('but not %s where it says %s', (name, altName) => {
    expect(findNameProblem(name, certificate(altName))).toMatch(/^the certificate is for .*, not for /);
  });

  test('by its common name only where it has no other', () => {
    expect(findNameProblem('common.example', certificate(undefined))).toBeNull();
    expect(findNameProblem('gw.example', certificate(undefined))).toBe(
      'the certificate is for common.example, not for gw.example',
    );
  });
});
