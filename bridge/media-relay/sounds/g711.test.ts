import { describe, expect, it } from 'vitest';
import { decodeALaw, decodeMuLaw, encodeALaw, encodeMuLaw } from './g711.ts';

const codes = Uint8Array.from({ length: 256 }, (_, code) => code);

describe('G.711', () => {
  it.each([
    [0, 0xff, 0xd5],
    [-1, 0x7f, 0x55],
    [32_767, 0x80, 0xaa],
    [-32_768, 0x00, 0x2a],
    [1000, 0xce, 0xfa],
    [-1000, 0x4e, 0x7a],
  ])('encodes %i as the tables of the recommendation do', (sample, muLaw, aLaw) => {
    expect([...encodeMuLaw(Int16Array.of(sample))]).toEqual([muLaw]);
    expect([...encodeALaw(Int16Array.of(sample))]).toEqual([aLaw]);
  });

  it('gives every code back that it has decoded, but the second zero of µ-law', () => {
    expect([...encodeALaw(decodeALaw(codes))]).toEqual([...codes]);
    expect([...encodeMuLaw(decodeMuLaw(codes))]).toEqual([...codes].map((code) => (code === 0x7f ? 0xff : code)));
  });

  it('is nowhere further off than half a step', () => {
    for (let sample = -32_635; sample <= 32_635; sample += 7) {
      const given = Int16Array.of(sample);
      const allowed = 4 + Math.abs(sample) / 30;
      expect(Math.abs((decodeMuLaw(encodeMuLaw(given))[0] ?? 0) - sample)).toBeLessThan(allowed);
      expect(Math.abs((decodeALaw(encodeALaw(given))[0] ?? 0) - sample)).toBeLessThan(allowed + 12);
    }
  });
});
