import { describe, expect, it } from 'vitest';
import { IncomingBench } from './testing/IncomingBench.ts';

const forAlice = { destination: { kind: 'user', userName: 'alice' } };

describe('a call that is not taken in', () => {
  it.each([
    ['a number that is not ours', forAlice, '+493099999999'],
    ['no number at all', forAlice, 'sales'],
    ['a number that is switched off', { ...forAlice, isEnabled: false }, undefined],
  ])('hears 404 for %s, and leaves no record and takes no place', async (_, number, calledUser) => {
    const bench = await IncomingBench.create([number]);
    bench.connect('alice');
    const call = await bench.call(calledUser === undefined ? {} : { calledUser });
    expect(call.said).toEqual(['404 1']);
    expect([bench.openings, bench.reports, bench.isFree()]).toEqual([[], [], true]);
  });

  it('is logged once a minute for each gateway, however many there are', async () => {
    const bench = await IncomingBench.create([forAlice]);
    for (let count = 0; count < 1000; count += 1) await bench.call({ calledUser: `+4930999${count}` });
    const lines = () => bench.logger.lines.filter(({ level }) => level === 'warn');
    expect(lines()).toHaveLength(1);
    await bench.clock.advanceAsync(60_000);
    expect(lines()).toHaveLength(2);
    expect(lines()[1]?.fields).toMatchObject({ gatewayId: 'gw1', count: 999 });
    await bench.clock.advanceAsync(120_000);
    expect(lines()).toHaveLength(2);
  });

  it('hears 403 from a gateway that we don’t know', async () => {
    const bench = await IncomingBench.create([forAlice]);
    expect((await bench.call({ peerId: 'gone' })).said).toEqual(['403 57']);
  });

  it.each(['full', 'tooFast'] as const)('hears 503 and when to come back where its gateway is %s', async (place) => {
    const bench = await IncomingBench.create([forAlice]);
    bench.place = place;
    expect((await bench.call()).said).toEqual(['503 34 5000']);
    expect([bench.openings, bench.reports, bench.isFree()]).toEqual([[], [], true]);
  });

  it.each([
    ['is no SDP', 'junk', 'badOffer'],
    ['has no keys where they are required', 'plain', 'gatewayProtocol'],
    ['has no codec of ours', 'strange', 'noCommonCodec'],
  ])('hears 488 where its offer %s, before anybody is rung', async (_, offer, errorCode) => {
    const bench = await IncomingBench.create([forAlice]);
    const device = bench.connect('alice');
    expect((await bench.call({ offer })).said).toEqual(['488 88']);
    expect(device.heard).toEqual([]);
    expect(bench.closings).toMatchObject([{ outcome: 'failed', errorCode, sipStatus: 488 }]);
    expect([bench.reports, bench.isFree()]).toEqual([['tried', 'refused'], true]);
  });

  it('is refused when the bridge stops, and so is what rings', async () => {
    const bench = await IncomingBench.create([forAlice]);
    const device = bench.connect('alice');
    const ringing = await bench.call();
    await bench.calls.close();
    expect(ringing.said).toEqual(['180', '503 41']);
    expect(device.heard).toEqual(['incoming', 'incomingEnded failed']);
    expect(bench.closings).toMatchObject([{ outcome: 'failed', errorCode: 'goingAway' }]);
    expect(bench.isFree()).toBe(true);
  });
});
