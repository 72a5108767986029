import { describe, expect, it } from 'vitest';
import { PublicOrigins } from './PublicOrigins.ts';

describe('PublicOrigins', () => {
  const origins = new PublicOrigins({
    publicOrigin: 'https://phone.example.com:8443',
    brands: { hasHost: (host) => host === 'acme.example' },
  });

  it('keeps scheme and port at a brand’s own name, and believes no other', () => {
    expect(origins.forHost('acme.example')).toBe('https://acme.example:8443');
    for (const host of ['evil.example', 'phone.example.com', '127.0.0.1', '']) {
      expect(origins.forHost(host)).toBe('https://phone.example.com:8443');
    }
  });

  it.each([
    ['https://phone.example.com:8443', true],
    ['https://acme.example:8443', true],
    ['http://acme.example:8443', false],
    ['https://acme.example', false],
    ['https://sub.acme.example:8443', false],
    ['https://evil.example:8443', false],
    ['null', false],
    ['', false],
  ])('has %s: %s', (origin, isOurs) => {
    expect(origins.has(origin)).toBe(isOurs);
  });
});
