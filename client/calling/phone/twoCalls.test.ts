import { describe, expect, it } from 'vitest';
import type { CallId } from '../../../shared/domain/index.ts';
import { settle } from '../../state/testing/FakeTimers.ts';
import { callStatus } from '../testing/callStatus.ts';
import { dialled } from '../testing/dialled.ts';
import { helloAnswer } from '../testing/helloAnswer.ts';
import { incomingCall } from '../testing/incomingCall.ts';
import { makePhone } from '../testing/makePhone.ts';
import { twoCalls } from '../testing/twoCalls.ts';

describe('dialling a second call', () => {
  it('holds the first before it sends the second, which is in front', async () => {
    const { transport, first, second, front, held, phone } = await twoCalls();
    const order = transport.sent.map(({ name }) => name).filter((name) => name !== 'session:hello');
    expect(order).toEqual(['call:dial', 'call:hold', 'call:dial']);
    expect(front()?.callId).toBe(second);
    expect(phone.calls.get().map(({ callId }) => callId)).toEqual([second, first]);
    expect([held(first), held(second)]).toEqual([true, false]);
  });

  it('is refused while the one in front is not answered', async () => {
    const { phone, transport, tellOf, second, talking } = await twoCalls({ isSecondAnswered: false });
    expect(phone.dial({ destination: '1' })).toBe(false);
    await tellOf(second, talking);
    expect(phone.dial({ destination: '1' })).toBe(true);
    await settle();
    expect(transport.named('call:dial')).toHaveLength(3);
  });

  it('gives the microphone and the loudspeaker to the second alone', async () => {
    const { media, microphone, output } = await twoCalls();
    expect(media.map(({ track }) => track)).toEqual([null, microphone.tracks[1]]);
    expect(microphone.tracks.map(({ enabled }) => enabled)).toEqual([false, true]);
    expect(output.playing).toMatchObject({ id: 'second' });
  });

  it('lets nobody hear the person before the bridge has taken the hold', async () => {
    const { phone, transport, media, microphone, tell } = await dialled();
    transport.answers.delete('call:hold');
    await tell({ state: 'established', answeredAt: 1 });
    phone.hold();
    await settle();
    expect([media[0]?.track, microphone.tracks[0]?.enabled]).toEqual([null, false]);
  });

  it('is in front though the first could not be held, and the first stays silent', async () => {
    const { phone, transport, media, tell, timers } = await dialled();
    transport.answers.set('call:hold', () => ({ ok: false, error: { code: 'holdRefused', message: 'x' } }));
    await tell({ state: 'established', answeredAt: timers.now() });
    phone.dial({ destination: '+12025550111' });
    await settle();
    const [second, first] = phone.calls.get();
    expect(second?.callId).toBe(transport.named('call:dial')[1]?.payload.callId);
    expect(first).toMatchObject({ isOnHold: false, holdProblem: { code: 'holdRefused' } });
    expect(media[0]?.track).toBeNull();
  });
});

describe('swapping', () => {
  it('holds the one and resumes the other', async () => {
    const { phone, first, second, holds, front, held, media, microphone, output } = await twoCalls();
    phone.resume(first);
    await settle();
    expect(holds()).toEqual([
      ['call:hold', first],
      ['call:hold', second],
      ['call:resume', first],
    ]);
    expect(front()?.callId).toBe(first);
    expect([held(first), held(second)]).toEqual([false, true]);
    expect(media.map(({ track }) => track)).toEqual([microphone.tracks[0], null]);
    expect(output.playing).toMatchObject({ id: 'first' });
  });

  it('opens no further microphone while that of the call is there, and another where it went', async () => {
    const { phone, first, second, microphone, media } = await twoCalls();
    phone.resume(first);
    await settle();
    expect(microphone.tracks).toHaveLength(2);
    microphone.tracks[1]?.stop();
    phone.resume(second);
    await settle();
    expect(microphone.tracks).toHaveLength(3);
    expect(media[1]?.track).toBe(microphone.tracks[2]);
  });

  it('does nothing while the one in front is not answered', async () => {
    const { phone, first, second, front, holds } = await twoCalls({ isSecondAnswered: false });
    phone.resume(first);
    await settle();
    expect(front()?.callId).toBe(second);
    expect(holds()).toEqual([['call:hold', first]]);
  });
});

describe('the end of one of two calls', () => {
  it('brings the held one forward, on hold, and nobody is heard', async () => {
    const { second, first, tellOf, front, phone, media, output, holds } = await twoCalls();
    await tellOf(second, { state: 'ended', end: { outcome: 'answered', by: 'called' } });
    expect(front()).toMatchObject({ callId: first, isOnHold: true });
    expect(phone.ended.get()?.callId).toBe(second);
    expect([media[0]?.track, output.playing]).toEqual([null, null]);
    phone.resume();
    await settle();
    expect(holds().at(-1)).toEqual(['call:resume', first]);
    expect(output.playing).toMatchObject({ id: 'first' });
  });

  it('leaves the one in front alone when it was the held one’s', async () => {
    const { second, first, tellOf, front, phone, output } = await twoCalls();
    await tellOf(first, { state: 'ended', end: { outcome: 'answered', by: 'called' } });
    expect(front()?.callId).toBe(second);
    expect(phone.ended.get()?.callId).toBe(first);
    expect(output.playing).toMatchObject({ id: 'second' });
    phone.dismiss();
    expect([phone.ended.get(), front()?.callId]).toEqual([null, second]);
  });

  it('hangs up the one that is meant', async () => {
    const { phone, transport, first, second, tellOf } = await twoCalls();
    phone.hangUp(first);
    await settle();
    expect(transport.named('call:hangUp').map(({ payload }) => payload.callId)).toEqual([first]);
    await tellOf(first, { state: 'ended', end: { outcome: 'answered', by: 'caller' } });
    phone.hangUp();
    await settle();
    expect(transport.named('call:hangUp').at(-1)?.payload.callId).toBe(second);
  });
});

describe('answering a second call', () => {
  async function ringing(phase: 'established' | 'ringing') {
    const made = await dialled();
    await made.tell({ state: phase, answeredAt: phase === 'established' ? 1 : null });
    made.transport.answers.set('call:answer', ({ callId }) => ({
      ok: true,
      data: {
        answer: 'v=0 the answer',
        status: callStatus({ callId: callId as CallId, direction: 'incoming', state: 'established', answeredAt: 1 }),
      },
    }));
    made.transport.notify('call:incoming', incomingCall());
    await settle();
    const told = () =>
      made.transport.sent.map(({ name }) => name).filter((name) => name !== 'session:hello' && name !== 'call:dial');
    return { ...made, told };
  }

  it('holds the first', async () => {
    const { incoming, phone, told } = await ringing('established');
    incoming.accept('in-1' as CallId);
    await settle();
    expect(told()).toEqual(['call:hold', 'call:answer']);
    expect(phone.calls.get().map(({ callId, isOnHold }) => [callId, isOnHold])).toEqual([
      ['in-1', false],
      [expect.any(String), true],
    ]);
    expect(incoming.ringing.get()).toEqual([]);
  });

  it('ends the first where that is wished, and where it is not answered', async () => {
    const wished = await ringing('established');
    wished.incoming.accept('in-1' as CallId, 'end');
    await settle();
    const unanswered = await ringing('ringing');
    unanswered.incoming.accept('in-1' as CallId);
    await settle();
    for (const { told, phone } of [wished, unanswered]) {
      expect(told()).toEqual(['call:hangUp', 'call:answer']);
      expect(phone.calls.get()).toHaveLength(1);
    }
  });

  it('rings on, and shows the first, when it could not be taken', async () => {
    const { incoming, transport, phone } = await ringing('established');
    transport.answers.set('call:answer', () => ({ ok: false, error: { code: 'mediaUnavailable', message: 'x' } }));
    incoming.accept('in-1' as CallId);
    await settle();
    expect(incoming.ringing.get()).toHaveLength(1);
    expect(phone.ended.get()?.end).toMatchObject({ error: { code: 'mediaUnavailable' } });
    expect(phone.call.get()).toMatchObject({ direction: 'outgoing', isOnHold: true });
  });
});

describe('two calls and a reload', () => {
  it('takes both over, the one that was talked in in front, and opens the microphone for that one', async () => {
    const made = makePhone();
    const talking = { state: 'established', answeredAt: made.timers.now() } as const;
    const calls = [
      callStatus({ callId: 'talked' as CallId, ...talking }),
      callStatus({ callId: 'held' as CallId, ...talking, isOnHold: true }),
    ];
    made.transport.answers.set('session:hello', () => helloAnswer(calls, made.timers.now()));
    made.transport.connect();
    await settle();
    expect(made.phone.calls.get().map(({ callId, isOnHold }) => [callId, isOnHold])).toEqual([
      ['talked', false],
      ['held', true],
    ]);
    expect(made.microphone.tracks).toHaveLength(1);
    expect(made.media.map(({ track }) => track)).toEqual(expect.arrayContaining([null, made.microphone.tracks[0]]));
  });

  it('does not take back a call that was hung up while the connection was lost', async () => {
    const { phone, transport, first, second, timers, talking } = await twoCalls();
    const known = [first, second].map((callId) => callStatus({ callId, revision: 30, ...talking }));
    transport.answers.set('session:hello', () => helloAnswer(known, timers.now()));
    transport.disconnect();
    phone.hangUp(second);
    await timers.advance(15_000);
    expect(phone.calls.get().map(({ callId }) => callId)).toEqual([first]);
    transport.connect();
    await settle();
    expect(phone.calls.get().map(({ callId }) => callId)).toEqual([first]);
  });

  it('gives both up when the connection stays away', async () => {
    const { phone, transport, timers } = await twoCalls();
    transport.disconnect();
    await timers.advance(30_000);
    expect(phone.calls.get()).toEqual([]);
  });
});
