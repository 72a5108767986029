import { describe, expect, it } from 'vitest';
import { type CallId, callOutcomeSchema, callStateSchema } from '../../../shared/domain/index.ts';
import { callStatus } from '../testing/callStatus.ts';
import { adoptedCall, newCall } from './beginCall.ts';
import type { ClientCall } from './ClientCall.ts';
import { reduceCall } from './reduceCall.ts';

const fresh = newCall({ callId: 'call-1' as CallId, number: '202 555 0100', name: null, startedAtMs: 1_000 });
const received = (status: Parameters<typeof callStatus>[0], clockOffsetMs = 0) =>
  ({ type: 'statusReceived', status: callStatus(status), clockOffsetMs, atMs: 2_000 }) as const;

describe('reduceCall', () => {
  it.each(callStateSchema.options)('takes the state %s from the bridge', (state) => {
    expect(reduceCall(fresh, received({ revision: 1, state })).phase).toBe(state);
  });

  it('takes the number as the bridge has read it, and keeps the name of the address book', () => {
    const named = { ...fresh, name: 'Anna' };
    const call = reduceCall(named, received({ revision: 1, calledNumber: '+12025550100', calledName: 'Other' }));
    expect(call).toMatchObject({ number: '+12025550100', name: 'Anna' });
  });

  it('forgets the name when somebody else has taken the place of the other party', () => {
    const named = { ...fresh, name: 'Anna' };
    const first = reduceCall(named, received({ revision: 0, calledNumber: '+12025550100' }));
    const passedOn = reduceCall(first, received({ revision: 1, calledNumber: '+12025550101' }));
    expect(passedOn).toMatchObject({ number: '+12025550101', name: null });
  });

  it('drops a status that is older than the one it has, and one of another call', () => {
    const ringing = reduceCall(fresh, received({ revision: 3, state: 'ringing' }));
    expect(reduceCall(ringing, received({ revision: 3, state: 'dialing' }))).toBe(ringing);
    expect(reduceCall(ringing, received({ revision: 2, state: 'dialing' }))).toBe(ringing);
    expect(reduceCall(ringing, received({ revision: 9, callId: 'call-2' as CallId }))).toBe(ringing);
  });

  it('turns the bridge’s clock into its own', () => {
    const call = reduceCall(fresh, received({ revision: 1, state: 'established', answeredAt: 60_000 }, 5_000));
    expect(call.answeredAtMs).toBe(55_000);
  });

  it('takes the end that a limit will make, by its own clock, until it is withdrawn or the call is over', () => {
    const error = { code: 'maxDurationReached', message: 'x' } as const;
    const limit = { endsAt: 60_000, error };
    const warned = reduceCall(fresh, received({ revision: 1, state: 'established', limit }, 5_000));
    expect(warned.limit).toEqual({ endsAtMs: 55_000, error });
    expect(reduceCall(warned, received({ revision: 2, state: 'established' })).limit).toBeNull();
    const end = { outcome: 'answered', by: 'caller' } as const;
    expect(reduceCall(warned, { type: 'endedHere', atMs: 1, end }).limit).toBeNull();
  });

  it('shows no more ringing to who has hung up', () => {
    const leaving = reduceCall(fresh, { type: 'hangUpWished' });
    expect(reduceCall(leaving, received({ revision: 1, state: 'ringing' })).phase).toBe('disconnecting');
    expect(reduceCall(leaving, received({ revision: 2, state: 'ended' })).phase).toBe('ended');
  });

  it.each(callOutcomeSchema.options)('keeps the outcome %s and never leaves the end', (outcome) => {
    const ended = reduceCall(fresh, received({ revision: 1, state: 'ended', end: { outcome, by: 'called' } }));
    expect(ended.end).toEqual({ outcome, by: 'called' });
    const later = [
      received({ revision: 2, state: 'established' }),
      { type: 'hangUpWished' },
      { type: 'muteToggled', isMuted: true },
      { type: 'microphoneReady' },
      { type: 'holdWished', isOnHold: true, atMs: 1 },
      { type: 'holdSettled', problem: null, atMs: 1 },
      { type: 'transferWished', to: '+1' },
      { type: 'transferTaken' },
      { type: 'transferRefused', error: { code: 'noRuleAllows', message: 'x' } },
      { type: 'endedHere', atMs: 1, end: { outcome: 'failed', by: 'bridge' } },
    ] as const;
    for (const event of later) expect(reduceCall(ended, event)).toBe(ended);
  });

  it('asks for the microphone before anything is sent, and goes on when it is there', () => {
    const asking = reduceCall(fresh, { type: 'microphoneAsked' });
    expect(asking.phase).toBe('askingMicrophone');
    expect(reduceCall(asking, { type: 'microphoneReady' }).phase).toBe('requested');
  });

  it('does not go back to asking once the call is on its way', () => {
    const ringing = reduceCall(fresh, received({ revision: 1, state: 'ringing' }));
    expect(reduceCall(ringing, { type: 'microphoneAsked' })).toBe(ringing);
    expect(reduceCall(ringing, { type: 'microphoneReady' })).toBe(ringing);
  });

  it('keeps the person’s own mute, whatever an older status says', () => {
    const muted = reduceCall(fresh, { type: 'muteToggled', isMuted: true });
    expect(reduceCall(muted, received({ revision: 1, isMuted: false })).isMuted).toBe(true);
  });

  it('takes over a call as the bridge kept it, mute included', () => {
    const status = callStatus({
      revision: 7,
      state: 'established',
      isMuted: true,
      requestedAt: 10_000,
      answeredAt: 12_000,
    });
    const expected: Partial<ClientCall> = {
      phase: 'established',
      isMuted: true,
      revision: 7,
      startedAtMs: 9_000,
      answeredAtMs: 11_000,
    };
    expect(adoptedCall({ status, clockOffsetMs: 1_000, atMs: 2_000 })).toMatchObject(expected);
  });
});
