import { describe, expect, it } from 'vitest';
import { settle } from '../../state/testing/FakeTimers.ts';
import { dialled } from '../testing/dialled.ts';
import { twoCalls } from '../testing/twoCalls.ts';

async function talking() {
  const made = await dialled();
  await made.tell({ state: 'established', answeredAt: made.timers.now() });
  const callId = made.phone.call.get()?.callId;
  if (callId === undefined) throw new Error('no call');
  const sent = () => made.transport.sent.map(({ name }) => name).slice(2);
  return { ...made, callId, sent };
}

describe('passing a call on', () => {
  it('holds it first, then asks the bridge, and shows at once whom it goes to', async () => {
    const { phone, transport, callId, sent } = await talking();
    transport.answers.delete('call:transfer');
    phone.transfer(callId, { destination: '+12025550111', name: 'Ben' });
    await settle();
    expect(sent()).toEqual(['call:hold', 'call:transfer']);
    expect(transport.named('call:transfer')[0]?.payload).toMatchObject({
      callId,
      to: { destination: '+12025550111', name: 'Ben' },
    });
    expect(phone.call.get()?.transfer).toMatchObject({ to: '+12025550111', state: 'trying' });
  });

  it('follows what the bridge tells, to its end', async () => {
    const { phone, callId, tell } = await talking();
    phone.transfer(callId, { destination: '+12025550111' });
    await settle();
    const answered = { state: 'established', answeredAt: 1, isOnHold: true } as const;
    await tell({ ...answered, transfer: { to: '+12025550111', state: 'ringing' } });
    expect(phone.call.get()?.transfer?.state).toBe('ringing');
    const end = { outcome: 'answered', by: 'caller', transferredTo: '+12025550111' } as const;
    await tell({ ...answered, state: 'ended', end });
    expect(phone.call.get()?.end).toEqual(end);
  });

  it('keeps the call on hold when it failed, says why, and forgets it with the next resume', async () => {
    const { phone, transport, callId, tell } = await talking();
    transport.answers.set('call:transfer', () => ({ ok: false, error: { code: 'noRuleAllows', message: 'x' } }));
    phone.transfer(callId, { destination: '+9' });
    await settle();
    const failed = { to: '+9', state: 'failed', error: { code: 'noRuleAllows' } };
    expect(phone.call.get()).toMatchObject({ isOnHold: true, transfer: failed });
    await tell({ state: 'established', answeredAt: 1, isOnHold: true });
    expect(phone.call.get()?.transfer).toMatchObject(failed);
    phone.resume();
    await settle();
    expect(phone.call.get()).toMatchObject({ isOnHold: false, transfer: null });
  });

  it('is not mistaken for the end of the call when the bridge does not find the other one', async () => {
    const { phone, transport, first, second } = await twoCalls();
    transport.answers.set('call:transfer', () => ({ ok: false, error: { code: 'callNotFound', message: 'x' } }));
    phone.transfer(first, { callId: second });
    await settle();
    expect(phone.calls.get()).toHaveLength(2);
  });

  it('names the other call, and is not sent before that is answered', async () => {
    const { phone, transport, first, second, tellOf, talking } = await twoCalls({ isSecondAnswered: false });
    phone.transfer(first, { callId: second });
    await settle();
    expect(transport.named('call:transfer')).toHaveLength(0);
    await tellOf(second, talking);
    phone.transfer(first, { callId: second });
    await settle();
    expect(transport.named('call:transfer')[0]?.payload).toMatchObject({ callId: first, to: { callId: second } });
    expect(phone.calls.get()[1]?.transfer).toMatchObject({ to: '+12025550100', state: 'trying' });
  });

  it('is not begun twice', async () => {
    const { phone, transport, callId } = await talking();
    transport.answers.delete('call:transfer');
    phone.transfer(callId, { destination: '+12025550111' });
    await settle();
    phone.transfer(callId, { destination: '+12025550122' });
    phone.hold();
    await settle();
    expect(transport.named('call:transfer')).toHaveLength(1);
    expect(transport.named('call:hold')).toHaveLength(1);
  });

  it('is taken back by resuming, unless the bridge says that it goes on', async () => {
    const { phone, callId, tell, media, microphone } = await talking();
    const answered = { state: 'established', answeredAt: 1 } as const;
    phone.transfer(callId, { destination: '+12025550111' });
    await settle();
    await tell({ ...answered, isOnHold: true, transfer: { to: '+12025550111', state: 'ringing' } });
    expect(media[0]?.track).toBeNull();
    phone.resume();
    await settle();
    expect(phone.call.get()).toMatchObject({ isOnHold: false, transfer: null });
    expect(media[0]?.track).toBe(microphone.tracks[0]);
    await tell({ ...answered, transfer: { to: '+12025550111', state: 'ringing' } });
    expect(media[0]?.track).toBeNull();
  });
});

describe('holding', () => {
  it('asks the bridge for the last wish alone, one after another', async () => {
    const { phone, transport, sent } = await talking();
    transport.answers.delete('call:hold');
    phone.hold();
    phone.resume();
    phone.hold();
    phone.resume();
    await settle();
    expect(sent()).toEqual(['call:hold']);
    transport.named('call:hold')[0]?.ack({ ok: true, data: {} });
    await settle();
    expect(sent()).toEqual(['call:hold', 'call:resume']);
    expect(phone.call.get()).toMatchObject({ isOnHold: false, isHoldPending: false });
  });

  it('stands against an older status until the bridge has answered, and follows it then', async () => {
    const { phone, transport, tell } = await talking();
    transport.answers.delete('call:hold');
    phone.hold();
    await tell({ state: 'established', answeredAt: 1, isOnHold: false });
    expect(phone.call.get()?.isOnHold).toBe(true);
    transport.named('call:hold')[0]?.ack({ ok: true, data: {} });
    await settle();
    expect(phone.call.get()?.isOnHold).toBe(true);
    await tell({ state: 'established', answeredAt: 1, isOnHold: false });
    expect(phone.call.get()).toMatchObject({ isOnHold: false, heldSinceMs: null });
  });

  it('is taken back when the other side’s network refuses it, and the person is heard again', async () => {
    const { phone, transport, media, microphone } = await talking();
    transport.answers.set('call:hold', () => ({ ok: false, error: { code: 'holdRefused', message: 'x' } }));
    phone.hold();
    await settle();
    expect(phone.call.get()).toMatchObject({ isOnHold: false, holdProblem: { code: 'holdRefused' } });
    expect(media[0]?.track).toBe(microphone.tracks[0]);
  });

  it('knows since when', async () => {
    const { phone, timers, tell } = await talking();
    phone.hold();
    await settle();
    const since = timers.now();
    await timers.advance(5_000);
    await tell({ state: 'established', answeredAt: 1, isOnHold: true, isHeldByOther: true });
    expect(phone.call.get()).toMatchObject({ heldSinceMs: since, isHeldByOther: true });
  });

  it('does nothing before the answer', async () => {
    const { phone, transport } = await dialled();
    phone.hold();
    await settle();
    expect(transport.named('call:hold')).toHaveLength(0);
  });

  it('leaves a muted person muted after it', async () => {
    const { phone, microphone } = await talking();
    phone.setMuted(true);
    phone.hold();
    phone.resume();
    await settle();
    expect(microphone.tracks[0]?.enabled).toBe(false);
  });
});
