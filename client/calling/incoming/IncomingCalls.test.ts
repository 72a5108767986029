import { describe, expect, it } from 'vitest';
import type { CallId } from '../../../shared/domain/index.ts';
import type { IncomingCall, IncomingCallEnd } from '../../../shared/protocol/index.ts';
import { settle } from '../../state/testing/FakeTimers.ts';
import type { RingingEnd } from '../call/index.ts';
import { helloAnswer } from '../testing/helloAnswer.ts';
import { incomingCall } from '../testing/incomingCall.ts';
import { makePhone } from '../testing/makePhone.ts';

const first = 'in-1' as CallId;
const second = 'in-2' as CallId;

async function connected() {
  const made = makePhone();
  const ended: [CallId, RingingEnd][] = [];
  made.incoming.events.on('ringingEnded', ({ call, end }) => ended.push([call.callId, end]));
  made.transport.connect();
  await settle();
  const ring = async (call: Partial<IncomingCall> = {}) => {
    made.transport.notify('call:incoming', incomingCall(call));
    await settle();
  };
  const end = async (how: Partial<IncomingCallEnd> = {}) => {
    made.transport.notify('call:incomingEnded', { callId: first, reason: 'cancelled', takenBy: null, ...how });
    await settle();
  };
  const ringing = () => made.incoming.ringing.get().map(({ callId }) => callId);
  const missed = () => made.incoming.missed.get().map(({ callId }) => callId);
  /** The bridge's list of what rings, with the next hello. */
  const reconnect = async (calls: readonly IncomingCall[]) => {
    const hello = helloAnswer([], made.timers.now());
    made.transport.answers.set('session:hello', () => ({ ...hello, data: { ...hello.data, incomingCalls: calls } }));
    made.transport.disconnect();
    made.transport.connect();
    await settle();
  };
  return { ...made, ended, ring, end, ringing, missed, reconnect };
}

describe('calls that ring', () => {
  it('are told with who calls, whom, and by this machine’s clock', async () => {
    const made = makePhone();
    made.transport.answers.set('session:hello', () => helloAnswer([], made.timers.now() + 5_000));
    made.transport.connect();
    await settle();
    made.transport.notify('call:incoming', incomingCall({ callingName: 'Anna', groupName: 'Sales' }));
    expect(made.incoming.ringing.get()).toEqual([
      {
        callId: first,
        number: '+12025550177',
        name: 'Anna',
        called: { number: '+12025550199', name: 'Support' },
        groupName: 'Sales',
        ringingSinceMs: 1_699_999_995_000,
        ringsUntilMs: 1_700_000_025_000,
      },
    ]);
  });

  it('stand in the order in which they came, and change in place', async () => {
    const { ring, ringing, incoming } = await connected();
    await ring();
    await ring({ callId: second });
    await ring({ callingName: 'Anna' });
    expect(ringing()).toEqual([first, second]);
    expect(incoming.ringing.get()[0]?.name).toBe('Anna');
  });

  it('have no number where it is withheld', async () => {
    const { ring, incoming } = await connected();
    await ring({ callingNumber: null });
    expect(incoming.ringing.get()[0]?.number).toBe('');
  });

  it('are after a reconnect what the bridge lists then', async () => {
    const { ring, ringing, reconnect, missed, ended } = await connected();
    await ring();
    await reconnect([incomingCall({ callId: second })]);
    expect(ringing()).toEqual([second]);
    expect([missed(), ended]).toEqual([[], []]);
  });

  it.each(['cancelled', 'noAnswer', 'failed'] as const)('count as missed when they end as %s', async (reason) => {
    const { ring, end, ringing, missed, ended, incoming } = await connected();
    await ring();
    await end({ reason });
    expect([ringing(), missed()]).toEqual([[], [first]]);
    expect(ended).toEqual([[first, { reason, takenBy: null }]]);
    incoming.dismissMissed(first);
    expect(missed()).toEqual([]);
  });

  it.each([
    { reason: 'taken', takenBy: { displayName: 'Anna', isSelf: false } },
    { reason: 'taken', takenBy: { displayName: 'Alice', isSelf: true } },
    { reason: 'declined', takenBy: null },
  ] as const)('are not missed when somebody has dealt with them: %o', async (how) => {
    const { ring, end, missed, ended } = await connected();
    await ring();
    await end(how);
    expect([missed(), ended]).toEqual([[], [[first, how]]]);
  });

  it('keep no more than the last five that were missed', async () => {
    const { ring, end, missed } = await connected();
    for (let index = 0; index < 6; index += 1) {
      await ring({ callId: `in-${index}` as CallId });
      await end({ callId: `in-${index}` as CallId });
    }
    expect(missed()).toEqual(['in-5', 'in-4', 'in-3', 'in-2', 'in-1']);
  });

  it('stop by themselves a little after they may ring no longer, should the bridge’s word not come', async () => {
    const { ring, ringing, missed, timers } = await connected();
    await ring();
    await ring({ callId: second, ringsUntil: timers.now() + 60_000 });
    await timers.advance(32_999);
    expect(ringing()).toEqual([first, second]);
    await timers.advance(1);
    expect([ringing(), missed()]).toEqual([[second], [first]]);
    await timers.advance(30_000);
    expect([ringing(), timers.waiting]).toEqual([[], 0]);
  });
});

describe('declining', () => {
  it('stops the ring at once, tells the bridge, and is no missed call', async () => {
    const { ring, end, incoming, ringing, missed, transport } = await connected();
    await ring();
    incoming.decline(first);
    expect(ringing()).toEqual([]);
    await settle();
    expect(transport.named('call:decline').map(({ payload }) => payload.callId)).toEqual([first]);
    await end({ reason: 'declined' });
    expect(missed()).toEqual([]);
  });

  it('holds although the bridge, which doesn’t know yet, lists the call again', async () => {
    const { ring, incoming, ringing, reconnect } = await connected();
    await ring();
    incoming.decline(first);
    await ring();
    await reconnect([incomingCall()]);
    expect(ringing()).toEqual([]);
  });

  it('declines a call once', async () => {
    const { ring, incoming, transport } = await connected();
    await ring();
    incoming.decline(first);
    incoming.decline(first);
    await settle();
    expect(transport.named('call:decline')).toHaveLength(1);
  });
});
