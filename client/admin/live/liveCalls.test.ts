import { describe, expect, it } from 'vitest';
import type { LiveCalls } from '../../../shared/admin/index.ts';
import { applyChanges, nothingKnown } from './applyChanges.ts';
import { filterCalls, stageOf, worstMos } from './calls/filterCalls.ts';
import { liveCall } from './testing/liveCall.ts';

const answer = (change: Partial<LiveCalls>): LiveCalls => ({
  ...{ cursor: 'next', isWhole: false, atMs: 9, calls: [], ended: [] },
  ...change,
});

describe('what is known of the calls that are up', () => {
  const [first, second] = [liveCall(), liveCall({ callId: 'c2', requestedAtMs: 500 })];
  const known = applyChanges(nothingKnown, answer({ isWhole: true, calls: [first, second] }));

  it('is in the order of their requests', () => {
    expect(known.calls.map(({ callId }) => callId)).toEqual(['c2', 'c1']);
    expect(known).toMatchObject({ cursor: 'next', atMs: 9 });
  });

  it('follows what changed and ended, and leaves what didn’t the same', () => {
    const changed = liveCall({ callId: 'c2', requestedAtMs: 500, state: 'disconnecting' });
    const next = applyChanges(known, answer({ calls: [changed, liveCall({ callId: 'c3' })], ended: ['c9' as never] }));
    expect(next.calls.map(({ callId }) => callId)).toEqual(['c2', 'c1', 'c3']);
    expect(next.calls[0]).toBe(changed);
    expect(next.calls[1]).toBe(first);
    expect(applyChanges(next, answer({ ended: [first.callId] })).calls).toHaveLength(2);
  });

  it('is the same list where nothing changed, and a new one where all are told', () => {
    expect(applyChanges(known, answer({ cursor: 'later', atMs: 10 }))).toEqual({ ...known, cursor: 'later', atMs: 10 });
    expect(applyChanges(known, answer({})).calls).toBe(known.calls);
    expect(applyChanges(known, answer({ isWhole: true })).calls).toEqual([]);
  });
});

describe('calls that are up', () => {
  const all = { text: '', stage: null, brandId: null, gatewayId: null };
  const ruth = liveCall();
  const rings = liveCall({
    ...{ callId: 'c2', userId: null, userName: null, direction: 'incoming', callingNumber: '+493012345' },
    ...{ state: 'ringing', answeredAtMs: null, gatewayId: 'desk', brandId: 'red' },
  });
  const found = (filter: object) => filterCalls([ruth, rings], { ...all, ...filter }).map(({ callId }) => callId);

  it.each([
    [{}, ['c1', 'c2']],
    [{ text: ' RUTH ' }, ['c1']],
    [{ text: '030 12345' }, []],
    [{ text: '30 123-45' }, ['c2']],
    [{ text: '5' }, []],
    [{ text: '55' }, ['c1', 'c2']],
    [{ text: 'desk' }, ['c2']],
    [{ text: 'c2' }, ['c2']],
    [{ stage: 'beginning' }, ['c2']],
    [{ stage: 'talking' }, ['c1']],
    [{ brandId: 'red' }, ['c2']],
    [{ gatewayId: 'carrier', stage: 'beginning' }, []],
  ])('are chosen by %j', (filter, ids) => {
    expect(found(filter)).toEqual(ids);
  });

  it('begin, are talked in, and end', () => {
    expect(stageOf(rings)).toBe('beginning');
    expect(stageOf(ruth)).toBe('talking');
    expect(stageOf(liveCall({ state: 'disconnecting' }))).toBe('ending');
  });

  it('are as good as their worst direction', () => {
    expect(worstMos(ruth)).toBeNull();
    const mos = { fromBrowser: 4.2, toBrowser: null, fromGateway: 3.1, toGateway: null };
    expect(worstMos(liveCall({ mos }))).toBe(3.1);
    expect(worstMos(liveCall({ mos: { ...mos, fromBrowser: null, fromGateway: null } }))).toBeNull();
  });
});
