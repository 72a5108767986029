import { beforeEach, describe, expect, it } from 'vitest';
import { gatewaySchema } from '../../../../shared/admin/index.ts';
import type { CallId } from '../../../../shared/domain/index.ts';
import type { FakeSipCall } from '../../call-handler/fakes/FakeSip.ts';
import type { DirectorBench } from '../testing/DirectorBench.ts';
import { boss, TransferBench } from './testing/TransferBench.ts';

describe('Passing a call on to a number, by us', () => {
  let bed: TransferBench;
  let bench: DirectorBench;
  let callId: CallId;
  let first: FakeSipCall;
  const start = async (gateway: object = {}) => {
    bed = await TransferBench.create(gateway);
    ({ bench, callId, first } = bed);
  };
  beforeEach(async () => {
    await start();
    await bed.transfer();
    await bench.settle();
  });

  it('holds the party, calls the number in the person’s name, and lets the party hear it ring', async () => {
    expect(bed.statusOf()).toMatchObject({ isOnHold: true, transfer: { to: boss, state: 'trying' } });
    expect(bench.sip.last.request).toMatchObject({ calledNumber: boss });
    expect(bench.openings.at(-1)).toMatchObject({ calledNumber: boss, userId: 'alice', direction: 'outgoing' });
    expect(bed.session(0).asked.at(-1)).not.toBe('play ringback');
    await bed.ring();
    expect(bed.session(0).asked.at(-1)).toBe('play ringback');
    expect(bed.statusOf()?.transfer).toEqual({ to: boss, state: 'ringing' });
  });

  it('offers what the party speaks first, and nothing that it can’t speak', async () => {
    expect(bed.session(1).asked[0]).toBe('gateway offer PCMU,opus,G722,PCMA to 127.0.0.1');
  });

  it('offers DTLS-SRTP to a gateway that speaks with browsers, and joins it as any other', async () => {
    await start();
    bench.gateways = [gatewaySchema.parse({ id: 'web', host: '127.0.0.1', media: 'direct', codecs: ['PCMU'] })];
    await bed.transfer();
    await bench.settle();
    const offered = bed.session(bench.sessions.length - 1);
    expect(offered.asked).toEqual(['gateway offer PCMU to 127.0.0.1 as DTLS-SRTP']);
    await bed.answer();
    offered.emit('gatewaySecured');
    await bench.clock.advanceAsync(600_000);
    expect(bench.joins.joined).toEqual([[bed.session(0), offered]]);
    expect(bench.director.activeCalls).toBe(2);
  });

  it('ends both where such a gateway answers and doesn’t come, in the time that it has for that', async () => {
    await start();
    bench.gateways = [gatewaySchema.parse({ id: 'web', host: '127.0.0.1', media: 'direct', codecs: ['PCMU'] })];
    await bed.transfer();
    await bench.settle();
    await bed.answer();
    await bench.clock.advanceAsync(3999);
    expect(bench.director.activeCalls).toBe(2);
    await bench.clock.advanceAsync(1);
    await bench.settle();
    expect(bench.director.activeCalls).toBe(0);
    expect(bench.closings.map(({ errorCode }) => errorCode).toSorted()).toEqual(['mediaLost', null]);
  });

  it('passes the keys on that one of the two tells by INFO', async () => {
    await start({ dtmf: 'info' });
    await bed.transfer();
    await bench.settle();
    await bed.answer();
    first.emit('digitsPressed', '5');
    bench.sip.last.emit('digitsPressed', '#');
    await bench.settle();
    expect(bench.sip.last.commands).toContain('info 5');
    expect(first.commands).toContain('info #');
  });

  it('passes no keys on that go with the audio already', async () => {
    await bed.answer();
    first.emit('digitsPressed', '5');
    await bench.settle();
    expect(bed.session(1).asked).not.toContain('dtmf 5');
    expect(bench.sip.last.commands).not.toContain('info 5');
  });

  it('joins the two when it answers: for the person it is over, and the others go on', async () => {
    await bed.ring();
    await bed.answer();
    expect(bench.joins.joined).toEqual([[bed.session(0), bed.session(1)]]);
    expect(bed.session(0).asked.slice(-2)).toEqual(['play null', 'gate open']);
    expect(bed.statusOf()).toMatchObject({
      state: 'ended',
      end: { outcome: 'answered', by: 'caller', transferredTo: boss },
    });
    expect(bench.director.handlersOf(bench.client)).toEqual([]);
    expect(bench.director.activeCalls).toBe(2);
    expect(bench.closings).toEqual([]);
    expect(bench.eventsOf('transferred')).toMatchObject([{ callId, to: boss, by: 'bridge', otherCallId: 'call-2' }]);
  });

  it('waits for nobody at a device any more', async () => {
    await bed.answer();
    await bench.clock.advanceAsync(60_000);
    expect(bench.director.activeCalls).toBe(2);
    expect(() => bench.director.handler(bench.client, callId)).toThrow('not there any more');
  });

  it.each([
    ['the party', () => first, () => bench.sip.last],
    ['the number', () => bench.sip.last, () => first],
  ])('ends both when %s hangs up, and tells the person nothing more', async (_, leaving, left) => {
    await bed.answer();
    const told = bench.statuses.length;
    leaving().emit('ended', { by: 'remote' });
    await bench.settle();
    expect(left().commands.at(-1)).toBe('bye');
    expect(bench.closings).toHaveLength(2);
    expect(bench.closings.every(({ outcome }) => outcome === 'answered')).toBe(true);
    expect(bench.statuses).toHaveLength(told);
    expect(bench.director.activeCalls).toBe(0);
    expect(bench.clock.pendingTimers).toBe(0);
  });

  it('goes on hearing music when the number is busy, and the person keeps the call and may try again', async () => {
    await bed.ring();
    bench.sip.last.fail(486);
    await bench.settle();
    expect(bed.session(0).asked.at(-1)).toBe('play music');
    expect(bed.statusOf()).toMatchObject({
      state: 'established',
      isOnHold: true,
      transfer: { state: 'failed', error: { code: 'transferFailed', details: { number: boss } } },
    });
    expect(bench.eventsOf('transferFailed')).toMatchObject([{ to: boss, by: 'bridge', outcome: 'busy' }]);
    await bed.transfer();
    await bench.settle();
    await bed.answer();
    expect(bed.statusOf()?.end?.transferredTo).toBe(boss);
  });

  it('forgets the failure when the person takes the party back', async () => {
    bench.sip.last.fail(486);
    await bench.settle();
    await bench.director.handler(bench.client, callId).inCall.resume();
    await bench.settle();
    expect(bed.statusOf()).toMatchObject({ isOnHold: false, transfer: null });
    expect(bed.session(0).asked.slice(-2)).toEqual(['play null', 'gate open']);
  });

  it('is cancelled when the person takes the party back while it rings', async () => {
    await bed.ring();
    await bench.director.handler(bench.client, callId).inCall.resume();
    await bench.settle();
    expect(bench.sip.last.commands).toEqual(['cancel']);
    expect(bed.statusOf()).toMatchObject({ state: 'established', isOnHold: false, transfer: null });
    expect(bed.session(0).asked.slice(-2)).toEqual(['play null', 'gate open']);
    expect(bench.eventsOf('transferFailed')).toEqual([]);
  });

  it.each([
    ['the person', () => bench.director.hangUp(bench.client, callId)],
    ['the party', () => first.emit('ended', { by: 'remote' })],
  ])('is cancelled when %s hangs up meanwhile', async (_, hangUp) => {
    await bed.ring();
    hangUp();
    await bench.settle();
    expect(bench.sip.last.commands).toEqual(['cancel']);
    expect(bench.director.activeCalls).toBe(0);
    expect(bench.clock.pendingTimers).toBe(0);
  });

  it('ends with the bridge, joined or not', async () => {
    await bed.answer();
    await bench.director.close();
    expect(bench.closings).toContainEqual(expect.objectContaining({ errorCode: 'goingAway' }));
    expect(bench.closings).toHaveLength(2);
    expect(bench.clock.pendingTimers).toBe(0);
  });

  it('is heard as its gateway lets it sound before the answer', async () => {
    bench.sip.last.emit('progress', { status: 183, reason: '', sdp: 'early' });
    await bench.settle();
    expect(bench.joins.joined).toHaveLength(1);
    expect(bed.session(0).asked.at(-1)).toBe('play null');
    await bed.answer();
    expect(bench.joins.joined).toHaveLength(1);
    expect(bed.statusOf()?.end?.transferredTo).toBe(boss);
  });

  it('has the browser’s audio made anew when that came to nothing', async () => {
    bench.sip.last.emit('progress', { status: 183, reason: '', sdp: 'early' });
    await bench.settle();
    bench.sip.last.fail(603);
    await bench.settle();
    expect(bench.others).toContain('media:restart');
    expect(bed.session(0).asked.at(-1)).toBe('play music');
  });

  describe('where the two gateways speak different codecs', () => {
    const startDifferent = async (answered: 'PCMA' | 'opus', gateway: object = {}) => {
      await start(gateway);
      await bed.transfer();
      await bench.settle();
      bed.session(1).answeredCodec = answered;
    };

    it('asks the party for the other’s', async () => {
      await startDifferent('PCMA');
      await bed.answer();
      expect(first.commands.at(-1)).toBe('reinvite sendrecv PCMA offer');
      expect(bench.joins.joined).toHaveLength(1);
    });

    it('asks the other for the party’s where the party refuses', async () => {
      await startDifferent('PCMA');
      bed.session(0).strangeCodecs.add('PCMA');
      await bed.answer();
      expect(first.commands.at(-1)).toBe('reinvite sendrecv offer');
      expect(bench.sip.last.commands).toEqual(['reinvite sendrecv PCMU offer']);
      expect(bench.joins.joined).toHaveLength(1);
    });

    it('comes to nothing where neither can, and lets go of the other', async () => {
      await startDifferent('PCMA');
      for (const codec of ['PCMA', 'opus', 'G722']) bed.session(0).strangeCodecs.add(codec);
      for (const codec of ['PCMU', 'opus', 'G722']) bed.session(1).strangeCodecs.add(codec);
      await bed.answer();
      expect(bench.sip.last.commands.at(-1)).toBe('bye');
      expect(bench.eventsOf('transferFailed')).toMatchObject([{ code: 'noCommonCodec' }]);
      expect(bed.statusOf()).toMatchObject({ state: 'established', isOnHold: true, transfer: { state: 'failed' } });
    });
  });
});
