import { describe, expect, it } from 'vitest';
import type { CallId } from '../../../shared/domain/index.ts';
import { settle } from '../../state/testing/FakeTimers.ts';
import { callWaitingTone, ringSounds } from '../audio/index.ts';
import { incomingCall } from '../testing/incomingCall.ts';
import { makePhone } from '../testing/makePhone.ts';

async function connected() {
  const made = makePhone();
  made.transport.connect();
  await settle();
  const ring = async (callId = 'in-1') => {
    made.transport.notify('call:incoming', incomingCall({ callId: callId as CallId }));
    await settle();
  };
  const stop = async (callId = 'in-1') => {
    made.transport.notify('call:incomingEnded', { callId, reason: 'cancelled', takenBy: null });
    await settle();
  };
  return { ...made, ring, stop };
}

describe('the ring', () => {
  it('sounds and is felt while a call rings, once for all that do', async () => {
    const { ring, stop, rings, vibrations } = await connected();
    await ring();
    await ring('in-2');
    expect(rings).toEqual([{ tone: ringSounds.chime, isStopped: false }]);
    expect(vibrations).toHaveLength(1);
    await stop();
    expect(rings[0]?.isStopped).toBe(false);
    await stop('in-2');
    expect(rings[0]?.isStopped).toBe(true);
    expect(vibrations.at(-1)).toBe(0);
  });

  it('follows the person’s choice, while it rings too', async () => {
    const { ring, rings, ringChoice } = await connected();
    await ring();
    ringChoice.set({ sound: 'doorbell', volume: 1 });
    expect(rings.map(({ tone, isStopped }) => [tone, isStopped])).toEqual([
      [ringSounds.chime, true],
      [ringSounds.doorbell, false],
    ]);
  });

  it('is felt alone where its sound is off', async () => {
    const { ring, rings, ringChoice, vibrations } = await connected();
    ringChoice.set({ sound: 'off', volume: 1 });
    await ring();
    expect([rings.length, vibrations.length]).toEqual([0, 1]);
  });

  it('is silenced for what rings now, and not for the next call', async () => {
    const { ring, rings, ringer } = await connected();
    await ring();
    ringer.silence();
    expect(rings[0]?.isStopped).toBe(true);
    await ring('in-2');
    expect(rings).toHaveLength(2);
  });

  it('stops when the call is being taken', async () => {
    const { ring, rings, incoming } = await connected();
    await ring();
    incoming.accept('in-1' as CallId);
    expect(rings[0]?.isStopped).toBe(true);
  });

  it('is a pip at the person’s ear while they talk, and rings when that call is over first', async () => {
    const { ring, rings, sounding, phone, timers } = await connected();
    phone.dial({ destination: '2025550100' });
    await settle();
    await ring();
    expect(rings).toEqual([]);
    expect(sounding).toEqual([{ tone: callWaitingTone, isStopped: false }]);
    phone.hangUp();
    await timers.advance(2_000);
    expect(sounding[0]?.isStopped).toBe(true);
    expect(rings).toEqual([{ tone: ringSounds.chime, isStopped: false }]);
  });

  it('is heard once to try it, at the chosen sound', async () => {
    const { ringer, rings, ringChoice } = await connected();
    ringer.playTest();
    ringChoice.set({ sound: 'off', volume: 1 });
    ringer.playTest();
    expect(rings.map(({ tone }) => tone)).toEqual([ringSounds.chime]);
  });
});
