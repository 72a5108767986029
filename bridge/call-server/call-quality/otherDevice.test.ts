import { describe, expect, it } from 'vitest';
import { QualityBench } from './testing/QualityBench.ts';

describe('The quality of a call that goes on by another connection of the browser', () => {
  it('is told to it anew, also where it has counted as much as the one before', async () => {
    const call = await QualityBench.establish();
    await call.talk();
    call.media.emit('browserReplaced');
    call.restartCounts();
    await call.talk();
    expect(call.told()).toHaveLength(2);
    expect(call.told()[1]).toEqual(call.told()[0]);
  });

  it('has scores of its own', async () => {
    const call = await QualityBench.establish();
    await call.talk({ packetsLost: 50, concealedRatio: 0.2, lost: 50 });
    expect(call.told().at(-1)?.mos.toBrowser).toBeLessThan(3);
    expect(call.told().at(-1)?.mos.fromBrowser).toBeLessThan(3);
    call.media.emit('browserReplaced');
    call.restartCounts();
    await call.talk();
    expect(call.told().at(-1)?.mos).toMatchObject({ toBrowser: 4.41, fromBrowser: 4.41 });
  });

  it.each([
    [{ inputLevel: 0 }, 'microphoneSilent'],
    [{ jitterMs: 50 }, 'networkJitter'],
    [{ roundTripMs: 400 }, 'networkDelay'],
    [{ lost: 50 }, 'networkLoss'],
  ] as const)('has none of the troubles of the one before: with %j there was %s', async (change, problem) => {
    const call = await QualityBench.establish();
    await call.talk();
    await call.talk(change);
    expect(call.problems()).toEqual([problem]);
    call.media.emit('browserReplaced');
    call.restartCounts();
    await call.talk();
    expect(call.problems()).toEqual([]);
    expect(call.warned()).toEqual([problem]);
  });

  it('still has the trouble that is the gateway’s, and says so at once', async () => {
    const call = await QualityBench.establish();
    await call.talk();
    call.media.emit('audioStopped', { from: 'gateway' });
    call.media.emit('browserReplaced');
    call.restartCounts();
    await call.talk();
    expect(call.problems()).toEqual(['otherNotHeard']);
    expect(call.warned()).toEqual(['otherNotHeard']);
  });

  it('knows nothing any more of what a browser heard that has said nothing for a quarter of a minute', async () => {
    const call = await QualityBench.establish();
    await call.talk({ jitterMs: 50 });
    expect(call.told().at(-1)?.mos.toBrowser).not.toBeNull();
    await call.bench.clock.advanceAsync(26_000);
    expect(call.told().at(-1)?.mos.toBrowser).toBeNull();
  });
});

describe('Silence of the other party', () => {
  it('is named with the first report that has it, also when it has been heard before', async () => {
    const call = await QualityBench.establish();
    await call.talk();
    await call.talk({ outputLevel: 0 });
    expect(call.problems()).toEqual(['otherSilent']);
  });

  it('is in the record when it lasts, and not for every time that somebody just listens', async () => {
    const call = await QualityBench.establish();
    await call.talk();
    for (let pause = 0; pause < 3; pause += 1) {
      await call.talk({ outputLevel: 0 });
      await call.talk({ outputLevel: 0 });
      await call.talk();
    }
    expect(call.warned()).toEqual([]);
    for (let report = 0; report < 3; report += 1) await call.talk({ outputLevel: 0 });
    expect(call.warned()).toEqual(['otherSilent']);
    await call.talk({ outputLevel: 0 });
    expect(call.warned()).toEqual(['otherSilent']);
  });

  it('is in the record at once when nothing was heard of it yet', async () => {
    const call = await QualityBench.establish();
    await call.talk({ outputLevel: 0 });
    expect(call.warned()).toEqual(['otherSilent']);
  });
});
