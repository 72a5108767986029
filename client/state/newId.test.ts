import { describe, expect, it } from 'vitest';
import { newId } from './newId.ts';

const version4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('newId', () => {
  it('makes a UUID of version 4', () => {
    expect(newId()).toMatch(version4);
    expect(newId()).not.toBe(newId());
  });

  it('makes one on pages that are not secure too', () => {
    const insecure = {
      getRandomValues: (bytes: Uint8Array) => crypto.getRandomValues(bytes as Uint8Array<ArrayBuffer>),
    };
    expect(newId(insecure as unknown as Crypto)).toMatch(version4);
  });
});
