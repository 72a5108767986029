import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codecNameSchema } from '../../../shared/domain/index.ts';
import { estimateMos, type MeasuredAudio } from './estimateMos.ts';

const good: MeasuredAudio = { codec: 'PCMU', packetsIn: 1000, packetsLost: 0, jitterMs: 1, roundTripMs: 20 };
const rounded = (change: Partial<MeasuredAudio>) => estimateMos({ ...good, ...change })?.toFixed(2);

describe('The estimated mean opinion score', () => {
  // Reckoned by hand from ITU-T G.107: R = 93.2 - Idd - 95 * Ppl / (Ppl + 25.1).
  it.each([
    ['without loss or delay is that of R = 93.2', {}, '4.41'],
    ['of 1 % loss (R = 89.6)', { packetsIn: 990, packetsLost: 10 }, '4.33'],
    ['of 5 % loss (R = 77.4)', { packetsIn: 950, packetsLost: 50 }, '3.92'],
    ['of 20 % loss (R = 51.1)', { packetsIn: 800, packetsLost: 200 }, '2.63'],
    ['of 100 ms from mouth to ear is as without delay', { roundTripMs: 120 }, '4.41'],
    ['of 240 ms from mouth to ear (Idd = 7.7, R = 85.5)', { roundTripMs: 400 }, '4.21'],
    ['of 400 ms from mouth to ear (Idd = 24.1, R = 69.1)', { roundTripMs: 720 }, '3.56'],
    ['with an unknown delay leaves it out', { roundTripMs: null }, '4.41'],
    ['counts duplicates as no loss', { packetsLost: -20 }, '4.41'],
  ] satisfies [string, Partial<MeasuredAudio>, string][])('%s', (_name, change, expected) => {
    expect(rounded(change)).toBe(expected);
  });

  it('takes jitter for the delay of the buffer that it needs', () => {
    expect(rounded({ jitterMs: 190, roundTripMs: 0 })).toBe(rounded({ jitterMs: 0, roundTripMs: 2 * 360 }));
  });

  it('is none without audio', () => {
    expect(estimateMos({ ...good, packetsIn: 0, packetsLost: 50 })).toBeNull();
  });

  it('is between 1 and 4.5, and never better for more loss, jitter or delay', () => {
    const audio = fc.record({
      codec: fc.constantFrom(...codecNameSchema.options),
      packetsIn: fc.integer({ min: 1, max: 1e7 }),
      packetsLost: fc.nat(1e7),
      jitterMs: fc.double({ min: 0, max: 2000, noNaN: true }),
      roundTripMs: fc.double({ min: 0, max: 10_000, noNaN: true }),
    });
    fc.assert(
      fc.property(audio, (one) => {
        const score = estimateMos(one) ?? 0;
        expect(score).toBeGreaterThanOrEqual(1);
        expect(score).toBeLessThanOrEqual(4.5);
        const worse = [
          { ...one, packetsLost: one.packetsLost + 10 },
          { ...one, jitterMs: one.jitterMs + 10 },
          { ...one, roundTripMs: one.roundTripMs + 50 },
        ];
        for (const other of worse) expect(estimateMos(other)).toBeLessThanOrEqual(score + 1e-9);
      }),
    );
  });
});
