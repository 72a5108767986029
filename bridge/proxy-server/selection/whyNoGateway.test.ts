import { describe, expect, it } from 'vitest';
import type { GatewayId } from '../../../shared/domain/index.ts';
import { whyNoGateway } from './whyNoGateway.ts';

const dropped = [{ gatewayId: 'gw1' as GatewayId, why: 'full: 2 of 2 calls' }];

describe('whyNoGateway', () => {
  it('is that all lines are busy where the last ones left were full', () => {
    const steps = [{ step: 'prefix', dropped: [] } as const, { step: 'capacity', dropped } as const];
    expect(whyNoGateway({ steps })).toBe('allLinesBusy');
  });

  it('is that nobody serves the number where they were dropped before that', () => {
    const steps = [{ step: 'prefix', dropped } as const, { step: 'capacity', dropped: [] } as const];
    expect(whyNoGateway({ steps })).toBe('noGatewayForNumber');
  });
});
