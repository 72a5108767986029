import { describe, expect, it } from 'vitest';
import type { CallId } from '../../../shared/domain/index.ts';
import { settle } from '../../state/testing/FakeTimers.ts';
import { callStatus } from '../testing/callStatus.ts';
import { dialled } from '../testing/dialled.ts';
import { helloAnswer } from '../testing/helloAnswer.ts';
import { makePhone } from '../testing/makePhone.ts';

async function talking() {
  const made = await dialled();
  await made.tell({ state: 'established', answeredAt: made.timers.now() });
  const callId = made.phone.call.get()?.callId as CallId;
  made.transport.notify('call:resumeKey', { callId, resumeKey: 'a-key-of-128-random-bits' });
  const status = callStatus({ callId, revision: 9, state: 'established', answeredAt: made.timers.now() });
  return { ...made, callId, status };
}

describe('hanging up while the bridge is away', () => {
  it('ends the call on the page at once, and tells the bridge when it is back', async () => {
    const { phone, transport, timers, kept, callId, status } = await talking();
    transport.disconnect();
    phone.hangUp();
    expect(phone.call.get()).toMatchObject({ phase: 'ended', end: { outcome: 'answered', by: 'caller' } });
    expect(kept.find(callId)).toMatchObject({ isHangUpWished: true });
    await timers.advance(20_000);
    expect(transport.named('call:hangUp')).toHaveLength(0);
    transport.answers.set('session:hello', () => helloAnswer([status], timers.now()));
    transport.connect();
    await settle();
    expect(transport.named('call:hangUp').map(({ payload }) => payload.callId)).toEqual([callId]);
    expect(phone.isInCall).toBe(false);
    expect(kept.all()).toEqual([]);
  });

  it('tells it after a reload, too, instead of taking the call over', async () => {
    const { phone, transport, storage, status, callId } = await talking();
    transport.disconnect();
    phone.hangUp();
    const later = makePhone({ storage });
    later.transport.answers.set('session:hello', () => helloAnswer([status], later.timers.now()));
    later.transport.connect();
    await settle();
    expect(later.phone.isInCall).toBe(false);
    expect(later.transport.named('media:offer')).toHaveLength(0);
    expect(later.transport.named('call:hangUp').map(({ payload }) => payload.callId)).toEqual([callId]);
    expect(later.kept.all()).toEqual([]);
  });

  it('tells it after a crash, too: the new page takes the call to end it', async () => {
    const { phone, transport, storage, status, callId } = await talking();
    transport.disconnect();
    phone.hangUp();
    const later = makePhone({ storage });
    later.transport.answers.set('call:reattach', () => ({ ok: true, data: { answer: 'v=0 the answer', status } }));
    later.transport.connect();
    await settle();
    expect(later.transport.named('call:reattach')[0]?.payload).toMatchObject({
      callId,
      resumeKey: 'a-key-of-128-random-bits',
    });
    expect(later.transport.named('call:hangUp').map(({ payload }) => payload.callId)).toEqual([callId]);
    expect(later.media.every(({ isClosed }) => isClosed)).toBe(true);
    expect(later.phone.isInCall).toBe(false);
    expect(later.kept.all()).toEqual([]);
  });

  it('does not wait for a bridge that does not answer', async () => {
    const { phone, transport, timers } = await talking();
    transport.answers.delete('call:hangUp');
    phone.hangUp();
    expect(phone.call.get()?.phase).toBe('disconnecting');
    await timers.advance(1_499);
    expect(phone.call.get()?.phase).toBe('disconnecting');
    await timers.advance(1);
    expect(phone.call.get()?.phase).toBe('ended');
  });

  it('is forgotten once the bridge has heard of it', async () => {
    const { phone, transport, kept } = await talking();
    phone.hangUp();
    await settle();
    expect(transport.named('call:hangUp')).toHaveLength(1);
    expect(kept.all()).toEqual([]);
  });
});
