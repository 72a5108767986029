import type { DeviceId, UserId } from '../../shared/domain/index.ts';
import type { CallClient, ClientChannel } from './CallServer.ts';

/** A device whose socket is at this call server. */
export interface ConnectedDevice {
  readonly client: CallClient;
  readonly channel: ClientChannel;
}

/** The sockets of this process by user and device. A connection belongs to its process, so this is no shared state. */
export class ConnectedDevices {
  readonly #byUser = new Map<UserId, Map<DeviceId, ConnectedDevice>>();

  /** A second connection of the same device replaces the first. */
  add(client: CallClient, channel: ClientChannel): void {
    const { user, deviceId } = client;
    const ofUser = this.#byUser.get(user.id) ?? new Map<DeviceId, ConnectedDevice>();
    this.#byUser.set(user.id, ofUser);
    ofUser.set(deviceId, { client, channel });
  }

  /** Says whether it was there; not when its connection was replaced. */
  remove({ user, deviceId }: CallClient, channel: ClientChannel): boolean {
    const ofUser = this.#byUser.get(user.id);
    if (ofUser?.get(deviceId)?.channel !== channel) return false;
    ofUser.delete(deviceId);
    if (ofUser.size === 0) this.#byUser.delete(user.id);
    return true;
  }

  /** How many there are, of all users. */
  get count(): number {
    let count = 0;
    for (const ofUser of this.#byUser.values()) count += ofUser.size;
    return count;
  }

  get(userId: UserId, deviceId: DeviceId): ConnectedDevice | undefined {
    return this.#byUser.get(userId)?.get(deviceId);
  }

  channelOf({ user, deviceId }: CallClient): ClientChannel | null {
    return this.get(user.id, deviceId)?.channel ?? null;
  }

  ofUser(userId: UserId): readonly ConnectedDevice[] {
    return [...(this.#byUser.get(userId)?.values() ?? [])];
  }
}
