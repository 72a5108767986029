import { describe, expect, it } from 'vitest';
import type { CallId, UserId } from '../../../shared/domain/index.ts';
import { settle } from '../../state/testing/FakeTimers.ts';
import { callStatus } from '../testing/callStatus.ts';
import { dialled } from '../testing/dialled.ts';
import { FakeStorage } from '../testing/FakeStorage.ts';
import { helloAnswer } from '../testing/helloAnswer.ts';
import { makePhone } from '../testing/makePhone.ts';
import { type KeptCall, KeptCalls } from './KeptCalls.ts';

const callId = 'call-1' as CallId;
const startMs = 1_700_000_000_000;
const resumeKey = 'a-key-of-128-random-bits';

/** What a page that crashed `agoMs` ago left behind. */
function leftBehind(call: Partial<KeptCall> = {}, agoMs = 2_000, userId = 'u1', storage = new FakeStorage()) {
  new KeptCalls(storage, userId as UserId).put({
    callId,
    resumeKey,
    direction: 'outgoing',
    number: '+12025550100',
    name: 'Anna',
    answeredAtMs: startMs - 60_000,
    isOnHold: false,
    isHangUpWished: false,
    aliveAtMs: startMs - agoMs,
    ...call,
  });
  return storage;
}

async function opened(storage: FakeStorage, options: { isGranted?: boolean; isElsewhere?: boolean } = {}) {
  const made = makePhone({ storage, isGranted: options.isGranted ?? true });
  if (options.isElsewhere) made.locks.others.add(callId);
  made.transport.answers.set('call:reattach', ({ callId: id }) => ({
    ok: true,
    data: {
      answer: 'v=0 the answer',
      status: callStatus({ callId: id as CallId, revision: 7, state: 'established', answeredAt: startMs - 60_000 }),
    },
  }));
  made.transport.connect();
  await settle();
  return made;
}

describe('a call and what is kept of it', () => {
  it('keeps the call with its latest key and a lock while it is up, and nothing afterwards', async () => {
    const { phone, transport, kept, locks, tell } = await dialled();
    const id = phone.call.get()?.callId as CallId;
    expect(kept.find(id)).toMatchObject({ resumeKey: null, number: '+12025550100', name: 'Anna' });
    transport.notify('call:resumeKey', { callId: id, resumeKey });
    transport.notify('call:resumeKey', { callId: id, resumeKey: `${resumeKey}-2` });
    await tell({ state: 'established', answeredAt: startMs });
    expect(kept.find(id)).toMatchObject({ resumeKey: `${resumeKey}-2`, answeredAtMs: startMs });
    expect([...locks.held]).toEqual([id]);
    await tell({ state: 'ended', endedAt: startMs, end: { outcome: 'answered', by: 'called' } });
    expect(kept.all()).toEqual([]);
    expect(locks.held.size).toBe(0);
  });

  it('keeps a key that comes before the call that it is of', async () => {
    const storage = new FakeStorage();
    const { transport, kept } = makePhone({ storage });
    const status = callStatus({ callId, state: 'established', answeredAt: startMs });
    transport.answers.set('session:hello', () => helloAnswer([status]));
    transport.connect();
    transport.notify('call:resumeKey', { callId, resumeKey });
    expect(kept.all()).toEqual([]);
    await settle();
    expect(kept.find(callId)?.resumeKey).toBe(resumeKey);
  });

  it('says each few seconds that the page is still there', async () => {
    const { phone, kept, timers } = await dialled();
    const id = phone.call.get()?.callId as CallId;
    await timers.advance(20_000);
    expect(timers.now() - (kept.find(id)?.aliveAtMs ?? 0)).toBeLessThanOrEqual(5_000);
  });
});

describe('a page that is opened after a crash', () => {
  it('takes the call back by its key, and says so meanwhile', async () => {
    const made = makePhone({ storage: leftBehind() });
    made.transport.connect();
    await settle();
    expect(made.phone.call.get()).toMatchObject({ callId, takesOver: 'own', name: 'Anna', number: '+12025550100' });
    const [request] = made.transport.named('call:reattach');
    expect(request?.payload).toMatchObject({ callId, resumeKey, offer: 'v=0 offer of media-1' });
    const status = callStatus({ callId, revision: 7, state: 'established', answeredAt: startMs - 60_000 });
    request?.ack({ ok: true, data: { answer: 'v=0 the answer', status } });
    await settle();
    expect(made.phone.call.get()).toMatchObject({ takesOver: null, phase: 'established' });
    expect(made.media[0]?.answers).toEqual(['v=0 the answer']);
    expect(made.media[0]?.track).not.toBeNull();
    expect([...made.locks.held]).toEqual([callId]);
  });

  it('leaves the call alone that another tab has', async () => {
    const { phone, transport, kept } = await opened(leftBehind(), { isElsewhere: true });
    expect(phone.isInCall).toBe(false);
    expect(transport.named('call:reattach')).toHaveLength(0);
    expect(kept.all()).toHaveLength(1);
  });

  it('leaves the calls of other people alone', async () => {
    const { transport } = await opened(leftBehind({}, 2_000, 'u2'));
    expect(transport.named('call:reattach')).toHaveLength(0);
  });

  it.each([
    ['that can be up', 44_999, 1],
    ['that is over for sure', 45_000, 0],
  ])('takes back a call %s', async (_, agoMs, times) => {
    const { transport, kept } = await opened(leftBehind({}, agoMs));
    expect(transport.named('call:reattach')).toHaveLength(times);
    expect(kept.all()).toHaveLength(times);
  });

  it('waits for a press where the browser would ask for the microphone', async () => {
    const { phone, transport, callReturn } = await opened(leftBehind(), { isGranted: false });
    expect(callReturn.waiting.get()).toMatchObject([{ callId, name: 'Anna' }]);
    expect(transport.named('call:reattach')).toHaveLength(0);
    callReturn.take(callId);
    await settle();
    expect(phone.call.get()).toMatchObject({ callId, phase: 'established' });
    expect(callReturn.waiting.get()).toEqual([]);
  });

  it('stops waiting when the bridge can’t have the call any more', async () => {
    const { timers, callReturn, kept } = await opened(leftBehind(), { isGranted: false });
    await timers.advance(42_999);
    expect(callReturn.waiting.get()).toHaveLength(1);
    await timers.advance(1);
    expect(callReturn.waiting.get()).toEqual([]);
    expect(kept.all()).toEqual([]);
  });

  it('takes several back, with the one in front that was talked in', async () => {
    const storage = leftBehind();
    leftBehind({ callId: 'call-2' as CallId, isOnHold: true }, 2_000, 'u1', storage);
    const { phone } = await opened(storage);
    expect(phone.calls.get().map((call) => call.callId)).toEqual(['call-1', 'call-2']);
  });

  it('comes without a key where that one is outdated: the person’s account will do', async () => {
    const made = makePhone({ storage: leftBehind() });
    const status = callStatus({ callId, revision: 7, state: 'established', answeredAt: startMs - 60_000 });
    made.transport.answers.set('call:reattach', (payload) =>
      'resumeKey' in payload
        ? { ok: false, error: { code: 'resumeKeyInvalid', message: 'used', canRetry: false } }
        : { ok: true, data: { answer: 'v=0 the answer', status } },
    );
    made.transport.connect();
    await settle();
    expect(made.phone.call.get()).toMatchObject({ phase: 'established', takesOver: null });
  });

  it('says why where the bridge does not give the call, and does not hang it up', async () => {
    const made = makePhone({ storage: leftBehind() });
    const error = { code: 'callNotFound', message: 'gone', canRetry: false };
    made.transport.answers.set('call:reattach', () => ({ ok: false, error }));
    made.transport.connect();
    await settle();
    expect(made.phone.call.get()).toMatchObject({ phase: 'ended', end: { error: { code: 'callNotFound' } } });
    expect(made.transport.named('call:hangUp')).toHaveLength(0);
    expect(made.kept.all()).toEqual([]);
  });

  it('reads nothing from a storage that somebody else wrote into', () => {
    const storage = leftBehind();
    storage.setItem('dialbridge.call.u1.call-9', '{"callId":9}');
    storage.setItem('dialbridge.call.u1.call-8', 'not JSON');
    expect(new KeptCalls(storage, 'u1' as UserId).all().map((call) => call.callId)).toEqual([callId]);
  });
});
