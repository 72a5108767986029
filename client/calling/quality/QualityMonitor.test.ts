import { describe, expect, it } from 'vitest';
import type { CallId } from '../../../shared/domain/index.ts';
import { talking } from './testing/talking.ts';

const quality = (callId: CallId) => ({
  ...{ callId, strength: 3, roundTripMs: 50, problems: [] },
  mos: { fromBrowser: 4, toBrowser: 4, fromGateway: null, toGateway: null },
});

describe('The quality of the call that is talked in', () => {
  it('is reported each five seconds, with levels of the last ones', async () => {
    const call = await talking();
    await call.pass(4, { input: 0.1 });
    expect(call.reports()).toEqual([]);
    await call.pass(1, { input: 0.5 });
    expect(call.reports()).toMatchObject([{ packetsReceived: 250, concealedRatio: 0.01 }]);
    expect(call.reports()[0]?.inputLevel).toBeCloseTo(0.5);
    expect(call.reports()[0]?.outputLevel).toBeCloseTo(0.1);
    await call.pass(5, { input: 0.2 });
    expect(call.reports()).toHaveLength(2);
    expect(call.reports()[1]?.inputLevel).toBeCloseTo(0.2);
  });

  it('is kept as the bridge sees it, with what was measured here', async () => {
    const call = await talking();
    const { callId } = call.phone.call.get() ?? {};
    call.transport.notify('stats:quality', quality(callId as CallId));
    expect(call.quality.view.get()).toMatchObject({ callId, quality: { strength: 3 }, measured: null });
    await call.pass(5, { input: 0.1 });
    expect(call.quality.view.get()).toMatchObject({ quality: { strength: 3 }, measured: { packetsReceived: 250 } });
    call.transport.notify('stats:quality', quality('another' as CallId));
    expect(call.quality.view.get()).toMatchObject({ callId: 'another', measured: null });
  });

  it('is measured no more when the call has ended', async () => {
    const call = await talking();
    await call.pass(5, { input: 0.1 });
    await call.tell({ state: 'ended', end: { outcome: 'answered', by: 'called' } });
    await call.timers.advance(10_000);
    expect(call.reports()).toHaveLength(1);
    expect(call.timers.waiting).toBe(0);
  });

  it('is told to nobody while the bridge is away, and nothing is repeated afterwards', async () => {
    const call = await talking();
    call.transport.disconnect();
    await call.pass(10, { input: 0.1 });
    expect(call.reports()).toEqual([]);
    expect(call.quality.view.get()?.measured).toMatchObject({ packetsReceived: 500 });
  });
});
