import { describe, expect, it } from 'vitest';
import type { CallId } from '../../../shared/domain/index.ts';
import { settle } from '../../state/testing/FakeTimers.ts';
import { callStatus } from '../testing/callStatus.ts';
import { dialled } from '../testing/dialled.ts';
import { helloAnswer } from '../testing/helloAnswer.ts';
import { makePhone } from '../testing/makePhone.ts';

const destination = '202 555 0100';

describe('a lost connection', () => {
  it('keeps the call and takes its state from hello', async () => {
    const { phone, transport, timers } = await dialled();
    const callId = phone.call.get()?.callId as CallId;
    transport.disconnect();
    expect(phone.isInCall).toBe(true);
    const status = callStatus({ callId, revision: 9, state: 'established', answeredAt: timers.now() });
    transport.answers.set('session:hello', () => helloAnswer([status], timers.now()));
    transport.connect();
    await settle();
    expect(phone.call.get()?.phase).toBe('established');
  });

  it('ends the call as interrupted when the bridge knows it no more', async () => {
    const { phone, transport } = await dialled();
    transport.disconnect();
    transport.connect();
    await settle();
    expect(phone.call.get()).toMatchObject({ phase: 'ended', end: { outcome: 'interrupted' } });
  });

  it('gives the call up when the bridge stays away for longer than it holds calls', async () => {
    const { phone, timers, transport, tell } = await dialled();
    await tell({ state: 'established', answeredAt: timers.now() });
    transport.disconnect();
    await timers.advance(29_000);
    expect(phone.call.get()?.phase).toBe('established');
    await timers.advance(1_000);
    expect(phone.call.get()).toMatchObject({
      phase: 'ended',
      end: { outcome: 'failed', error: { code: 'clientLost' } },
    });
  });

  it('counts that time from the last loss alone', async () => {
    const { phone, timers, transport, tell } = await dialled();
    await tell({ state: 'established', answeredAt: timers.now() });
    const status = callStatus({ callId: phone.call.get()?.callId as CallId, revision: 9, state: 'established' });
    transport.answers.set('session:hello', () => helloAnswer([status], timers.now()));
    transport.disconnect();
    await timers.advance(20_000);
    transport.connect();
    await settle();
    transport.disconnect();
    await timers.advance(20_000);
    expect(phone.call.get()?.phase).toBe('established');
  });

  it('does not end a call whose dial message was lost on its way, but sends it again', async () => {
    const made = makePhone();
    made.transport.connect();
    await settle();
    made.phone.dial({ destination });
    await settle();
    made.transport.disconnect();
    made.transport.named('call:dial')[0]?.lose();
    made.transport.connect();
    await settle();
    const [first, second] = made.transport.named('call:dial');
    expect(second?.payload).toEqual(first?.payload);
    expect(made.phone.isInCall).toBe(true);
  });

  it('takes over the call that the bridge kept while the page was reloaded', async () => {
    const made = makePhone();
    const kept = callStatus({ revision: 5, state: 'established', answeredAt: made.timers.now() - 60_000 });
    made.transport.answers.set('session:hello', () => helloAnswer([kept], made.timers.now()));
    made.transport.connect();
    await settle();
    expect(made.phone.call.get()).toMatchObject({ callId: 'call-1', phase: 'established' });
    expect(made.transport.named('media:offer')[0]?.payload).toMatchObject({ callId: 'call-1' });
    expect(made.media[0]?.answers).toHaveLength(1);
    made.phone.hangUp();
    await settle();
    expect(made.transport.named('call:hangUp')[0]?.payload).toMatchObject({ callId: 'call-1' });
  });
});
