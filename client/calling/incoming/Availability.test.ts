import { describe, expect, it } from 'vitest';
import { settle } from '../../state/testing/FakeTimers.ts';
import { helloAnswer } from '../testing/helloAnswer.ts';
import { makePhone } from '../testing/makePhone.ts';

async function connected() {
  const made = makePhone();
  const hello = helloAnswer();
  const data = { ...hello.data, availability: { isDoNotDisturb: false, hasCallWaiting: false } };
  made.transport.answers.set('session:hello', () => ({ ...hello, data }));
  made.transport.connect();
  await settle();
  return made;
}

describe('Availability', () => {
  it('is what hello told, and what another device changes', async () => {
    const { availability, transport } = await connected();
    expect(availability.state.get()).toEqual({ isDoNotDisturb: false, hasCallWaiting: false });
    transport.notify('session:availabilityChanged', { isDoNotDisturb: true, hasCallWaiting: false });
    expect(availability.state.get().isDoNotDisturb).toBe(true);
  });

  it('shows a wish at once and then what the bridge keeps', async () => {
    const { availability, transport } = await connected();
    const changing = availability.change({ isDoNotDisturb: true });
    expect(availability.state.get()).toEqual({ isDoNotDisturb: true, hasCallWaiting: false });
    await settle();
    const [sent] = transport.named('session:setAvailability');
    expect(sent?.payload).toMatchObject({ isDoNotDisturb: true });
    expect(sent?.payload).not.toHaveProperty('hasCallWaiting');
    sent?.ack({ ok: true, data: { isDoNotDisturb: true, hasCallWaiting: true } });
    await changing;
    expect(availability.state.get()).toEqual({ isDoNotDisturb: true, hasCallWaiting: true });
  });

  it('shows it as it was when the bridge says no', async () => {
    const { availability, transport } = await connected();
    transport.answers.set('session:setAvailability', () => ({ ok: false, error: { code: 'forbidden', message: 'x' } }));
    await expect(availability.change({ isDoNotDisturb: true })).rejects.toMatchObject({ code: 'forbidden' });
    expect(availability.state.get().isDoNotDisturb).toBe(false);
  });

  it('does not flicker to an older wish whose answer comes while a newer is under way', async () => {
    const { availability, transport } = await connected();
    const on = availability.change({ isDoNotDisturb: true });
    const off = availability.change({ isDoNotDisturb: false });
    await settle();
    const [first, second] = transport.named('session:setAvailability');
    first?.ack({ ok: true, data: { isDoNotDisturb: true, hasCallWaiting: false } });
    await on;
    expect(availability.state.get().isDoNotDisturb).toBe(false);
    second?.ack({ ok: true, data: { isDoNotDisturb: false, hasCallWaiting: false } });
    await off;
    expect(availability.state.get().isDoNotDisturb).toBe(false);
  });
});
