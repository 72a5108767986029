import { beforeEach, describe, expect, it } from 'vitest';
import type { CallId } from '../../../shared/domain/index.ts';
import { MediaError } from '../../media-relay/index.ts';
import type { FakeMediaSession } from '../call-handler/fakes/FakeMediaSession.ts';
import { DirectorBench } from './testing/DirectorBench.ts';

const callId = 'the-call' as CallId;

describe('the place of a call within its limits', () => {
  let bench: DirectorBench;

  beforeEach(async () => {
    bench = await DirectorBench.create();
    bench.limit({ callsAtOnce: 1, talkMsPerDay: 600_000 });
  });

  const session = (): FakeMediaSession => bench.sessions.at(-1) as FakeMediaSession;

  /** As far as the INVITE; what becomes of the dial is the test's business. */
  async function dialled(): Promise<void> {
    void bench.dial(callId).catch(() => undefined);
    await bench.settle();
  }

  async function ringing(): Promise<void> {
    await dialled();
    bench.sip.last.emit('progress', { status: 180, reason: 'Ringing', sdp: null });
    session().emit('browserConnected');
    await bench.settle();
  }

  async function talking(): Promise<void> {
    await ringing();
    bench.sip.last.emit('answered', { sdp: 'sdp' });
    await bench.settle();
  }

  /** Every way in which a call that was admitted can come to its end. */
  const ways: Readonly<Record<string, () => Promise<unknown> | unknown>> = {
    'no gateway serves the number': () => {
      bench.gateways = [];
      return dialled();
    },
    'the gateways can’t be read': () => {
      bench.selecting = Promise.reject(new Error('store is down'));
      return dialled();
    },
    'the caller hangs up while the rules are looked at': async () => {
      const rules = Promise.withResolvers<void>();
      bench.authorizing = rules.promise;
      await dialled();
      bench.director.hangUp(bench.client, callId);
      rules.resolve();
    },
    'the caller hangs up while a gateway is chosen': async () => {
      const choice = Promise.withResolvers<void>();
      bench.selecting = choice.promise;
      await dialled();
      bench.director.hangUp(bench.client, callId);
      choice.resolve();
    },
    'the bridge stops while a gateway is chosen': async () => {
      const choice = Promise.withResolvers<void>();
      bench.selecting = choice.promise;
      await dialled();
      await bench.director.close();
      choice.resolve();
    },
    'no media session can be made': () => {
      bench.isRelayDown = true;
      return dialled();
    },
    'the browser’s offer is of no use': () => {
      bench.offerError = new MediaError('badOffer', 'no audio');
      return dialled();
    },
    'the browser has no codec of ours': () => {
      bench.offerError = new MediaError('noCommonCodec', 'video only');
      return dialled();
    },
    'the caller cancels before the INVITE has an answer': async () => {
      await dialled();
      bench.director.hangUp(bench.client, callId);
    },
    'no INVITE can be sent': () => {
      bench.sip.invite = () => {
        throw new Error('closed');
      };
      return dialled();
    },
    'the gateway can’t be reached': async () => {
      await dialled();
      bench.sip.last.emit('failed', { kind: 'transport', reason: 'refused' });
    },
    'the gateway says nothing': async () => {
      await dialled();
      await bench.clock.advanceAsync(2000);
    },
    'the gateway says 100 and no more': async () => {
      await dialled();
      bench.sip.last.emit('trying');
      session().emit('browserConnected');
      await bench.clock.advanceAsync(20_000);
    },
    'the gateway announces the call and says no more': async () => {
      await dialled();
      bench.sip.last.emit('progress', { status: 183, reason: '', sdp: null });
      session().emit('browserConnected');
      await bench.clock.advanceAsync(60_000);
    },
    'the gateway is overloaded (503)': async () => {
      await dialled();
      bench.sip.last.fail(503);
    },
    'the gateway wants a codec that we have not (488)': async () => {
      await dialled();
      bench.sip.last.fail(488);
    },
    'the gateway’s answer is no SIP': async () => {
      await dialled();
      bench.sip.last.emit('failed', { kind: 'protocol', reason: 'unreadable' });
    },
    'the number is not in service (404)': async () => {
      await dialled();
      bench.sip.last.fail(404);
    },
    'the caller cancels while it rings': async () => {
      await ringing();
      bench.director.hangUp(bench.client, callId);
    },
    'the caller cancels and the gateway never confirms': async () => {
      await ringing();
      bench.sip.last.isSilent = true;
      bench.director.hangUp(bench.client, callId);
      await bench.clock.advanceAsync(2000);
    },
    'the called party is busy (486)': async () => {
      await ringing();
      bench.sip.last.fail(486);
    },
    'the called party declines (603)': async () => {
      await ringing();
      bench.sip.last.fail(603);
    },
    'nobody answers': async () => {
      await ringing();
      await bench.clock.advanceAsync(60_000);
    },
    'the answer has no usable audio': async () => {
      await ringing();
      bench.sip.last.emit('answered', { sdp: 'junk' });
    },
    'the caller hangs up': async () => {
      await talking();
      bench.director.hangUp(bench.client, callId);
    },
    'the called party hangs up': async () => {
      await talking();
      bench.sip.last.emit('ended', { by: 'remote', q850: 16 });
    },
    'the caller hangs up and the gateway never confirms': async () => {
      await talking();
      bench.sip.last.isSilent = true;
      bench.director.hangUp(bench.client, callId);
      await bench.clock.advanceAsync(2000);
    },
    'the way to the gateway breaks': async () => {
      await talking();
      bench.sip.last.emit('ended', { by: 'transport' });
    },
    'the caller’s socket stays away': async () => {
      await talking();
      bench.director.handler(bench.client, callId).detach();
      await bench.clock.advanceAsync(30_000);
    },
    'the browser’s audio never comes': async () => {
      await dialled();
      await bench.clock.advanceAsync(30_000);
    },
    'the browser’s audio goes and stays away': async () => {
      await talking();
      session().emit('browserDisconnected');
      await bench.clock.advanceAsync(30_000);
    },
    'its maximum duration is over': async () => {
      bench.limit({ callsAtOnce: 1 });
      await talking();
      await bench.clock.advanceAsync(3_600_000);
    },
    'the day’s minutes are used up': async () => {
      await talking();
      await bench.clock.advanceAsync(600_000);
    },
    'the bridge stops': async () => {
      await talking();
      await bench.director.close();
    },
    'its media can’t be closed': async () => {
      await talking();
      session().close = async () => Promise.reject(new Error('worker is gone'));
      bench.director.hangUp(bench.client, callId);
    },
    'the store is away when it ends': async () => {
      await talking();
      bench.usage.isDown = true;
      bench.director.hangUp(bench.client, callId);
      await bench.clock.advanceAsync(10_000);
      bench.usage.isDown = false;
      await bench.clock.advanceAsync(1000);
    },
  };

  it.each(Object.entries(ways))('is given back when %s', async (_, end) => {
    await end();
    await bench.settle();
    expect(await bench.use()).toMatchObject({ callsAtOnce: 0 });
    expect(bench.director.activeCalls).toBe(0);
    expect(bench.closings.filter((closing) => closing.callId === callId)).toHaveLength(1);
    expect(bench.clock.pendingTimers).toBe(0);
  });

  it('is held while a call is being set up and talked in, so that nobody else has it', async () => {
    await ringing();
    await expect(bench.dial()).rejects.toMatchObject({ code: 'callsAtOnceReached' });
    bench.sip.last.emit('answered', { sdp: 'sdp' });
    await bench.settle();
    await expect(bench.dial()).rejects.toMatchObject({ code: 'callsAtOnceReached' });
    bench.director.hangUp(bench.client, callId);
    await bench.settle();
    await bench.dial();
  });

  it('is held until the gateway has confirmed the end: never are there more calls at it than allowed', async () => {
    await talking();
    bench.sip.last.isSilent = true;
    bench.director.hangUp(bench.client, callId);
    await bench.settle();
    await expect(bench.dial()).rejects.toMatchObject({ code: 'callsAtOnceReached' });
    bench.sip.last.emit('ended', { by: 'local', status: 200 });
    await bench.settle();
    await bench.dial();
  });

  it('is taken anew after a restart of the call server: what ran before has ended with it', async () => {
    await talking();
    const { usage, clock } = bench;
    const restarted = await DirectorBench.create({ usage, clock });
    restarted.limit({ callsAtOnce: 1 });
    await restarted.dial('after-restart' as CallId);
  });

  it('takes none for a call that nobody wants any more when the rules have been looked at', async () => {
    const rules = Promise.withResolvers<void>();
    bench.authorizing = rules.promise;
    await dialled();
    bench.director.hangUp(bench.client, callId);
    rules.resolve();
    await bench.settle();
    expect(await bench.use()).toMatchObject({ callsPerMinute: 0 });
    expect(bench.closingOf(callId)).toMatchObject({ outcome: 'cancelled', disconnectedBy: 'caller' });
  });
});
