import type { DeviceId } from '../../../../shared/domain/index.ts';
import type { NotificationName, NotificationPayload } from '../../../../shared/protocol/index.ts';
import type { CallClient, ClientChannel } from '../../CallServer.ts';
import { callClient } from '../../testing/callClient.ts';

/** A device of somebody, and what it was told. */
export class BenchDevice implements ClientChannel {
  readonly client: CallClient;
  readonly heard: string[] = [];
  readonly payloads: unknown[] = [];

  constructor(userName: string, deviceId: string) {
    this.client = callClient(userName, { deviceId: deviceId as DeviceId });
  }

  notify<Name extends NotificationName>(name: Name, payload: NotificationPayload<Name>): void {
    const { reason, takenBy, state } = payload as { reason?: string; takenBy?: { isSelf: boolean }; state?: string };
    const by = takenBy ? (takenBy.isSelf ? ' by self' : ' by another') : '';
    this.heard.push(`${name.slice('call:'.length)}${reason ? ` ${reason}` : ''}${by}${state ? ` ${state}` : ''}`);
    this.payloads.push(payload);
  }
}
