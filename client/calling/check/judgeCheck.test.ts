import { describe, expect, it } from 'vitest';
import { type CheckFigures, judgeCheck } from './judgeCheck.ts';

const good: CheckFigures = {
  ...{ socketMs: 20, roundTripMs: 20, jitterMs: 2, lossPercent: 0, protocol: 'udp' },
  ...{ loudest: 0.1, packetsSent: 300, packetsBack: 300, isConnected: true },
};

describe('The verdict on a telephone', () => {
  it.each([
    [{}, []],
    [{ loudest: 0.005 }, []],
    [{ loudest: 0.0049 }, ['microphoneQuiet']],
    [{ loudest: 0.00003 }, ['microphoneQuiet']],
    [{ loudest: 0.000029 }, ['microphoneSilent']],
    [{ lossPercent: 3.9 }, []],
    [{ lossPercent: 4 }, ['networkLoss']],
    [{ roundTripMs: 299 }, []],
    [{ roundTripMs: 300 }, ['networkDelay']],
    [{ roundTripMs: null, socketMs: 300 }, ['networkDelay']],
    [{ jitterMs: 29.9 }, []],
    [{ jitterMs: 30 }, ['networkJitter']],
    [{ protocol: 'tcp' }, ['overTcp']],
    [{ protocol: null, lossPercent: null, roundTripMs: null, socketMs: null, jitterMs: null }, []],
    [{ packetsBack: 0, loudest: 0 }, ['nothingBack', 'microphoneSilent']],
    [{ packetsSent: 0, packetsBack: 0, loudest: 0 }, ['microphoneSilent']],
    [{ packetsSent: 0, packetsBack: 0 }, ['nothingBack']],
    [{ isConnected: false, packetsBack: 0, loudest: 0 }, ['noWay']],
  ] satisfies [Partial<CheckFigures>, string[]][])('with %j finds %j', (change, findings) => {
    expect(judgeCheck({ ...good, ...change })).toEqual(findings);
  });
});
