import { describe, expect, it } from 'vitest';
import { classifyFailure } from './classifyFailure.ts';

const response = (status: number) => classifyFailure({ kind: 'response', status, reason: '' });

describe('classifyFailure', () => {
  it.each([408, 500, 502, 503, 504])('lets the next gateway try after a %i', (status) => {
    expect(response(status)).toMatchObject({ canTryNext: true, outcome: 'unreachable' });
  });

  it('lets the next gateway try after silence and after a broken transport', () => {
    expect(classifyFailure({ kind: 'timeout' }).canTryNext).toBe(true);
    expect(classifyFailure({ kind: 'transport', reason: 'refused' }).canTryNext).toBe(true);
  });

  it.each([
    [486, 'busy'],
    [600, 'busy'],
    [603, 'declined'],
    [404, 'wrongNumber'],
    [480, 'noAnswer'],
  ])('never offers a call again after a %i, which is %s', (status, outcome) => {
    expect(response(status)).toEqual({ canTryNext: false, outcome });
  });

  it('never offers a call again that the caller cancelled', () => {
    expect(classifyFailure({ kind: 'cancelled' })).toEqual({ canTryNext: false, outcome: 'cancelled' });
  });

  it.each([401, 407, 488])('takes a %i for a gateway that cannot work with us', (status) => {
    expect(response(status)).toMatchObject({ canTryNext: true, outcome: 'failed' });
  });
});
