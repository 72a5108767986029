import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../observability/FakeClock.ts';
import { RecordingLogger } from '../../observability/RecordingLogger.ts';
import { HandlerBench } from '../call-handler/testing/HandlerBench.ts';
import { CallQualities } from './CallQualities.ts';
import { QualityBench } from './testing/QualityBench.ts';

describe('The quality of a call', () => {
  it('is told with the scores of both legs, both ways', async () => {
    const call = await QualityBench.establish();
    await call.talk();
    expect(call.told()).toMatchObject([{ strength: 4, problems: [], roundTripMs: 50 }]);
    for (const score of Object.values(call.told()[0]?.mos ?? {})) expect(score).toBeCloseTo(4.41, 2);
  });

  it('is told again only when something about it changed', async () => {
    const call = await QualityBench.establish();
    for (let round = 0; round < 5; round += 1) await call.talk();
    expect(call.told()).toHaveLength(1);
  });

  it('names loss on the network, warns of it in the record, and takes it back when it has been good for a while', async () => {
    const call = await QualityBench.establish();
    await call.talk();
    // 10 of the last 500, then 30 of 750.
    await call.talk({ lost: 10 });
    expect(call.problems()).toEqual([]);
    await call.talk({ lost: 20 });
    expect(call.problems()).toEqual(['networkLoss']);
    expect(call.warned()).toEqual(['networkLoss']);
    expect(call.bench.events.find(({ type }) => type === 'qualityWarned')).toMatchObject({ lossPercent: 4 });
    for (let round = 0; round < 3; round += 1) await call.talk();
    expect(call.problems()).toEqual(['networkLoss']);
    await call.talk();
    expect(call.problems()).toEqual([]);
    expect(call.warned()).toEqual(['networkLoss']);
  });

  it.each([
    [{ jitterMs: 29.9 }, []],
    [{ jitterMs: 30 }, ['networkJitter']],
    [{ roundTripMs: 299 }, []],
    [{ roundTripMs: 300 }, ['networkDelay']],
    [{ inputLevel: 0.00003 }, []],
    [{ inputLevel: 0.000029 }, ['microphoneSilent']],
    [{ inputLevel: null, outputLevel: null }, []],
    [{ outputLevel: 0.0003 }, []],
    [{ outputLevel: 0 }, ['otherSilent']],
    [{ inputLevel: 0, jitterMs: 50, roundTripMs: 500 }, ['microphoneSilent', 'networkDelay', 'networkJitter']],
  ])('with a report of %j has the problems %j', async (change, problems) => {
    const call = await QualityBench.establish();
    await call.talk(change);
    expect(call.problems()).toEqual(problems);
  });

  it('says nothing of a microphone that is muted', async () => {
    const call = await QualityBench.establish();
    call.bench.handler.setMuted(true);
    await call.talk({ inputLevel: 0 });
    expect(call.problems()).toEqual([]);
    call.bench.handler.setMuted(false);
    await call.talk({ inputLevel: 0 });
    expect(call.problems()).toEqual(['microphoneSilent']);
  });

  it('names one-way audio as soon as the relay says so, whatever was told before', async () => {
    const call = await QualityBench.establish();
    await call.talk();
    call.bench.media.emit('audioStopped', { from: 'gateway' });
    expect(call.told().at(-1)).toMatchObject({ strength: 0, problems: ['otherNotHeard'] });
    call.bench.media.emit('audioStopped', { from: 'browser' });
    expect(call.told().at(-1)).toMatchObject({ strength: 0, problems: ['notHeard', 'otherNotHeard'] });
    call.bench.media.emit('audioResumed', { from: 'gateway' });
    call.bench.media.emit('audioResumed', { from: 'browser' });
    await call.bench.clock.advanceAsync(4999);
    expect(call.told().at(-1)).toMatchObject({ strength: 0 });
    await call.bench.clock.advanceAsync(1);
    expect(call.told().at(-1)).toMatchObject({ strength: 4, problems: [] });
    expect(call.warned()).toEqual(['otherNotHeard', 'notHeard']);
  });

  it('is the gateway’s where what it got of us is less than what we got of the browser', async () => {
    const call = await QualityBench.establish();
    await call.talk();
    call.gateway.heard = { packetsLost: 20, jitterMs: 1 };
    await call.talk();
    expect(call.problems()).toEqual(['gatewayLoss']);
  });

  it('is told anew to a page that was reloaded', async () => {
    const call = await QualityBench.establish();
    await call.talk();
    await call.talk({ packetsReceived: 50, packetsSent: 50 });
    expect(call.told()).toHaveLength(2);
  });

  it('is looked at without the browser, too, and left in the record at the end', async () => {
    const call = await QualityBench.establish();
    call.gateway.packetsIn = 325;
    await call.bench.clock.advanceAsync(6500);
    expect(call.told()).toMatchObject([{ mos: { fromBrowser: null, toBrowser: null } }]);
    call.bench.handler.hangUp();
    await call.bench.settle();
    const measured = call.bench.events.find(({ type }) => type === 'qualityMeasured');
    expect(measured).toMatchObject({ fromBrowser: null, toBrowser: null, fromGateway: 4.41 });
    await call.bench.clock.advanceAsync(60_000);
    call.bench.expectAllFreed();
  });

  it('of a call that nobody answered is nothing', async () => {
    const clock = new FakeClock();
    const qualities = new CallQualities({ clock, logger: new RecordingLogger() });
    const bench = new HandlerBench({ clock, watchers: [qualities.watch] });
    await bench.ring();
    bench.media.emit('audioStopped', { from: 'gateway' });
    await bench.clock.advanceAsync(20_000);
    expect(bench.channel.others.filter((line) => line.startsWith('stats:'))).toEqual([]);
    bench.handler.hangUp();
    await bench.clock.advanceAsync(5000);
    expect(bench.events.map(({ type }) => type)).not.toContain('qualityMeasured');
    bench.expectAllFreed();
  });
});
