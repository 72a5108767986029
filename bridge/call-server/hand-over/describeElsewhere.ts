import type { CallElsewhere, OtherDevice } from '../../../shared/protocol/index.ts';
import type { CallClient } from '../CallServer.ts';
import type { CallHandler } from '../call-handler/index.ts';

export function describeDevice({ deviceId, deviceName }: CallClient): OtherDevice {
  return { deviceId, name: deviceName };
}

/** null: there is nothing to take over, since nobody has answered yet or the call has ended. */
export function describeCall({
  status,
  client,
  heldUntilMs,
}: Pick<CallHandler, 'status' | 'client' | 'heldUntilMs'>): CallElsewhere | null {
  const { callId, direction, answeredAt } = status;
  if (status.state !== 'established' || answeredAt === null) return null;
  const [otherNumber, otherName] =
    direction === 'outgoing' ? [status.calledNumber, status.calledName] : [status.callingNumber, status.callingName];
  return {
    ...{ callId, direction, otherNumber, answeredAt },
    otherName: otherName ?? null,
    device: describeDevice(client),
    heldUntil: heldUntilMs,
  };
}
