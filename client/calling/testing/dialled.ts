import type { CallId } from '../../../shared/domain/index.ts';
import type { CallStatus } from '../../../shared/protocol/index.ts';
import { settle } from '../../state/testing/FakeTimers.ts';
import { callStatus } from './callStatus.ts';
import { makePhone } from './makePhone.ts';

/** A phone with a call that the bridge has taken; `tell` is its word on the call. */
export async function dialled(options: Parameters<typeof makePhone>[0] = {}) {
  const made = makePhone(options);
  made.transport.answers.set('call:dial', ({ callId }) => ({
    ok: true,
    data: { answer: 'v=0 the answer', status: callStatus({ callId: callId as CallId }) },
  }));
  made.transport.connect();
  await settle();
  made.phone.dial({ destination: '202 555 0100', name: 'Anna' });
  await settle();
  let revision = 1;
  const tell = async (status: Partial<CallStatus>) => {
    revision += 1;
    const callId = made.phone.call.get()?.callId as CallId;
    made.transport.notify('call:status', callStatus({ callId, revision, ...status }));
    await settle();
  };
  return { ...made, tell };
}
