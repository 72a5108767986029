import { beforeEach, describe, expect, it } from 'vitest';
import type { CallId, CallServerId, GatewayId } from '../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import { DirectorBench } from './testing/DirectorBench.ts';

describe('CallDirector', () => {
  let bench: DirectorBench;

  beforeEach(async () => {
    bench = await DirectorBench.create();
  });

  /** The codes of the refusals among dials at the same instant; null for those that went through. */
  async function dialAtOnce(count: number): Promise<(string | null)[]> {
    const dials = Array.from({ length: count }, () => bench.dial());
    return Promise.all(
      dials.map((dial) =>
        dial.then(
          () => null,
          (error: unknown) => (error instanceof DialbridgeError ? error.code : String(error)),
        ),
      ),
    );
  }

  it('gives the call what its authorization says, and keeps that in the record', async () => {
    bench.authorization = {
      ...bench.authorization,
      callerNumber: '+12025550177',
      maxDurationMs: 5000,
      ratePrefix: '+1202',
    };
    const callId = bench.newId();
    await bench.dial(callId, { callerNumber: '+12025550177' });
    await bench.settle();
    expect(bench.asked[0]).toMatchObject({ destination: '(202) 555-0100', callerNumber: '+12025550177' });
    expect(bench.sip.last.request).toMatchObject({ calledNumber: '+12025550100', from: { user: '+12025550177' } });
    expect(bench.openings).toMatchObject([{ callId, calledNumber: '+12025550100', callingNumber: '+12025550177' }]);
    expect(bench.eventsOf('authorized')).toEqual([
      { callId, type: 'authorized', ruleId: 'us', callerNumber: '+12025550177', ratePrefix: '+1202' },
    ]);
    bench.sip.last.emit('answered', { sdp: 'sdp' });
    await bench.clock.advanceAsync(5000);
    expect(bench.closingOf(callId)).toMatchObject({ outcome: 'answered', errorCode: 'maxDurationReached' });
  });

  it('sends an emergency call as its digits to the gateways that are named for it, and counts it by no limit', async () => {
    bench.authorization = {
      ...bench.authorization,
      calledNumber: '112',
      isEmergency: true,
      gatewayIds: ['gw2' as GatewayId],
      matchedRule: null,
    };
    await bench.dial();
    await bench.settle();
    expect(bench.selections).toEqual([{ number: '112', gatewayIds: ['gw2'] }]);
    expect(bench.sip.last.request.calledNumber).toBe('112');
    expect(bench.eventsOf('authorized')).toMatchObject([{ ruleId: null, isEmergency: true }]);
    expect(await bench.use()).toMatchObject({ callsAtOnce: 0, callsPerMinute: 0 });
  });

  describe('with as many calls at once as are allowed', () => {
    it('makes the n-th call and refuses the next, with its evidence in the record', async () => {
      bench.limit({ callsAtOnce: 2 });
      await bench.dial();
      await bench.dial();
      const callId = bench.newId();
      await expect(bench.dial(callId)).rejects.toMatchObject({ code: 'callsAtOnceReached' });
      await bench.settle();
      expect(bench.sip.calls).toHaveLength(2);
      expect(bench.eventsOf('refused')).toEqual([
        {
          callId,
          type: 'refused',
          code: 'callsAtOnceReached',
          ruleId: 'us',
          limit: 'callsAtOnce',
          meterId: 'rule:us',
          used: 2,
          allowed: 2,
        },
      ]);
      expect(bench.closingOf(callId)).toMatchObject({
        outcome: 'refused',
        disconnectedBy: 'bridge',
        errorCode: 'callsAtOnceReached',
        q850: 17,
      });
    });

    it('lets three of ten dials through that arrive at the same instant', async () => {
      bench.limit({ callsAtOnce: 3 });
      const codes = await dialAtOnce(10);
      await bench.settle();
      expect(codes.filter((code) => code === null)).toHaveLength(3);
      expect(codes.filter((code) => code === 'callsAtOnceReached')).toHaveLength(7);
      expect(bench.sip.calls).toHaveLength(3);
      expect(bench.closings.map(({ outcome }) => outcome)).toEqual(Array(7).fill('refused'));
      expect(await bench.use()).toMatchObject({ callsAtOnce: 3 });
    });

    it('makes none where none is allowed', async () => {
      bench.limit({ callsAtOnce: 0 });
      expect(await dialAtOnce(2)).toEqual(['callsAtOnceReached', 'callsAtOnceReached']);
    });

    it('counts calls of several call servers together', async () => {
      const { usage, clock } = bench;
      const other = await DirectorBench.create({
        usage,
        clock,
        id: 's2' as CallServerId,
      });
      bench.limit({ callsAtOnce: 3 });
      other.authorization = bench.authorization;
      const ids = ['a', 'b', 'c', 'd', 'e'].map((letter) => `other-${letter}` as CallId);
      const [here, there] = await Promise.all([
        dialAtOnce(5),
        Promise.allSettled(ids.map((callId) => other.dial(callId))),
      ]);
      const made = here.filter((code) => code === null).length;
      expect(made + there.filter(({ status }) => status === 'fulfilled').length).toBe(3);
      await bench.settle();
      expect(bench.sip.calls.length + other.sip.calls.length).toBe(3);
    });
  });

  it('counts a call for itself although another call server has one of the same id, which clients make', async () => {
    const { usage, clock } = bench;
    const other = await DirectorBench.create({ usage, clock, id: 's2' as CallServerId });
    bench.limit({ callsAtOnce: 1 });
    other.authorization = bench.authorization;
    const callId = bench.newId();
    await bench.dial(callId);
    await expect(other.dial(callId)).rejects.toMatchObject({ code: 'callsAtOnceReached' });
    expect(other.sip.calls).toHaveLength(0);
    expect(await bench.use()).toMatchObject({ callsAtOnce: 1 });
  });

  describe('with as many calls a minute as are allowed', () => {
    it('refuses the next until the first is a minute old, to the millisecond, and says how long that is', async () => {
      bench.limit({ callsPerMinute: 3 });
      expect(await dialAtOnce(4)).toEqual([null, null, null, 'callRateReached']);
      await bench.clock.advanceAsync(59_999);
      await expect(bench.dial()).rejects.toMatchObject({ code: 'callRateReached', retryAfterMs: 1 });
      expect(bench.eventsOf('refused').at(-1)).toMatchObject({ limit: 'callsPerMinute', retryAfterMs: 1 });
      await bench.clock.advanceAsync(1);
      await bench.dial();
    });
  });

  it('refuses a call where the limits can’t be asked, and lets nobody in meanwhile', async () => {
    bench.usage.isDown = true;
    bench.limit({ callsAtOnce: 3 });
    await expect(bench.dial()).rejects.toThrow('store is down');
    await bench.settle();
    expect(bench.sip.calls).toHaveLength(0);
    expect(bench.closings).toMatchObject([{ outcome: 'failed', errorCode: 'internal' }]);
  });

  it('tells the caller that all lines are busy where every gateway that serves the number is full', async () => {
    bench.gateways = [];
    bench.steps = [{ step: 'capacity', dropped: [{ gatewayId: 'gw1' as GatewayId, why: 'full: 2 of 2 calls' }] }];
    await expect(bench.dial()).rejects.toMatchObject({ code: 'allLinesBusy' });
    expect(bench.closings).toMatchObject([{ outcome: 'unreachable', errorCode: 'allLinesBusy', q850: 34 }]);
  });
});
