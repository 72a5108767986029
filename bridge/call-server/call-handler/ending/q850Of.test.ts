import { describe, expect, it } from 'vitest';
import { callOutcomeSchema } from '../../../../shared/domain/index.ts';
import { q850Of } from './q850Of.ts';

describe('the Q.850 cause of an end', () => {
  it('is the one that the gateway gave, whatever else is known', () => {
    expect(q850Of({ outcome: 'noAnswer', q850: 20, sipStatus: 480, errorCode: 'internal' })).toBe(20);
  });

  it.each([
    [404, 1],
    [480, 18],
    [484, 28],
    [486, 17],
    [503, 41],
    [603, 21],
  ])('is read from a SIP status %i as %i, where the gateway gave none', (sipStatus, cause) => {
    expect(q850Of({ outcome: 'failed', sipStatus })).toBe(cause);
  });

  it('is that of our own reason where the status has none', () => {
    expect(q850Of({ outcome: 'failed', sipStatus: 488, errorCode: 'noCommonCodec' })).toBe(88);
    expect(q850Of({ outcome: 'answered', errorCode: 'gatewayLost' })).toBe(27);
  });

  it('is that of the outcome where nothing else is known', () => {
    expect(q850Of({ outcome: 'answered' })).toBe(16);
    expect(q850Of({ outcome: 'noAnswer', sipStatus: 487 })).toBe(19);
    for (const outcome of callOutcomeSchema.options) expect(q850Of({ outcome })).toBeGreaterThan(0);
  });
});
