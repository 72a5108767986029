import type { ActiveCall } from '../../storage/index.ts';

/** A call that is up, with what a test isn't about left out. */
export function activeCall(change: Partial<Record<keyof ActiveCall, unknown>> = {}): ActiveCall {
  const empty = {
    ...{ userId: 'ruth', deviceId: 'd1', callingNumber: null, transferredTo: null, gatewayId: 'gw1', codec: 'opus' },
    ...{ mediaWay: 'relay', answeredAtMs: null, price: null, mos: null, state: 'ringing', direction: 'outgoing' },
  };
  const facts = { id: 'c1', callServerId: 'main', brandId: 'red', calledNumber: '+1202', requestedAtMs: 1 };
  return { ...empty, ...facts, ...change } as ActiveCall;
}
