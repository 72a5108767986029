import { beforeEach, describe, expect, it } from 'vitest';
import { type BrandId, callIdSchema } from '../../../shared/domain/index.ts';
import type { ActiveCall } from '../../storage/index.ts';
import { activeCall } from '../testing/activeCall.ts';
import { administrationFixture, auditor, operator, redAuditor, redManager } from '../testing/administrationFixture.ts';

const callId = callIdSchema.parse('c1');
const price = { microsPerMinute: 120_000, connectionFeeMicros: 50_000, firstMs: 60_000, incrementMs: 1000 };

describe('calls that are up', () => {
  let fixture: ReturnType<typeof administrationFixture>;
  let live: ReturnType<typeof administrationFixture>['administration']['liveCalls'];

  beforeEach(async () => {
    fixture = administrationFixture();
    live = fixture.administration.liveCalls;
    await fixture.activeCalls.add(activeCall());
    await fixture.activeCalls.add(activeCall({ id: 'c2', brandId: 'blue', userId: 'bob', direction: 'incoming' }));
  });

  it('are all of them to operators and auditors, and those of their brand to others, with who is in them', async () => {
    for (const actor of [operator, auditor])
      expect((await live.changes(actor, null)).calls.map((one) => [one.callId, one.userName])).toEqual([
        ['c1', 'ruth'],
        ['c2', 'bob'],
      ]);
    for (const actor of [redManager, redAuditor])
      expect((await live.changes(actor, null)).calls.map((one) => one.callId)).toEqual(['c1']);
  });

  it('are told once, and again when they change', async () => {
    const first = await live.changes(operator, null);
    expect(first).toMatchObject({ isWhole: true, atMs: fixture.clock.now() });
    await fixture.activeCalls.update(callId, { state: 'established' });
    await fixture.activeCalls.remove(callIdSchema.parse('c2'));
    const second = await live.changes(operator, first.cursor);
    expect(second).toMatchObject({
      isWhole: false,
      calls: [{ callId: 'c1', state: 'established' }],
      ended: ['c2'],
    });
    expect((await live.changes(operator, second.cursor)).calls).toEqual([]);
  });

  it('say what they cost so far: nothing before the answer, then the fee and each step that began', async () => {
    const now = fixture.clock.now();
    const costs = async (change: Partial<ActiveCall>) => {
      await fixture.activeCalls.update(callId, change);
      return (await live.changes(operator, null)).calls.find((one) => one.callId === callId)?.costSoFar;
    };
    expect(await costs({})).toBeNull();
    expect(await costs({ price })).toBe(0);
    expect(await costs({ answeredAtMs: now - 1 })).toBeCloseTo(0.17, 9);
    expect(await costs({ answeredAtMs: now - 60_000 })).toBeCloseTo(0.17, 9);
    expect(await costs({ answeredAtMs: now - 60_001 })).toBeCloseTo(0.172, 9);
  });

  it('are ended by operators alone, with the reason in the call’s record and in the audit log', async () => {
    for (const actor of [auditor, redManager])
      await expect(live.hangUp(actor, callId, 'fraud')).rejects.toMatchObject({ code: 'forbidden' });
    await live.hangUp(operator, callId, 'fraud');
    expect(fixture.told).toEqual([
      'c1 endRequestedByOperator {"userName":"operator-of-all","reason":"fraud"}',
      'ended c1',
    ]);
    expect(fixture.audit.entries).toMatchObject([
      { action: 'hangUp', kind: 'call', entityId: 'c1', brandId: 'red', after: { reason: 'fraud' } },
    ]);
  });

  it('are not found when they are over', async () => {
    await expect(live.hangUp(operator, callIdSchema.parse('c3'), 'fraud')).rejects.toMatchObject({
      code: 'notFound',
    });
    await fixture.activeCalls.add(activeCall({ id: 'gone' }));
    await expect(live.hangUp(operator, callIdSchema.parse('gone'), 'fraud')).rejects.toMatchObject({
      code: 'notFound',
    });
  });

  it('are counted, by gateway and brand, beside what happened in the last hour', async () => {
    const blue = { brandId: 'blue' as BrandId };
    fixture.callNews.emit('requested', blue as never);
    await fixture.activeCalls.update(callId, { answeredAtMs: 5 });
    const figures = await live.figures(operator, null);
    expect(figures.now).toEqual({ calls: 2, talking: 1, incoming: 1, outgoing: 1 });
    expect(figures.gateways).toMatchObject([{ gatewayId: 'gw1', now: 2 }]);
    expect(figures.brands).toMatchObject([
      { brandId: 'blue', now: 1, requested: 1 },
      { brandId: 'red', now: 1, requested: 0 },
    ]);
    expect(figures.minutes.at(-1)).toMatchObject({ requested: 1 });
  });

  it('are counted for one brand without the others and without gateways', async () => {
    fixture.callNews.emit('requested', { brandId: 'blue' } as never);
    for (const figures of [await live.figures(redManager, null), await live.figures(operator, 'red' as BrandId)]) {
      expect(figures).toMatchObject({ now: { calls: 1 }, gateways: [], brands: [{ brandId: 'red' }] });
      expect(figures.minutes.at(-1)).toMatchObject({ requested: 0 });
    }
    await expect(live.figures(redManager, 'blue' as BrandId)).rejects.toMatchObject({ code: 'forbidden' });
  });
});
