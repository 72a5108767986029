import type { CallId } from '../../../shared/domain/index.ts';
import type { CallStatus } from '../../../shared/protocol/index.ts';
import { settle } from '../../state/testing/FakeTimers.ts';
import { callStatus } from './callStatus.ts';
import { dialled } from './dialled.ts';

/** A phone with one answered call on hold (`first`) and another that was dialled after it (`second`), answered unless told otherwise. */
export async function twoCalls({ isSecondAnswered = true } = {}) {
  const made = await dialled();
  let revision = 10;
  const tellOf = async (callId: CallId, status: Partial<CallStatus>) => {
    revision += 1;
    made.transport.notify('call:status', callStatus({ callId, revision, ...status }));
    await settle();
  };
  const talking = { state: 'established', answeredAt: made.timers.now() } as const;
  const idOfFront = () => made.phone.call.get()?.callId as CallId;
  const first = idOfFront();
  await tellOf(first, talking);
  made.media[0]?.events.emit('streamArrived', streamNamed('first'));
  made.phone.dial({ destination: '+12025550111', name: 'Ben' });
  await settle();
  const second = idOfFront();
  if (isSecondAnswered) {
    await tellOf(second, talking);
    made.media[1]?.events.emit('streamArrived', streamNamed('second'));
  }
  /** What the bridge was told of holding, in order. */
  const holds = () =>
    made.transport.sent
      .filter(({ name }) => name === 'call:hold' || name === 'call:resume')
      .map(({ name, payload }) => [name, payload.callId]);
  const front = () => made.phone.call.get();
  const held = (callId: CallId) => made.phone.calls.get().find((call) => call.callId === callId)?.isOnHold;
  return { ...made, tellOf, talking, first, second, holds, front, held };
}

/** Stands for what a browser would play. */
export function streamNamed(id: string): MediaStream {
  return { id } as MediaStream;
}
