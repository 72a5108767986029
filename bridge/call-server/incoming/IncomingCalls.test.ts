import { describe, expect, it } from 'vitest';
import type { CallId } from '../../../shared/domain/index.ts';
import { MediaError } from '../../media-relay/index.ts';
import { FakeMediaSession } from '../call-handler/fakes/FakeMediaSession.ts';
import { IncomingBench, ours } from './testing/IncomingBench.ts';

const id = 'call-1' as CallId;
const forAlice = { destination: { kind: 'user', userName: 'alice' } };

describe('a call to a number of one person', () => {
  it('rings on all their devices, and the gateway hears 180 once', async () => {
    const bench = await IncomingBench.create([{ ...forAlice, name: 'Support line' }]);
    const [first, second] = [bench.connect('alice', 'd1'), bench.connect('alice', 'd2')];
    const call = await bench.call();
    expect(call.said).toEqual(['180']);
    for (const device of [first, second]) {
      expect(device.payloads).toEqual([
        {
          callId: id,
          callingNumber: '+442079460018',
          callingName: 'ACME',
          isContact: false,
          calledNumber: ours,
          calledName: 'Support line',
          groupName: null,
          ringingSince: bench.clock.now(),
          ringsUntil: bench.clock.now() + 30_000,
        },
      ]);
    }
    expect(bench.openings).toMatchObject([
      { direction: 'incoming', userId: null, calledNumber: ours, callingName: 'ACME' },
    ]);
    expect(bench.eventTypes()).toEqual(['inviteReceived', 'rangUser']);
  });

  it('is taken by the first to answer, and the others hear who took it', async () => {
    const bench = await IncomingBench.create([forAlice]);
    const [first, second] = [bench.connect('alice', 'd1'), bench.connect('alice', 'd2')];
    const call = await bench.call();
    const [taken, late] = await Promise.allSettled([
      bench.calls.answer(first.client, id, 'offer 1'),
      bench.calls.answer(second.client, id, 'offer 2'),
    ]);
    expect(taken).toMatchObject({ status: 'fulfilled', value: { answer: 'answer to offer 1' } });
    expect(late).toMatchObject({ status: 'rejected', reason: { code: 'callTaken' } });
    expect(call.said).toEqual(['180', '200 answer to gateway offer']);
    expect(second.heard).toEqual(['incoming', 'incomingEnded taken by self']);
    expect(first.heard.filter((line) => line.startsWith('incomingEnded'))).toEqual([]);
    expect(taken.status === 'fulfilled' && taken.value.status).toMatchObject({
      state: 'established',
      direction: 'incoming',
      codec: 'PCMU',
      callingName: 'ACME',
      callingNumber: '+442079460018',
      calledNumber: ours,
    });
    expect(bench.media).toHaveLength(1);
    expect(bench.progress).toContainEqual({
      userId: 'alice',
      deviceId: 'd1',
      participants: [{ userId: 'alice', displayName: 'alice', callingName: 'ACME', answer: 'taken' }],
    });
    await expect(bench.calls.answer(second.client, id, 'offer 3')).rejects.toMatchObject({ code: 'callTaken' });
  });

  it('leaves nothing behind when the caller hangs up after it was taken', async () => {
    const bench = await IncomingBench.create([forAlice]);
    const device = bench.connect('alice');
    const call = await bench.call();
    await bench.calls.answer(device.client, id, 'offer');
    call.emit('ended', { by: 'remote', q850: 16 });
    await bench.settle();
    expect(bench.closings).toMatchObject([
      { outcome: 'answered', disconnectedBy: 'caller', q850: 16, postDialDelayMs: 0 },
    ]);
    expect(bench.reports).toEqual(['tried', 'answered', 'finished']);
    expect(bench.isFree()).toBe(true);
    expect(bench.clock.pendingTimers).toBe(1); // the number book's
    await expect(bench.calls.answer(device.client, id, 'offer 2')).rejects.toMatchObject({ code: 'callEnded' });
  });

  it('is hung up with a BYE by who took it', async () => {
    const bench = await IncomingBench.create([forAlice]);
    const device = bench.connect('alice');
    const call = await bench.call();
    await bench.calls.answer(device.client, id, 'offer');
    bench.taken.get(id)?.hangUp();
    await bench.settle();
    expect(call.said.at(-1)).toBe('bye');
    expect(bench.closings).toMatchObject([{ outcome: 'answered', disconnectedBy: 'called' }]);
    expect(bench.isFree()).toBe(true);
  });

  it('offers a codec itself where the gateway offered none, and ends the call when the gateway’s answer is junk', async () => {
    const bench = await IncomingBench.create([forAlice]);
    const device = bench.connect('alice');
    const call = await bench.call({ offer: null });
    await bench.calls.answer(device.client, id, 'offer');
    expect(call.said).toEqual(['180', '200 gateway offer']);
    call.emit('confirmed', { sdp: 'junk' });
    await bench.settle();
    expect(call.said.at(-1)).toBe('bye');
    expect(bench.closings).toMatchObject([{ outcome: 'failed', errorCode: 'gatewayProtocol' }]);
  });

  it('rings on when an answer can’t be used, also on the device that sent it', async () => {
    const bench = await IncomingBench.create([forAlice], {
      relay: {
        createSession: () => {
          const session = new FakeMediaSession();
          session.offerError = bench.media.length === 0 ? new MediaError('badOffer', 'unreadable') : null;
          bench.media.push(session);
          return session;
        },
        join: async () => undefined,
        createTrunkSession: () => {
          throw new Error('not here');
        },
        codecsIn: () => ['PCMU'],
      },
    });
    const device = bench.connect('alice');
    const call = await bench.call();
    await expect(bench.calls.answer(device.client, id, 'junk')).rejects.toMatchObject({ code: 'badOffer' });
    expect(bench.media[0]?.isClosed).toBe(true);
    expect(device.heard).toEqual(['incoming']);
    await bench.calls.answer(device.client, id, 'offer');
    expect(call.said).toEqual(['180', '200 answer to gateway offer']);
  });

  it('is declined on one device, and none of the person’s rings any longer', async () => {
    const bench = await IncomingBench.create([forAlice]);
    const [first, second] = [bench.connect('alice', 'd1'), bench.connect('alice', 'd2')];
    const call = await bench.call();
    bench.calls.decline(first.client, id);
    bench.calls.decline(first.client, id);
    await bench.settle();
    expect(call.said).toEqual(['180', '603 21']);
    expect([first.heard, second.heard]).toEqual([['incoming'], ['incoming', 'incomingEnded declined']]);
    expect(bench.closings).toMatchObject([{ outcome: 'declined', disconnectedBy: 'called', sipStatus: 603 }]);
    expect(bench.progress).toContainEqual({
      participants: [{ userId: 'alice', displayName: 'ALICE', callingName: 'ACME', answer: 'declined' }],
    });
    expect(bench.isFree()).toBe(true);
  });

  it('rings for as long as the number says, to the millisecond', async () => {
    const bench = await IncomingBench.create([{ ...forAlice, ringSeconds: 5 }]);
    const device = bench.connect('alice');
    const call = await bench.call();
    await bench.clock.advanceAsync(4999);
    expect(call.said).toEqual(['180']);
    await bench.clock.advanceAsync(1);
    expect(call.said).toEqual(['180', '480 19']);
    expect(device.heard).toEqual(['incoming', 'incomingEnded noAnswer']);
    expect(bench.closings).toMatchObject([{ outcome: 'noAnswer', disconnectedBy: 'bridge' }]);
  });

  it('is over on all devices when the caller gives up', async () => {
    const bench = await IncomingBench.create([forAlice]);
    const device = bench.connect('alice');
    const call = await bench.call();
    call.emit('cancelled');
    await bench.settle();
    expect(call.said).toEqual(['180']);
    expect(device.heard).toEqual(['incoming', 'incomingEnded cancelled']);
    expect(bench.closings).toMatchObject([{ outcome: 'cancelled', disconnectedBy: 'caller' }]);
    await expect(bench.calls.answer(device.client, id, 'offer')).rejects.toMatchObject({ code: 'callEnded' });
    expect(bench.isFree()).toBe(true);
  });

  it('ends when the caller gives up while an answer is being made', async () => {
    const bench = await IncomingBench.create([forAlice]);
    const device = bench.connect('alice');
    const call = await bench.call();
    const answer = bench.calls.answer(device.client, id, 'offer');
    call.emit('cancelled');
    await expect(answer).rejects.toMatchObject({ code: 'callEnded' });
    await bench.settle();
    expect(call.said).toEqual(['180']);
    expect(bench.closings).toMatchObject([{ outcome: 'cancelled' }]);
    expect(bench.isFree()).toBe(true);
  });
});
