import { describe, expect, it } from 'vitest';
import { HoldAxis } from './HoldAxis.ts';

/** A call where audio goes both ways. */
function talking(): HoldAxis {
  const axis = new HoldAxis();
  axis.ask('sendrecv');
  axis.answered('sendrecv');
  return axis;
}

function holding(): HoldAxis {
  const axis = talking();
  axis.ask('sendonly');
  axis.answered('recvonly');
  return axis;
}

describe('HoldAxis', () => {
  it('changes nothing by an offer that nobody answers', () => {
    const axis = talking();
    axis.ask('sendonly');
    expect(axis.ours).toBe('sendrecv');
    expect(axis.offered('sendrecv').answer).toBe('sendrecv');
    expect(axis.answered('sendrecv')).toBeNull();
    expect(axis.ours).toBe('sendrecv');
  });

  it('is what was asked for, once that is answered, also when the answer comes twice', () => {
    const axis = holding();
    expect(axis.ours).toBe('sendonly');
    axis.answered('recvonly');
    expect(axis.ours).toBe('sendonly');
  });

  it.each([
    ['sendrecv', 'sendrecv'],
    ['sendonly', 'recvonly'],
    ['recvonly', 'sendonly'],
    ['inactive', 'inactive'],
  ] as const)('answers %s by %s while nobody is held by us', (offered, answer) => {
    expect(talking().offered(offered).answer).toBe(answer);
  });

  it.each([
    ['sendrecv', 'sendonly'],
    ['sendonly', 'inactive'],
    ['recvonly', 'sendonly'],
    ['inactive', 'inactive'],
  ] as const)('answers %s by %s while we hold', (offered, answer) => {
    expect(holding().offered(offered).answer).toBe(answer);
  });

  it('answers inactive whatever is offered while we want nothing', () => {
    const axis = talking();
    axis.ask('inactive');
    axis.answered('inactive');
    for (const offered of ['sendrecv', 'sendonly', 'recvonly', 'inactive'] as const) {
      expect(axis.offered(offered).answer).toBe('inactive');
    }
  });

  it('says when the gateway holds us and when it stops', () => {
    const axis = talking();
    expect(axis.offered('sendonly').changed).toBe('sendonly');
    expect(axis.offered('sendonly').changed).toBeNull();
    expect(axis.offered('sendrecv').changed).toBe('sendrecv');
  });

  it('says nothing of the first direction, which nothing came before', () => {
    expect(new HoldAxis().offered('sendonly').changed).toBeNull();
    const axis = new HoldAxis();
    axis.ask('sendrecv');
    expect(axis.answered('sendonly')).toBeNull();
  });

  it('doesn’t take what a held gateway answers for a hold of its own', () => {
    const axis = talking();
    axis.ask('sendonly');
    expect(axis.answered('inactive')).toBeNull();
    axis.ask('sendrecv');
    expect(axis.answered('sendrecv')).toBeNull();
  });

  it('still knows after a hold of ours that the gateway holds us, or that it no longer does', () => {
    const axis = holding();
    expect(axis.offered('sendonly').changed).toBe('sendonly');
    axis.ask('sendrecv');
    expect(axis.answered('sendonly')).toBeNull();
    axis.ask('sendrecv');
    expect(axis.answered('sendrecv')).toBe('sendrecv');
  });

  it('begins anew with another gateway', () => {
    const axis = holding();
    axis.restart();
    expect(axis.ours).toBe('sendrecv');
    expect(axis.offered('sendonly')).toEqual({ answer: 'recvonly', changed: null });
  });
});
