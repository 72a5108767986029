import { describe, expect, it } from 'vitest';
import type { CallId } from '../../../shared/domain/index.ts';
import type { BrowserQuality } from '../../../shared/protocol/index.ts';
import { dialled } from '../testing/dialled.ts';
import type { FakeMedia } from '../testing/FakeMedia.ts';

/** A telephone whose call is answered; a test says what its browser counts. */
async function talking() {
  const made = await dialled();
  await made.tell({ state: 'established', answeredAt: 1 });
  const media = made.media.at(-1) as FakeMedia;
  media.isConnected = true;
  let seconds = 0;
  let energy = 0;
  return {
    ...made,
    /** So many seconds of a microphone at this level. */
    async speak(forSeconds: number, level: number) {
      for (let second = 0; second < forSeconds; second += 1) {
        seconds += 1;
        energy += level ** 2;
        const heard = {
          packetsReceived: seconds * 50,
          concealedSamples: seconds * 480,
          totalSamplesReceived: seconds * 48_000,
        };
        media.counted.set('S', { type: 'media-source', totalAudioEnergy: energy, totalSamplesDuration: seconds });
        media.counted.set('I', { type: 'inbound-rtp', ...heard });
        await made.timers.advance(1000);
      }
    },
    reports: () => made.transport.named('stats:report').map(({ payload }) => payload.quality as BrowserQuality),
  };
}

const quality = (callId: CallId) => ({
  ...{ callId, strength: 3, roundTripMs: 50, problems: [] },
  mos: { fromBrowser: 4, toBrowser: 4, fromGateway: null, toGateway: null },
});

describe('The quality of the call that is talked in', () => {
  it('is reported each five seconds, with levels of the last four', async () => {
    const call = await talking();
    await call.speak(4, 0.1);
    expect(call.reports()).toEqual([]);
    await call.speak(1, 0.5);
    expect(call.reports()).toMatchObject([{ packetsReceived: 250, concealedRatio: 0.01, outputLevel: null }]);
    expect(call.reports()[0]?.inputLevel).toBeCloseTo(0.5);
    await call.speak(5, 0.2);
    expect(call.reports()).toHaveLength(2);
    expect(call.reports()[1]?.inputLevel).toBeCloseTo(0.2);
  });

  it('is reported at once when the microphone falls silent, within five seconds, and when it is heard again', async () => {
    const call = await talking();
    await call.speak(6, 0.1);
    expect(call.reports()).toHaveLength(1);
    await call.speak(4, 0);
    expect(call.reports()).toMatchObject([{}, { inputLevel: 0 }]);
    await call.speak(2, 0.1);
    expect(call.reports()).toHaveLength(3);
    expect(call.reports()[2]?.inputLevel).toBeCloseTo(0.1);
  });

  it('is kept as the bridge sees it, with what was measured here', async () => {
    const call = await talking();
    const { callId } = call.phone.call.get() ?? {};
    call.transport.notify('stats:quality', quality(callId as CallId));
    expect(call.quality.view.get()).toMatchObject({ callId, quality: { strength: 3 }, measured: null });
    await call.speak(5, 0.1);
    expect(call.quality.view.get()).toMatchObject({ quality: { strength: 3 }, measured: { packetsReceived: 250 } });
    call.transport.notify('stats:quality', quality('another' as CallId));
    expect(call.quality.view.get()).toMatchObject({ callId: 'another', measured: null });
  });

  it('is measured no more when the call has ended', async () => {
    const call = await talking();
    await call.speak(5, 0.1);
    await call.tell({ state: 'ended', end: { outcome: 'answered', by: 'called' } });
    await call.timers.advance(10_000);
    expect(call.reports()).toHaveLength(1);
    expect(call.timers.waiting).toBe(0);
  });

  it('is told to nobody while the bridge is away, and nothing is repeated afterwards', async () => {
    const call = await talking();
    call.transport.disconnect();
    await call.speak(10, 0.1);
    expect(call.reports()).toEqual([]);
    expect(call.quality.view.get()?.measured).toMatchObject({ packetsReceived: 500 });
  });
});
